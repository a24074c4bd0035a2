import { callSignal, type FutureSource, type Stream, type StreamSource } from '@wit-ts/runtime';
import {
  type IpFamily,
  type IpSocketAddress,
  ipSocketAddressOf,
  socketAddressOf,
} from '../../system/sockets/socket-address.ts';
import { SocketError } from '../../system/sockets/socket-error.ts';
import type { GrantedTcpSocket as HostSocket } from '../../system/sockets/granted-tcp-socket.ts';
import { drainStream } from '../streams/drain-stream.ts';
import { StreamOutcome } from '../streams/stream-outcome.ts';
import { SourceStream } from '../streams/source-stream.ts';
import { type NetworkErrorCode, networkErrorCode, type NetworkErrors } from './network-error.ts';

/** What the sockets of one instance share. */
export interface SocketContext {
  readonly errors: NetworkErrors;
  readonly bytesPerCall: number;
  /** Makes the resource of a connection that was accepted. */
  readonly accepted: (socket: HostSocket) => TcpSocket;
}

type NetworkFuture = FutureSource<void, NetworkErrorCode>;

/** `tcp-socket` of `wasi:sockets/types`, without its static function. */
export class TcpSocket {
  readonly #context: SocketContext;
  readonly #socket: HostSocket;
  #hasSent = false;
  #hasReceived = false;

  constructor(context: SocketContext, socket: HostSocket) {
    this.#context = context;
    this.#socket = socket;
  }

  bind(localAddress: IpSocketAddress): void {
    this.#attempt('bind', (socket) => socket.bind(socketAddressOf(localAddress)));
  }

  connect(remoteAddress: IpSocketAddress): Promise<void> {
    const signal = callSignal();
    return this.#context.errors.attemptLater('[method]tcp-socket.connect', () =>
      this.#socket.connect(socketAddressOf(remoteAddress), signal),
    );
  }

  listen(): StreamSource<TcpSocket> {
    this.#attempt('listen', (socket) => socket.listen());
    return new AcceptedSockets(this.#context, this.#socket);
  }

  send(data: Stream<number, Uint8Array>): NetworkFuture {
    const outcome = new StreamOutcome(networkErrorCode);
    try {
      const { sink } = this.#socket.connection;
      if (this.#hasSent) throw new SocketError('invalid-state', '`send` has been called already');
      this.#hasSent = true;
      const release = this.#socket.hold();
      drainStream(data, sink)
        .finally(() => {
          sink.close();
          release();
        })
        .then(
          () => outcome.succeed(),
          (cause: unknown) => outcome.fail(cause),
        );
    } catch (cause) {
      data[Symbol.dispose]();
      outcome.fail(cause);
    }
    return outcome.promise;
  }

  receive(): readonly [StreamSource<number>, NetworkFuture] {
    const outcome = new StreamOutcome(networkErrorCode);
    try {
      const { source } = this.#socket.connection;
      if (this.#hasReceived) throw new SocketError('invalid-state', '`receive` has been called already');
      this.#hasReceived = true;
      const release = this.#socket.hold();
      const stream = new SourceStream(source, outcome, this.#context.bytesPerCall, () => {
        source.close();
        release();
      });
      return [stream, outcome.promise];
    } catch (cause) {
      outcome.fail(cause);
      return [[], outcome.promise];
    }
  }

  getLocalAddress(): IpSocketAddress {
    return this.#attempt('get-local-address', ({ localAddress }) => ipSocketAddressOf(localAddress));
  }

  getRemoteAddress(): IpSocketAddress {
    return this.#attempt('get-remote-address', ({ remoteAddress }) => ipSocketAddressOf(remoteAddress));
  }

  getIsListening(): boolean {
    return this.#socket.state === 'listening';
  }

  getAddressFamily(): IpFamily {
    return this.#socket.family;
  }

  setListenBacklogSize(value: bigint): void {
    this.#attempt('set-listen-backlog-size', (socket) => socket.setBacklog(value));
  }

  getKeepAliveEnabled(): boolean {
    return this.#socket.options.keepAlive.enabled;
  }

  setKeepAliveEnabled(value: boolean): void {
    this.#attempt('set-keep-alive-enabled', (socket) => socket.setKeepAlive({ enabled: value }));
  }

  getKeepAliveIdleTime(): bigint {
    return this.#socket.options.keepAlive.idleTime;
  }

  setKeepAliveIdleTime(value: bigint): void {
    this.#attempt('set-keep-alive-idle-time', (socket) => socket.setKeepAlive({ idleTime: value }));
  }

  getKeepAliveInterval(): bigint {
    return this.#socket.options.keepAlive.interval;
  }

  setKeepAliveInterval(value: bigint): void {
    this.#attempt('set-keep-alive-interval', (socket) => socket.setKeepAlive({ interval: value }));
  }

  getKeepAliveCount(): number {
    return this.#socket.options.keepAlive.count;
  }

  setKeepAliveCount(value: number): void {
    this.#attempt('set-keep-alive-count', (socket) => socket.setKeepAlive({ count: value }));
  }

  getHopLimit(): number {
    return this.#socket.options.hopLimit;
  }

  setHopLimit(value: number): void {
    this.#attempt('set-hop-limit', ({ options }) => (options.hopLimit = value));
  }

  getReceiveBufferSize(): bigint {
    return this.#socket.options.receiveBufferSize;
  }

  setReceiveBufferSize(value: bigint): void {
    this.#attempt('set-receive-buffer-size', ({ options }) => (options.receiveBufferSize = value));
  }

  getSendBufferSize(): bigint {
    return this.#socket.options.sendBufferSize;
  }

  setSendBufferSize(value: bigint): void {
    this.#attempt('set-send-buffer-size', ({ options }) => (options.sendBufferSize = value));
  }

  [Symbol.dispose](): void {
    this.#socket.release();
  }

  #attempt<T>(func: string, operation: (socket: HostSocket) => T): T {
    return this.#context.errors.attempt(`[method]tcp-socket.${func}`, () => operation(this.#socket));
  }
}

/**
 * The connections to a listening socket as a `stream<tcp-socket>` that the host gives. The stream keeps the socket
 * open, and does not end before the program drops it.
 */
class AcceptedSockets {
  readonly #context: SocketContext;
  readonly #listener: HostSocket;
  readonly #release: () => void;
  #isDropped = false;

  constructor(context: SocketContext, listener: HostSocket) {
    this.#context = context;
    this.#listener = listener;
    this.#release = listener.hold();
  }

  async read(_count: number): Promise<{ readonly done: boolean; readonly value?: TcpSocket }> {
    while (!this.#isDropped && this.#listener.state === 'listening') {
      const socket = this.#accept();
      if (socket !== undefined) return { done: false, value: this.#context.accepted(socket) };
      await this.#listener.acceptable();
    }
    return { done: true };
  }

  return(): void {
    this.#isDropped = true;
    this.#release();
  }

  #accept(): HostSocket | undefined {
    for (;;)
      try {
        return this.#listener.accept();
      } catch (cause) {
        // The stream stays usable: a program that has too many sockets only loses this connection.
        if (!(cause instanceof SocketError && cause.code === 'new-socket-limit')) throw cause;
      }
  }
}
