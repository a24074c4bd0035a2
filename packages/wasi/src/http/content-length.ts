import type { FieldList } from './field-list.ts';

/** The length that a message announces; undefined without one. Returns `invalid` when it is not one number. */
export function contentLength(headers: FieldList): number | undefined | 'invalid' {
  if (!headers.has('content-length')) return undefined;
  const [first = '', ...others] = headers.get('content-length').map((value) => value.trim());
  if (others.some((value) => value !== first) || !/^\d{1,16}$/u.test(first)) return 'invalid';
  const length = Number(first);
  return Number.isSafeInteger(length) ? length : 'invalid';
}
