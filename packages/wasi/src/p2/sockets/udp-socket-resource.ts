import {
  type IpFamily,
  type IpSocketAddress,
  ipSocketAddressOf,
  socketAddressOf,
} from '../../system/sockets/socket-address.ts';
import type { GrantedUdpSocket } from '../../system/sockets/granted-udp-socket.ts';
import type { Wasi2Host } from '../host.ts';
import { Children } from '../io/children.ts';
import type { Pollable } from '../io/pollable.ts';
import { IncomingDatagramStream, OutgoingDatagramStream, type UdpAssociation } from './datagram-streams.ts';
import { networkError, socketCall } from './network-errors.ts';

const UDP = 'wasi:sockets/udp@0.2.12';
const READY = { isReady: () => true, whenReady: () => Promise.resolve() };

/** `udp-socket` of `wasi:sockets/udp`. */
export class UdpSocketResource {
  readonly #host: Wasi2Host;
  readonly #socket: GrantedUdpSocket;
  readonly #children = new Children('udp-socket');
  #state: 'unbound' | 'bind-in-progress' | 'bound' = 'unbound';
  #association: UdpAssociation | undefined;

  constructor(socket: GrantedUdpSocket, host: Wasi2Host) {
    this.#socket = socket;
    this.#host = host;
  }

  startBind(_network: object, localAddress: IpSocketAddress): void {
    if (this.#state === 'bind-in-progress') throw networkError('concurrency-conflict');
    this.#call('start-bind', () => this.#socket.bind(socketAddressOf(localAddress)));
    this.#state = 'bind-in-progress';
  }

  finishBind(): void {
    if (this.#state !== 'bind-in-progress') throw networkError('not-in-progress');
    this.#state = 'bound';
  }

  /** Replaces the streams of the last call. */
  stream(remoteAddress: IpSocketAddress | undefined): [IncomingDatagramStream, OutgoingDatagramStream] {
    if (this.#state !== 'bound') throw networkError('invalid-state');
    this.#call('stream', () => {
      if (remoteAddress !== undefined) this.#socket.connect(socketAddressOf(remoteAddress));
      else if (this.#socket.isConnected) this.#socket.disconnect();
    });
    if (this.#association !== undefined) this.#association.isCurrent = false;
    const association: UdpAssociation = { socket: this.#socket, isCurrent: true };
    this.#association = association;
    return [
      new IncomingDatagramStream(association, this.#host, this.#children),
      new OutgoingDatagramStream(association, this.#host, this.#children),
    ];
  }

  localAddress(): IpSocketAddress {
    if (this.#state !== 'bound') throw networkError('invalid-state');
    return this.#call('local-address', () => ipSocketAddressOf(this.#socket.localAddress));
  }

  remoteAddress(): IpSocketAddress {
    return this.#call('remote-address', () => ipSocketAddressOf(this.#socket.remoteAddress));
  }

  addressFamily(): IpFamily {
    return this.#socket.family;
  }

  unicastHopLimit(): number {
    return this.#socket.options.hopLimit;
  }

  setUnicastHopLimit(value: number): void {
    this.#set('set-unicast-hop-limit', () => (this.#socket.options.hopLimit = value));
  }

  receiveBufferSize(): bigint {
    return this.#call('receive-buffer-size', () => this.#socket.receiveBufferSize);
  }

  setReceiveBufferSize(value: bigint): void {
    this.#set('set-receive-buffer-size', () => (this.#socket.options.receiveBufferSize = value));
  }

  sendBufferSize(): bigint {
    return this.#call('send-buffer-size', () => this.#socket.sendBufferSize);
  }

  setSendBufferSize(value: bigint): void {
    this.#set('set-send-buffer-size', () => (this.#socket.options.sendBufferSize = value));
  }

  /** A socket binds at once, so that it is always ready. Its streams have pollables for datagrams. */
  subscribe(): Pollable {
    return this.#host.io.pollable(READY, this.#children);
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
    this.#socket.close();
  }

  #call<T>(func: string, operation: () => T): T {
    return socketCall(this.#host, UDP, `[method]udp-socket.${func}`, operation);
  }

  #set(func: string, change: () => unknown): void {
    this.#call(func, () => {
      change();
      this.#socket.applyOptions();
    });
  }
}
