import { checkTcpRemoteAddress } from '../../system/sockets/address-rules.ts';
import {
  type IpFamily,
  type IpSocketAddress,
  ipSocketAddressOf,
  socketAddressOf,
} from '../../system/sockets/socket-address.ts';
import type { TcpConnection } from '../../system/sockets/sockets-platform.ts';
import type { GrantedTcpSocket } from '../../system/sockets/granted-tcp-socket.ts';
import type { Wasi2Host } from '../host.ts';
import { Children } from '../io/children.ts';
import type { InputStream } from '../io/input-stream.ts';
import type { OutputStream } from '../io/output-stream.ts';
import type { Pollable } from '../io/pollable.ts';
import { networkError, socketCall } from './network-errors.ts';
import { Operation } from './operation.ts';

const TCP = 'wasi:sockets/tcp@0.2.12';
const SETTLED = Promise.resolve();

/** What has been started and not been finished. */
type Progress =
  | { readonly tag: 'bind' | 'listen' }
  | { readonly tag: 'connect'; readonly operation: Operation<void>; readonly abort: AbortController };

/** `tcp-socket` of `wasi:sockets/tcp`: the two steps of each operation, around a socket whose operations have one. */
export class TcpSocketResource {
  readonly #host: Wasi2Host;
  readonly #socket: GrantedTcpSocket;
  readonly #children = new Children('tcp-socket');
  #progress: Progress | undefined;

  constructor(socket: GrantedTcpSocket, host: Wasi2Host) {
    this.#socket = socket;
    this.#host = host;
  }

