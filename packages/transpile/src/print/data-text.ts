import { literal, objectKey } from '@wit-ts/abi/compile';

/** Prints plain data: strings, numbers, booleans, arrays and objects of them, without members that are `undefined`. */
export function dataText(value: unknown): string {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return `[${value.map(dataText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${objectKey(key)}: ${dataText(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
