import { callSignal } from '@wit-ts/runtime';
import {
  type IpFamily,
  type IpSocketAddress,
  ipSocketAddressOf,
  socketAddressOf,
} from '../../system/sockets/socket-address.ts';
import type { GrantedUdpSocket as HostSocket } from '../../system/sockets/granted-udp-socket.ts';
import type { SocketContext } from './tcp-socket.ts';

/** `udp-socket` of `wasi:sockets/types`, without its static function. */
export class UdpSocket {
  readonly #context: SocketContext;
  readonly #socket: HostSocket;

  constructor(context: SocketContext, socket: HostSocket) {
    this.#context = context;
    this.#socket = socket;
  }

  bind(localAddress: IpSocketAddress): void {
    this.#attempt('bind', (socket) => socket.bind(socketAddressOf(localAddress)));
  }

  connect(remoteAddress: IpSocketAddress): void {
    this.#attempt('connect', (socket) => socket.connect(socketAddressOf(remoteAddress)));
  }

  disconnect(): void {
    this.#attempt('disconnect', (socket) => socket.disconnect());
  }

  send(data: Uint8Array, remoteAddress: IpSocketAddress | undefined): Promise<void> {
    const to = remoteAddress && socketAddressOf(remoteAddress);
    return this.#context.errors.attemptLater('[method]udp-socket.send', () => this.#socket.send(data, to));
  }

  receive(): Promise<readonly [Uint8Array, IpSocketAddress]> {
    const signal = callSignal();
    return this.#context.errors.attemptLater('[method]udp-socket.receive', async () => {
      for (;;) {
        // A datagram stays for the next call when the program has cancelled this one.
        signal.throwIfAborted();
        const datagram = this.#socket.receive();
        if (datagram !== undefined) return [datagram.data, ipSocketAddressOf(datagram.from)] as const;
        await this.#socket.receivable();
      }
    });
  }

  getLocalAddress(): IpSocketAddress {
    return this.#attempt('get-local-address', ({ localAddress }) => ipSocketAddressOf(localAddress));
  }

  getRemoteAddress(): IpSocketAddress {
    return this.#attempt('get-remote-address', ({ remoteAddress }) => ipSocketAddressOf(remoteAddress));
  }

  getAddressFamily(): IpFamily {
    return this.#socket.family;
  }

  getUnicastHopLimit(): number {
    return this.#socket.options.hopLimit;
  }

  setUnicastHopLimit(value: number): void {
    this.#attempt('set-unicast-hop-limit', (socket) => {
      socket.options.hopLimit = value;
      socket.applyOptions();
    });
  }

  getReceiveBufferSize(): bigint {
    return this.#attempt('get-receive-buffer-size', ({ receiveBufferSize }) => receiveBufferSize);
  }

  setReceiveBufferSize(value: bigint): void {
    this.#attempt('set-receive-buffer-size', (socket) => {
      socket.options.receiveBufferSize = value;
      socket.applyOptions();
    });
  }

  getSendBufferSize(): bigint {
    return this.#attempt('get-send-buffer-size', ({ sendBufferSize }) => sendBufferSize);
  }

  setSendBufferSize(value: bigint): void {
    this.#attempt('set-send-buffer-size', (socket) => {
      socket.options.sendBufferSize = value;
      socket.applyOptions();
    });
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  #attempt<T>(func: string, operation: (socket: HostSocket) => T): T {
    return this.#context.errors.attempt(`[method]udp-socket.${func}`, () => operation(this.#socket));
  }
}
