import type { OpenDescriptors } from '../../files/sandbox/open-descriptors.ts';
import { addressText, parseAddress } from '../network-addresses.ts';
import type { NetworkGrants } from '../network-grants.ts';
import { normalHost } from '../network-patterns.ts';
import { ResolvedNames } from './resolved-names.ts';
import { endpointText, type IpFamily, type SocketAddress } from './socket-address.ts';
import { SocketError } from './socket-error.ts';
import type { SocketsPlatform } from './sockets-platform.ts';
import { GrantedTcpSocket } from './granted-tcp-socket.ts';
import { GrantedUdpSocket } from './granted-udp-socket.ts';

/** The network of one instance: its grants, bound to the sockets of the platform. */
export class Sockets {
  readonly #grants: NetworkGrants;
  readonly #platform: SocketsPlatform | undefined;
  readonly #descriptors: OpenDescriptors;
  readonly #names = new ResolvedNames();

  /** @param platform its sockets; undefined when it has none, as browsers */
  constructor(grants: NetworkGrants, platform: SocketsPlatform | undefined, descriptors: OpenDescriptors) {
    this.#grants = grants;
    this.#platform = platform;
    this.#descriptors = descriptors;
  }

  tcp(family: IpFamily): GrantedTcpSocket {
    return new GrantedTcpSocket(this, family);
  }

  udp(family: IpFamily): GrantedUdpSocket {
    return new GrantedUdpSocket(this, family);
  }

  /**
   * Returns the addresses of a name that the grants cover; for an address in text, that address.
   *
   * @throws SocketError with a `refusal` when no grant covers the name
   */
  async lookUp(name: string): Promise<readonly string[]> {
    const host = this.checkLookUp(name);
    if (parseAddress(host) !== undefined) return [host];
    const addresses = (await this.platform().lookUp(host)).flatMap(normalText);
    if (addresses.length === 0) throw new SocketError('name-unresolvable');
    this.#names.add(host, addresses);
    return addresses;
  }

  /**
   * Returns a name in normal form, or the address that it is.
   *
   * @throws SocketError `invalid-argument`, or with a `refusal` when no grant covers the name
   */
  checkLookUp(name: string): string {
    const host = name.startsWith('[') ? undefined : normalHost(name);
    if (host === undefined) throw new SocketError('invalid-argument', 'not a name of a host');
    if (parseAddress(host) === undefined && !this.#grants.mayLookUp(host))
      throw refused(name, 'no grant of the network covers this name', [`--net ${host}:*`]);
    return host;
  }

  /** @throws SocketError with a `refusal` when a connection or datagram may not go to this address */
  checkConnect(remote: SocketAddress): void {
    if (!this.mayConnect(remote))
      throw refused(endpointText(remote), 'no grant of the network covers this address', [
        `--net ${endpointText(remote)}`,
      ]);
  }

  mayConnect({ address, port }: SocketAddress): boolean {
    if (this.#grants.mayConnect(address, port)) return true;
    for (const name of this.#names.of(address)) if (this.#grants.mayConnect(address, port, name)) return true;
    return false;
  }

  mayListen({ address, port }: SocketAddress): boolean {
    return this.#grants.mayListen(address, port);
  }

  /**
   * Binding to a free port, as every connection does, needs no more than a grant to connect. A socket that is bound so
   * hears only those whom the program may connect to.
   *
   * @throws SocketError with a `refusal` when a socket may not be bound to this address
   */
  checkBind(local: SocketAddress): void {
    if (this.mayListen(local) || (local.port === 0 && this.#grants.canConnect)) return;
    throw this.#refusedListening(local);
  }

  /** @throws SocketError with a `refusal` when connections may not arrive at this address */
  checkListen(local: SocketAddress): void {
    if (!this.mayListen(local)) throw this.#refusedListening(local);
  }

  /** @throws SocketError `not-supported` when the platform has no sockets */
  platform(): SocketsPlatform {
    if (this.#platform !== undefined) return this.#platform;
    throw new SocketError('not-supported', 'this platform has no sockets');
  }

  /** @throws SocketError `new-socket-limit` when the instance holds as much as its limit allows */
  checkLimit(): void {
    if (!this.#descriptors.hasRoom)
      throw new SocketError('new-socket-limit', 'too many open sockets and files');
  }

  opened(socket: { close(): void }): void {
    this.#descriptors.add(socket);
  }

  closed(socket: { close(): void }): void {
    this.#descriptors.remove(socket);
  }

  #refusedListening(local: SocketAddress): SocketError {
    const text = endpointText({ ...local, port: 0 }).slice(0, -1);
    const asked = endpointText(local);
    return refused(asked, 'no grant lets the program listen on this address', [
      `--listen ${local.port === 0 ? `${text}*` : asked}`,
    ]);
  }
}

function refused(asked: string, reason: string, flags: readonly string[]): SocketError {
  return new SocketError('access-denied', `${asked}: ${reason}`, { asked, reason, flags });
}

function normalText(text: string): readonly string[] {
  const bytes = parseAddress(text);
  return bytes === undefined ? [] : [addressText(bytes)];
}
