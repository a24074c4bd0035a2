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

/**
 * Returns the scheme, `http` and `https` in lower case, and others as they are; undefined if the syntax is wrong (RFC
 * 3986, section 3.1).
 */
export function schemeText(scheme: Scheme): string | undefined {
  if (scheme.tag !== 'other') return scheme.tag.toLowerCase();
  // Without the flag `i`, which with `u` also takes the long s and the sign of the kelvin for ASCII letters.
  if (/^[Hh][Tt][Tt][Pp][Ss]?$/u.test(scheme.val)) return scheme.val.toLowerCase();
  return /^[A-Za-z][\d+\-.A-Za-z]*$/u.test(scheme.val) ? scheme.val : undefined;
}

/**
 * Whether a text is an authority (RFC 3986, section 3.2): a host, perhaps with a port after it and a user before it.
 * IPv6 addresses are in brackets.
 */
export function isAuthority(text: string): boolean {
  const parts =
    /^(?:(?:[\w!$&'()*+,.:;=~-]|%[\dA-Fa-f]{2})*@)?(?:\[[\d.:A-Fa-f]+\]|(?:[\w!$&'()*+,.;=~-]|%[\dA-Fa-f]{2})+)(?::(\d{0,5}))?$/u.exec(
      text,
    );
  return parts !== null && Number(parts[1] ?? '') <= 65_535;
}

/**
 * Whether a text is the path and query of a request (RFC 3986, sections 3.3 and 3.4): no spaces, control characters,
 * fragment, angle brackets or backquotes. Paths may be relative, and characters outside of ASCII are encoded when the
 * request is sent.
 */
export function isPathWithQuery(text: string): boolean {
  return /^[!"$-;=?-_a-~\u{80}-\u{10ffff}]*$/u.test(text);
}
