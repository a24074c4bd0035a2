import { isFieldToken } from './field-syntax.ts';

/** `method` of `wasi:http/types`. */
export type Method =
  | { tag: 'get' | 'head' | 'post' | 'put' | 'delete' | 'connect' | 'options' | 'trace' | 'patch' }
  | { tag: 'other'; val: string };

/** `scheme` of `wasi:http/types`. */
export type Scheme = { tag: 'HTTP' } | { tag: 'HTTPS' } | { tag: 'other'; val: string };

/** The methods that have a case, as they are sent. Methods are case-sensitive (RFC 9110, section 9.1). */
const METHODS: ReadonlyMap<string, Method> = new Map(
  (['get', 'head', 'post', 'put', 'delete', 'connect', 'options', 'trace', 'patch'] as const).map((tag) => [
    tag.toUpperCase(),
    { tag },
  ]),
);

export function methodOf(text: string): Method {
  return METHODS.get(text) ?? { tag: 'other', val: text };
}

/** Returns the method as it is sent; undefined if it is not a token. */
export function methodText(method: Method): string | undefined {
  if (method.tag !== 'other') return method.tag.toUpperCase();
  return isFieldToken(method.val) ? method.val : undefined;
}

/** @param text in lower case */
export function schemeOf(text: string): Scheme {
  if (text === 'http') return { tag: 'HTTP' };
  return text === 'https' ? { tag: 'HTTPS' } : { tag: 'other', val: text };
}

/** Returns the scheme in lower case; undefined if its syntax is wrong (RFC 3986, section 3.1). */
export function schemeText(scheme: Scheme): string | undefined {
  if (scheme.tag !== 'other') return scheme.tag.toLowerCase();
  return /^[a-z][\d+\-.a-z]*$/iu.test(scheme.val) ? scheme.val.toLowerCase() : undefined;
}

/**
 * Whether a text is the authority of a request: a host and perhaps a port, without a user name, which HTTP forbids (RFC
 * 9110, section 4.2.4). IPv6 addresses are in brackets.
 */
export function isAuthority(text: string): boolean {
  const parts = /^(?:\[[\d.:a-f]+\]|(?:[\w!$&'()*+,.;=~-]|%[\da-f]{2})+)(?::(\d{0,5}))?$/iu.exec(text);
  return parts !== null && Number(parts[1] ?? '') <= 65_535;
}

/**
 * Whether a text is the path and query of a request (RFC 3986, sections 3.3 and 3.4): printable ASCII without spaces
 * and without a fragment. A path begins with `/`, and may be empty before a query; `*` is for OPTIONS.
 */
export function isPathWithQuery(text: string): boolean {
  return text === '' || text === '*' || /^[/?][!"$-~]*$/u.test(text);
}
