import type { ByteSink, ByteSource } from '../byte-streams.ts';
import type { IpFamily, SocketAddress } from './socket-address.ts';

/** The sockets of a platform, without any grants. Functions throw a `SocketError`, or reject with one. */
export interface SocketsPlatform {
  /** Binds a TCP socket at once. An IPv6 socket is for IPv6 only. Port 0 stands for any free port. */
  bindTcp(local: SocketAddress): BoundTcp;
  /** Connects to an address, from a bound socket if there is one, which is used up then. */
  connectTcp(remote: SocketAddress, from: BoundTcp | undefined, signal?: AbortSignal): Promise<TcpConnection>;
  /** Binds a UDP socket at once. An IPv6 socket is for IPv6 only. */
  bindUdp(local: SocketAddress, options: UdpOptions): UdpPort;
  /** Returns the addresses of a name, the preferred ones first. */
  lookUp(name: string): Promise<readonly string[]>;
}

/** A TCP socket that has an address and no role yet. */
export interface BoundTcp {
  readonly local: SocketAddress;
  /**
   * Starts to listen.
   *
   * @param backlog the most connections that wait to be accepted; further ones are dropped
   */
  listen(backlog: number): TcpListener;
  /** Releases the address. Does nothing once the socket listens or connects. */
  close(): void;
}

export interface TcpListener {
  /** Whether `accept` returns a connection, or throws. */
  hasWaiting(): boolean;
  /** Returns the next connection, or undefined when none is there yet. */
  accept(): TcpConnection | undefined;
  /** Resolves when `accept` returns a connection, or throws. */
  ready(): Promise<void>;
  /** Stops listening and closes the connections that nobody accepted. */
  close(): void;
}

/** A connection. Both directions end independently: closing the sink sends the end, closing the source discards. */
export interface TcpConnection {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly source: ByteSource;
  readonly sink: ByteSink;
  setKeepAlive(options: KeepAlive): void;
  /** Closes both directions, after everything that was written has been sent. */
  close(): void;
}

/** How a connection without traffic is checked. Times are nanoseconds. */
export interface KeepAlive {
  readonly enabled: boolean;
  readonly idleTime: bigint;
  readonly interval: bigint;
  readonly count: number;
}

/** What a UDP socket is made with. What is undefined is left to the platform. */
export interface UdpOptions {
  readonly hopLimit: number | undefined;
  readonly receiveBufferSize: number | undefined;
  readonly sendBufferSize: number | undefined;
}

export interface Datagram {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly from: SocketAddress;
}

/** A bound UDP socket. */
export interface UdpPort {
  readonly local: SocketAddress;
  /** Whether `receive` returns a datagram, or throws. */
  hasWaiting(): boolean;
  /** Returns the next datagram, or undefined when none is there. Throws what the socket has failed with since. */
  receive(): Datagram | undefined;
  /** Resolves when `receive` returns a datagram, or throws. */
  ready(): Promise<void>;
  /** How many more datagrams may be handed over before those on their way have left. */
  capacity(): number;
  /** Resolves when `capacity` is not 0. */
  sendable(): Promise<void>;
  /** Hands a datagram to the network. `data` must not change until the promise settles. */
  send(data: Uint8Array, to: SocketAddress): Promise<void>;
  setOptions(options: UdpOptions): void;
  /** Returns the sizes of the buffers of the system, in bytes. */
  bufferSizes(): { readonly receive: number; readonly send: number };
  close(): void;
}

/** The address of a socket that is bound to all addresses and any port. */
export function unspecifiedAddress(family: IpFamily): SocketAddress {
  return { family, address: family === 'ipv4' ? '0.0.0.0' : '::', port: 0, flowInfo: 0, scopeId: 0 };
}
