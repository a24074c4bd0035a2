import {
  coversHost,
  type EndpointPattern,
  type HostPattern,
  normalHost,
  parseHostPattern,
} from './network-patterns.ts';

/** An origin in normal form: where an outgoing request goes. */
export interface RequestOrigin {
  readonly scheme: 'http' | 'https';
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The origins that a grant covers. */
export interface OriginPattern extends EndpointPattern {
  /** Absent for both schemes. */
  readonly scheme: 'http' | 'https' | undefined;
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/**
 * Reads the origin of a grant: `scheme://host`, with `:port` or `:*`, or `*` for all. Returns what is wrong if it is
 * something else.
 */
export function parseOriginPattern(text: string): OriginPattern | string {
  if (text === '*') return { scheme: undefined, host: { tag: 'any' }, port: undefined };
  const parts = /^(https?):\/\/(.*)$/iu.exec(text);
  if (parts === null) return 'an origin starts with `https://` or `http://`';
  const scheme = parts[1]?.toLowerCase() === 'https' ? 'https' : 'http';
  const rest = (parts[2] ?? '').replace(/\/$/u, '');
  if (/[/?#]/u.test(rest)) return 'an origin has no path: grants are for whole origins';
  if (rest.includes('@')) return 'an origin has no user name';
  const split = splitAuthority(rest);
  const host = split && parseHostPattern(split.host);
  if (split === undefined || host === undefined) return `\`${rest}\` is not a host`;
  if (split.port === '*') return { scheme, host, port: undefined };
  const port = split.port === undefined ? DEFAULT_PORTS[scheme] : portOf(split.port);
  return port === undefined ? `\`${split.port}\` is not a port` : { scheme, host, port };
}

/**
 * Reads the authority of a request: `host` or `host:port`. Returns undefined if it has anything else, such as a user
 * name.
 */
function originOf(scheme: 'http' | 'https', authority: string): RequestOrigin | undefined {
  const split = splitAuthority(authority);
  const host = split && normalHost(split.host);
  if (split === undefined || host === undefined) return undefined;
  const port = split.port === undefined || split.port === '' ? DEFAULT_PORTS[scheme] : portOf(split.port);
  return port === undefined ? undefined : { scheme, host, port };
}

/** Reads an origin as text: `https://api.example.org`, with the port if it is not usual. */
export function parseOrigin(text: string): RequestOrigin | undefined {
  const parts = /^(https?):\/\/([^/?#]*)$/u.exec(text);
  return parts === null ? undefined : originOf(parts[1] === 'https' ? 'https' : 'http', parts[2] ?? '');
}

/** Whether a pattern covers an origin, whatever a look-up of its host gives. */
export function coversOrigin(pattern: OriginPattern, { scheme, host, port }: RequestOrigin): boolean {
  if (pattern.scheme !== undefined && pattern.scheme !== scheme) return false;
  return (pattern.port === undefined || pattern.port === port) && coversHost(pattern.host, host);
}

/** Reads `host:port` of a grant. Returns what is wrong if it is not. */
export function splitEndpoint(text: string): { readonly host: HostPattern; readonly port: string } | string {
  const split = splitAuthority(text);
  if (split === undefined) return `write \`HOST:PORT\`, and an IPv6 address in brackets`;
  const host = parseHostPattern(split.host);
  if (host === undefined) return `\`${split.host}\` is not a host`;
  return split.port === undefined
    ? 'the port is missing: write `HOST:PORT`, or `HOST:*` for all ports'
    : { host, port: split.port };
}

/** Splits at the last colon outside of brackets. */
function splitAuthority(
  text: string,
): { readonly host: string; readonly port: string | undefined } | undefined {
  const parts = /^(\[[^\]]*\]|[^:[\]]*)(?::([^:]*))?$/u.exec(text);
  return parts?.[1] === undefined ? undefined : { host: parts[1], port: parts[2] };
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
