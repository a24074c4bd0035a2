import { checkLocalAddress, checkRemoteAddress, isSameAddress } from './address-rules.ts';
import { endpointText, type IpFamily, type SocketAddress } from './socket-address.ts';
import { SocketError } from './socket-error.ts';
import { SocketOptions } from './socket-options.ts';
import type { Sockets } from './sockets.ts';
import { type Datagram, type UdpPort, unspecifiedAddress } from './sockets-platform.ts';

/** The most bytes of a datagram: 65,535 less the headers of UDP and IPv4. */
const LARGEST_DATAGRAM = 65_507;
/** The most peers that a server may answer without a grant for their addresses. */
const MOST_PEERS = 1024;

/** A UDP socket of an instance. Functions throw a `SocketError`, with a `refusal` if no grant covers the call. */
export class GrantedUdpSocket {
  readonly family: IpFamily;
  readonly options = new SocketOptions();
  readonly #sockets: Sockets;
  #port: UdpPort | undefined;
  #remote: SocketAddress | undefined;
  /** Whether a grant lets everyone send to this socket, and not only those that the program may send to. */
  #mayHearAll = false;
  #isClosed = false;
  /** The last peers of a socket that may hear everyone: a server may answer those who have sent something to it. */
  readonly #heard = new Set<string>();

  /** @throws SocketError `new-socket-limit` */
  constructor(sockets: Sockets, family: IpFamily) {
    sockets.checkLimit();
    this.family = family;
    this.#sockets = sockets;
    sockets.opened(this);
  }

  bind(local: SocketAddress): void {
    if (this.#port !== undefined) throw new SocketError('invalid-state', 'the socket is bound already');
    checkLocalAddress(this.family, local);
    this.#sockets.checkBind(local);
    this.#open(local);
    this.#mayHearAll = this.#sockets.mayListen(local);
  }

  /** Limits the socket to one peer. */
  connect(remote: SocketAddress): void {
    checkRemoteAddress(this.family, remote);
    this.#sockets.checkConnect(remote);
    this.#portOrOpen();
    this.#remote = remote;
  }

  disconnect(): void {
    if (this.#remote === undefined) throw notConnected();
    this.#remote = undefined;
  }

  /** @param remote where to; undefined for the peer of a connected socket */
  async send(data: Uint8Array, remote: SocketAddress | undefined): Promise<void> {
    const to = this.#checked(data, remote);
    const port = this.#portOrOpen();
    while (port.capacity() <= 0) await port.sendable();
    await port.send(data, to);
  }

  /** Checks a datagram and hands it over, whatever `capacity` says. Resolves when it has left. */
  sendNow(data: Uint8Array, remote: SocketAddress | undefined): Promise<void> {
    const to = this.#checked(data, remote);
    return this.#portOrOpen().send(data, to);
  }

  /** How many datagrams can be handed over before others have left. */
  get capacity(): number {
    return this.#boundPort().capacity();
  }

  /** Resolves when `capacity` is not 0. */
  sendable(): Promise<void> {
    return this.#boundPort().sendable();
  }

  get isConnected(): boolean {
    return this.#remote !== undefined;
  }

  /** Whether `receive` may return a datagram, or throws. */
  get hasWaiting(): boolean {
    return this.#boundPort().hasWaiting();
  }

  /** Returns the next datagram, or undefined when none is there. */
  receive(): Datagram | undefined {
    const port = this.#boundPort();
    for (;;) {
      const datagram = port.receive();
      if (datagram === undefined) return undefined;
      if (!this.#isHeard(datagram.from)) continue;
      if (this.#mayHearAll) this.#remember(datagram.from);
      return datagram;
    }
  }

  /** Resolves when `receive` may return a datagram, or throws. */
  receivable(): Promise<void> {
    return this.#port?.ready() ?? Promise.resolve();
  }

  get localAddress(): SocketAddress {
    return this.#boundPort().local;
  }

  get remoteAddress(): SocketAddress {
    if (this.#remote === undefined) throw notConnected();
    return this.#remote;
  }

  /** Applies options that were changed. */
  applyOptions(): void {
    this.#port?.setOptions(this.options.forUdp());
  }

  get receiveBufferSize(): bigint {
    return this.#port === undefined
      ? this.options.receiveBufferSize
      : BigInt(this.#port.bufferSizes().receive);
  }

  get sendBufferSize(): bigint {
    return this.#port === undefined ? this.options.sendBufferSize : BigInt(this.#port.bufferSizes().send);
  }

  close(): void {
    this.#sockets.closed(this);
    this.#isClosed = true;
    this.#port?.close();
  }

  /** Returns where a datagram goes. @throws SocketError when it may not */
  #checked(data: Uint8Array, remote: SocketAddress | undefined): SocketAddress {
    if (remote !== undefined) checkRemoteAddress(this.family, remote);
    const to = remote ?? this.#remote;
    if (to === undefined) throw new SocketError('invalid-argument', 'no address to send to');
    if (this.#remote !== undefined && !isSameAddress(this.#remote, to))
      throw new SocketError('invalid-argument', 'the socket is connected to another address');
    if (!this.#heard.has(endpointText(to))) this.#sockets.checkConnect(to);
    if (data.length > LARGEST_DATAGRAM) throw new SocketError('datagram-too-large');
    return to;
  }

  #isHeard(from: SocketAddress): boolean {
    if (this.#remote !== undefined && !isSameAddress(this.#remote, from)) return false;
    return this.#mayHearAll || this.#sockets.mayConnect(from);
  }

  #remember(peer: SocketAddress): void {
    const text = endpointText(peer);
    // A peer that sends again is the last to be forgotten.
    this.#heard.delete(text);
    this.#heard.add(text);
    const [oldest = text] = this.#heard;
    if (this.#heard.size > MOST_PEERS) this.#heard.delete(oldest);
  }

  #boundPort(): UdpPort {
    if (this.#port === undefined) throw new SocketError('invalid-state', 'the socket is not bound');
    return this.#port;
  }

  #portOrOpen(): UdpPort {
    return this.#port ?? this.#open(unspecifiedAddress(this.family));
  }

  #open(local: SocketAddress): UdpPort {
    if (this.#isClosed) throw new SocketError('invalid-state', 'the socket is closed');
    return (this.#port = this.#sockets.platform().bindUdp(local, this.options.forUdp()));
  }
}

function notConnected(): SocketError {
  return new SocketError('invalid-state', 'the socket is not connected');
}