  startBind(_network: object, localAddress: IpSocketAddress): void {
    this.#begin('start-bind', () => {
      this.#socket.bind(socketAddressOf(localAddress));
      return { tag: 'bind' };
    });
  }

  finishBind(): void {
    this.#finish('bind');
  }

  startConnect(_network: object, remoteAddress: IpSocketAddress): void {
    this.#begin('start-connect', () => {
      const { family, state } = this.#socket;
      if (state !== 'unbound' && state !== 'bound') throw networkError('invalid-state');
      try {
        const remote = socketAddressOf(remoteAddress);
        checkTcpRemoteAddress(family, remote);
        this.#host.system.sockets.checkConnect(remote);
        const abort = new AbortController();
        const operation = new Operation(this.#socket.connect(remote, abort.signal));
        return { tag: 'connect', operation, abort };
      } catch (error) {
        // The specification: a socket is closed after it could not even start to connect.
        this.#socket.close();
        throw error;
      }
    });
  }

  finishConnect(): [InputStream, OutputStream] {
    const progress = this.#progress;
    if (progress?.tag !== 'connect') throw networkError('not-in-progress');
    if (!progress.operation.isReady()) throw networkError('would-block');
    this.#progress = undefined;
    return this.#call('finish-connect', () => {
      progress.operation.outcome();
      return this.#streams(this.#socket.connection);
    });
  }

  startListen(): void {
    this.#begin('start-listen', () => {
      if (this.#socket.state !== 'bound') throw networkError('invalid-state');
      try {
        this.#socket.listen();
      } catch (error) {
        this.#socket.close();
        throw error;
      }
      return { tag: 'listen' };
    });
  }

  finishListen(): void {
    this.#finish('listen');
  }

  accept(): [TcpSocketResource, InputStream, OutputStream] {
    if (this.#progress !== undefined) throw networkError('invalid-state');
    const accepted = this.#call('accept', () => this.#socket.accept());
    if (accepted === undefined) throw networkError('would-block');
    const socket = new TcpSocketResource(accepted, this.#host);
    return [socket, ...socket.#streams(accepted.connection)];
  }

  localAddress(): IpSocketAddress {
    if (this.#progress?.tag === 'bind') throw networkError('invalid-state');
    return this.#call('local-address', () => ipSocketAddressOf(this.#socket.localAddress));
  }

  remoteAddress(): IpSocketAddress {
    if (this.#progress !== undefined) throw networkError('invalid-state');
    return this.#call('remote-address', () => ipSocketAddressOf(this.#socket.remoteAddress));
  }

  isListening(): boolean {
    return this.#socket.state === 'listening' && this.#progress === undefined;
  }

  addressFamily(): IpFamily {
    return this.#socket.family;
  }

  setListenBacklogSize(value: bigint): void {
    this.#call('set-listen-backlog-size', () => this.#socket.setBacklog(value));
  }

  keepAliveEnabled(): boolean {
    return this.#socket.options.keepAlive.enabled;
  }

  setKeepAliveEnabled(enabled: boolean): void {
    this.#call('set-keep-alive-enabled', () => this.#socket.setKeepAlive({ enabled }));
  }

  keepAliveIdleTime(): bigint {
    return this.#socket.options.keepAlive.idleTime;
  }

  setKeepAliveIdleTime(idleTime: bigint): void {
    this.#call('set-keep-alive-idle-time', () => this.#socket.setKeepAlive({ idleTime }));
  }

  keepAliveInterval(): bigint {
    return this.#socket.options.keepAlive.interval;
  }

  setKeepAliveInterval(interval: bigint): void {
    this.#call('set-keep-alive-interval', () => this.#socket.setKeepAlive({ interval }));
  }

  keepAliveCount(): number {
    return this.#socket.options.keepAlive.count;
  }

  setKeepAliveCount(count: number): void {
    this.#call('set-keep-alive-count', () => this.#socket.setKeepAlive({ count }));
  }

  hopLimit(): number {
    return this.#socket.options.hopLimit;
  }

  setHopLimit(value: number): void {
    this.#call('set-hop-limit', () => (this.#socket.options.hopLimit = value));
  }

  receiveBufferSize(): bigint {
    return this.#socket.options.receiveBufferSize;
  }

  setReceiveBufferSize(value: bigint): void {
    this.#call('set-receive-buffer-size', () => (this.#socket.options.receiveBufferSize = value));
  }

  sendBufferSize(): bigint {
    return this.#socket.options.sendBufferSize;
  }

  setSendBufferSize(value: bigint): void {
    this.#call('set-send-buffer-size', () => (this.#socket.options.sendBufferSize = value));
  }

  /** One pollable serves all operations: it is ready unless one of them is not. */
  subscribe(): Pollable {
    return this.#host.io.pollable(
      { isReady: () => this.#isReady(), whenReady: () => this.#whenReady() },
      this.#children,
    );
  }

  shutdown(type: 'receive' | 'send' | 'both'): void {
    if (this.#progress !== undefined) throw networkError('invalid-state');
    const { source, sink } = this.#call('shutdown', () => this.#socket.connection);
    if (type !== 'send') source.close();
    if (type !== 'receive') sink.close();
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
    if (this.#progress?.tag === 'connect') this.#progress.abort.abort();
    this.#socket.close();
  }

  #call<T>(func: string, operation: () => T): T {
    return socketCall(this.#host, TCP, `[method]tcp-socket.${func}`, operation);
  }

  #begin(func: string, operation: () => Progress): void {
    if (this.#progress !== undefined) throw networkError('concurrency-conflict');
    this.#progress = this.#call(func, operation);
  }

  #finish(tag: 'bind' | 'listen'): void {
    if (this.#progress?.tag !== tag) throw networkError('not-in-progress');
    this.#progress = undefined;
  }

  #streams({ source, sink }: TcpConnection): [InputStream, OutputStream] {
    const { io } = this.#host;
    const owner = { parent: this.#children };
    return [io.inputStream(source, owner), io.outputStream(sink, owner)];
  }

  #isReady(): boolean {
    if (this.#progress !== undefined)
      return this.#progress.tag !== 'connect' || this.#progress.operation.isReady();
    return this.#socket.state !== 'listening' || this.#socket.hasWaiting;
  }

  #whenReady(): Promise<void> {
    if (this.#progress !== undefined)
      return this.#progress.tag === 'connect' ? this.#progress.operation.whenReady() : SETTLED;
    return this.#socket.state === 'listening' ? this.#socket.acceptable() : SETTLED;
  }
}
