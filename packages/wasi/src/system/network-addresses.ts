import { parsedUrl } from './parsed-url.ts';

/** An IP address in numbers: four bytes, or sixteen. */
export type AddressBytes = Uint8Array;

/**
 * Reads an IP address as text, in the forms that `inet_pton` takes: no shortened IPv4 addresses, no zones, no brackets.
 * An IPv6 address that only stands for an IPv4 address (`::ffff:127.0.0.1`) is that IPv4 address, so that it cannot
 * serve as another name for it. Returns undefined for anything else.
 */
export function parseAddress(text: string): AddressBytes | undefined {
  if (!text.includes(':')) return parseIpv4(text);
  const bytes = parseIpv6(text);
  if (bytes === undefined) return undefined;
  return startsWith(bytes, MAPPED) ? bytes.subarray(12) : bytes;
}

/** Writes an address in the one form in which addresses are compared. */
export function addressText(bytes: AddressBytes): string {
  if (bytes.length === 4) return bytes.join('.');
  // The URL parser writes the canonical text of RFC 5952.
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  return new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]`).hostname.slice(1, -1);
}

/**
 * Returns true for addresses that are not of the public internet: this host, private networks, links, groups, and
 * reserved ranges (the registries of RFC 6890). A name that a stranger controls may point to any of them, so a grant of
 * a name does not cover them.
 */
export function isPrivateAddress(bytes: AddressBytes): boolean {
  if (bytes.length === 4) return PRIVATE_IPV4.some((range) => isWithin(bytes, range));
  const inside = embeddedIpv4(bytes);
  if (inside !== undefined) return isPrivateAddress(inside);
  // Everything public is in 2000::/3 at present.
  return !isWithin(bytes, GLOBAL_UNICAST) || PRIVATE_IPV6.some((range) => isWithin(bytes, range));
}

/** Returns true for 127.0.0.0/8 and ::1. */
export function isLoopback(bytes: AddressBytes): boolean {
  return bytes.length === 4 ? bytes[0] === 127 : bytes[15] === 1 && bytes.subarray(0, 15).every(isZero);
}

/** Returns true for 0.0.0.0 and ::, which a socket binds to for all addresses of the host. */
export function isUnspecified(bytes: AddressBytes): boolean {
  return bytes.every(isZero);
}

type Range = readonly [start: readonly number[], bits: number];

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

const PRIVATE_IPV4: readonly Range[] = [
  [[0], 8], // "this network"
  [[10], 8],
  [[100, 64], 10], // addresses of carriers
  [[127], 8],
  [[169, 254], 16], // link-local: the metadata services of clouds
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[224], 4], // groups
  [[240], 4], // reserved, and broadcast
];

const GLOBAL_UNICAST: Range = [[0x20], 3];

const PRIVATE_IPV6: readonly Range[] = [
  [[0x20, 0x01, 0x00, 0x02, 0, 0], 48],
  [[0x20, 0x01, 0x00, 0x10], 28],
  [[0x20, 0x01, 0x0d, 0xb8], 32],
  [[0x3f, 0xff], 20],
];

/** Returns the IPv4 address that a gateway sends packets to, for the ranges of NAT64, 6to4 and Teredo. */
function embeddedIpv4(bytes: AddressBytes): AddressBytes | undefined {
  if (startsWith(bytes, [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0])) return bytes.subarray(12);
  if (startsWith(bytes, [0x20, 0x02])) return bytes.subarray(2, 6);
  if (startsWith(bytes, [0x20, 0x01, 0, 0])) return bytes.slice(12).map((byte) => byte ^ 0xff);
  return undefined;
}

function isWithin(bytes: AddressBytes, [start, bits]: Range): boolean {
  for (let bit = 0; bit < bits; bit++) {
    const mask = 0x80 >> (bit % 8);
    if (((bytes[bit >> 3] ?? 0) & mask) !== ((start[bit >> 3] ?? 0) & mask)) return false;
  }
  return true;
}

function startsWith(bytes: AddressBytes, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

function isZero(byte: number): boolean {
  return byte === 0;
}

function parseIpv4(text: string): AddressBytes | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/u.test(text)) return undefined;
  const parts = text.split('.');
  // A leading zero means an octal number to some programs.
  if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) return undefined;
  return Uint8Array.from(parts, Number);
}

function parseIpv6(text: string): AddressBytes | undefined {
  if (text.length > 45 || !/^[\da-fA-F:.]+$/u.test(text)) return undefined;
  const url = parsedUrl(`http://[${text}]`);
  if (url === undefined) return undefined;
  const [head = '', tail] = url.hostname.slice(1, -1).split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
