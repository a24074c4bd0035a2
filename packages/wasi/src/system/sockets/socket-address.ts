import { type AddressBytes, addressText, parseAddress } from '../network-addresses.ts';

export type IpFamily = 'ipv4' | 'ipv6';

/** An IP address and a port. */
export interface SocketAddress {
  readonly family: IpFamily;
  /** The address as text, without a zone. An IPv6 address may stand for an IPv4 address: `::ffff:127.0.0.1`. */
  readonly address: string;
  readonly port: number;
  /** 0 for IPv4. */
  readonly flowInfo: number;
  /** The number of the network interface of a link-local IPv6 address; 0 for all others. */
  readonly scopeId: number;
}

type Ipv4Address = [number, number, number, number];
type Ipv6Address = [number, number, number, number, number, number, number, number];

/** `ip-address` of `wasi:sockets`, which 0.2 and 0.3 share. */
export type IpAddress = { tag: 'ipv4'; val: Ipv4Address } | { tag: 'ipv6'; val: Ipv6Address };

/** `ip-socket-address` of `wasi:sockets`, which 0.2 and 0.3 share. */
export type IpSocketAddress =
  | { tag: 'ipv4'; val: { port: number; address: Ipv4Address } }
  | { tag: 'ipv6'; val: { port: number; flowInfo: number; address: Ipv6Address; scopeId: number } };

/** Returns the address of the host for the one of a program. */
export function socketAddressOf({ tag, val }: IpSocketAddress): SocketAddress {
  if (tag === 'ipv4')
    return { family: tag, address: val.address.join('.'), port: val.port, flowInfo: 0, scopeId: 0 };
  const { address, port, flowInfo, scopeId } = val;
  const bytes = Uint8Array.from(address.flatMap((group) => [group >> 8, group & 0xff]));
  return { family: tag, address: addressText(bytes), port, flowInfo, scopeId };
}

/** Returns the address that a program sees for one of the host. */
export function ipSocketAddressOf({ address, port, flowInfo, scopeId }: SocketAddress): IpSocketAddress {
  const ip = ipAddressOf(address);
  return ip.tag === 'ipv4'
    ? { tag: ip.tag, val: { port, address: ip.val } }
    : { tag: ip.tag, val: { port, flowInfo, address: ip.val, scopeId } };
}

/**
 * Returns what a program sees for an address in text. An IPv6 address that stands for an IPv4 address is that one.
 *
 * @throws TypeError when the text is not an address
 */
export function ipAddressOf(text: string): IpAddress {
  const bytes = parseAddress(text);
  if (bytes === undefined) throw new TypeError(`not an IP address: ${JSON.stringify(text)}`);
  const group = (at: number): number => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0);
  if (bytes.length === 4) return { tag: 'ipv4', val: fourOf(bytes) };
  return {
    tag: 'ipv6',
    val: [group(0), group(1), group(2), group(3), group(4), group(5), group(6), group(7)],
  };
}

function fourOf(bytes: AddressBytes): Ipv4Address {
  return [bytes[0] ?? 0, bytes[1] ?? 0, bytes[2] ?? 0, bytes[3] ?? 0];
}

/** Writes an address with its port, as grants have them: `127.0.0.1:80`, `[::1]:80`. */
export function endpointText({ family, address, port }: SocketAddress): string {
  return family === 'ipv4' ? `${address}:${port}` : `[${address}]:${port}`;
}
