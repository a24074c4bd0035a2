import { isUnspecified, parseAddress } from '../network-addresses.ts';
import type { IpFamily, SocketAddress } from './socket-address.ts';
import { SocketError } from './socket-error.ts';

/** The rules for the local address of a socket. @throws SocketError `invalid-argument` when one is broken */
export function checkLocalAddress(family: IpFamily, local: SocketAddress): void {
  checkFamily(family, local);
  if (!isUnicast(bytesOf(local))) throw invalid('the local address is not an address of one host');
}

/** The rules for the address that a socket connects or sends to. @throws SocketError `invalid-argument` */
export function checkRemoteAddress(family: IpFamily, remote: SocketAddress): void {
  checkFamily(family, remote);
  if (isUnspecified(bytesOf(remote))) throw invalid('the remote address is not specified');
  if (remote.port === 0) throw invalid('the remote port is 0');
}

/** TCP connects single hosts only. @throws SocketError `invalid-argument` */
export function checkTcpRemoteAddress(family: IpFamily, remote: SocketAddress): void {
  checkRemoteAddress(family, remote);
  if (!isUnicast(bytesOf(remote))) throw invalid('the remote address is not an address of one host');
}

export function isSameAddress(a: SocketAddress, b: SocketAddress): boolean {
  return a.address === b.address && a.port === b.port && a.scopeId === b.scopeId;
}

/** An IPv6 socket is for IPv6 only, so an IPv6 address that stands for an IPv4 address does not belong to it. */
function checkFamily(family: IpFamily, address: SocketAddress): void {
  const isMapped = address.family === 'ipv6' && bytesOf(address).length === 4;
  if (address.family !== family || isMapped) throw invalid(`not an ${family} address`);
}

function bytesOf({ address }: SocketAddress): Uint8Array {
  const bytes = parseAddress(address);
  if (bytes === undefined) throw invalid('not an IP address');
  return bytes;
}

/** Returns false for groups, and for the broadcast address of IPv4. */
function isUnicast(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0;
  if (bytes.length === 16) return first !== 0xff;
  return (first & 0xf0) !== 0xe0 && !bytes.every((byte) => byte === 0xff);
}

function invalid(message: string): SocketError {
  return new SocketError('invalid-argument', message);
}
