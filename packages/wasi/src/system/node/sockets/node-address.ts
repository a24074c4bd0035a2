import { addressText, parseAddress } from '../../network-addresses.ts';
import type { IpFamily, SocketAddress } from '../../sockets/socket-address.ts';

/** The address as Node takes it: with the number of the network interface, if it needs one. */
export function nodeHost({ address, scopeId }: SocketAddress): string {
  return scopeId === 0 ? address : `${address}%${scopeId}`;
}

/** Returns the address for what Node reports: an IPv6 address may end with the name of a network interface. */
export function addressOfNode(
  family: IpFamily,
  address: string,
  port: number,
  scopeId: number = 0,
): SocketAddress {
  const bytes = parseAddress(address.replace(/%.*$/u, ''));
  const text = bytes === undefined ? address : addressText(bytes);
  return { family, address: text, port, flowInfo: 0, scopeId };
}
