import {
  type AddressBytes,
  addressText,
  isLoopback,
  isPrivateAddress,
  isUnspecified,
  parseAddress,
} from './network-addresses.ts';
import { parsedUrl } from './parsed-url.ts';

/** The hosts that a grant covers: all, an address, a name, or the names below one. */
export type HostPattern =
  | { readonly tag: 'any' }
  | { readonly tag: 'address'; readonly text: string; readonly bytes: AddressBytes }
  | { readonly tag: 'name'; readonly name: string }
  | { readonly tag: 'below'; readonly suffix: string };

/** Hosts and a port; without a port, all ports. */
export interface EndpointPattern {
  readonly host: HostPattern;
  readonly port: number | undefined;
}

/**
 * Reads the host of a grant: an address, `[address]` for IPv6, a name, `*.name` for the names below it, or `*`. Returns
 * undefined if it is none of them.
 */
export function parseHostPattern(text: string): HostPattern | undefined {
  if (text === '*') return { tag: 'any' };
  const isBelow = text.startsWith('*.');
  const host = normalHost(isBelow ? text.slice(2) : text);
  if (host === undefined) return undefined;
  const bytes = parseAddress(host);
  if (bytes !== undefined) return isBelow ? undefined : { tag: 'address', text: host, bytes };
  return isBelow ? { tag: 'below', suffix: `.${host}` } : { tag: 'name', name: host };
}

/** Reads a port, or `*` for all of them, as `undefined`. Returns null for anything else. */
export function parsePortPattern(text: string): number | undefined | null {
  if (text === '*') return undefined;
  if (!/^\d{1,5}$/u.test(text)) return null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
}

/**
 * Returns a host in normal form: names in lower case and in their ASCII form (IDNA), without a final dot; addresses as
 * `addressText` writes them, without brackets. Short and numeric forms of IPv4 addresses (`127.1`, `0x7f.1`) become
 * addresses, as every platform reads them. Returns undefined for what is not a host.
 */
export function normalHost(text: string): string | undefined {
  if (text.startsWith('[')) {
    const bytes = text.endsWith(']') ? parseAddress(text.slice(1, -1)) : undefined;
    return bytes && addressText(bytes);
  }
  if (text.includes(':')) {
    const bytes = parseAddress(text);
    return bytes && addressText(bytes);
  }
  // A URL would decode `%` and end at these characters, so they would mean something else there.
  if (text === '' || text.length > 1024 || /[\s%/\\?#@[\]<>^|*]/u.test(text)) return undefined;
  const name = parsedUrl(`http://${text}`)?.hostname.replace(/\.$/u, '');
  return name === undefined || name === '' || name.length > 253 || hasEmptyLabel(name) ? undefined : name;
}

/** Whether a pattern covers a host in normal form, whatever a look-up of it gives. */
export function coversHost(pattern: HostPattern, host: string): boolean {
  switch (pattern.tag) {
    case 'any':
      return true;
    case 'address':
      return pattern.text === host;
    case 'name':
      return pattern.name === host;
    case 'below':
      // A suffix ends with a label, so no address ends with it.
      return host.endsWith(pattern.suffix) && parseAddress(host) === undefined;
  }
}

/**
 * Whether a pattern covers an address that a host was looked up for. A name covers public addresses only: whoever
 * answers for the name chooses the address, and must not reach the host's own network that way. `localhost` means the
 * loopback addresses (RFC 6761, section 6.3), and no others.
 */
export function coversAddress(pattern: HostPattern, bytes: AddressBytes, host: string | undefined): boolean {
  if (pattern.tag === 'any') return true;
  if (pattern.tag === 'address') return pattern.text === addressText(bytes);
  if (host === undefined || !coversHost(pattern, host)) return false;
  return isLocalName(host) ? isLoopback(bytes) : !isPrivateAddress(bytes);
}

/** Whether a pattern for sockets that listen covers an address. An unspecified address covers all of its family. */
export function coversListening(pattern: HostPattern, bytes: AddressBytes): boolean {
  if (pattern.tag === 'any') return true;
  if (pattern.tag === 'name') return pattern.name === 'localhost' && isLoopback(bytes);
  if (pattern.tag !== 'address') return false;
  if (pattern.text === addressText(bytes)) return true;
  // A socket that is bound to `::` receives IPv4 connections, too.
  return isUnspecified(pattern.bytes) && pattern.bytes.length >= bytes.length;
}

function isLocalName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

function hasEmptyLabel(name: string): boolean {
  return name.split('.').some((label) => label === '' || label.length > 63);
}
