import type { Socket } from 'node:net';
import type { ByteSink, ByteSource } from '../../byte-streams.ts';
import type { IpFamily, SocketAddress } from '../../sockets/socket-address.ts';
import type { SocketError } from '../../sockets/socket-error.ts';
import type { KeepAlive, TcpConnection } from '../../sockets/sockets-platform.ts';
import { addressOfNode } from './node-address.ts';
import { socketFailure } from './socket-failure.ts';

/** How long a closed connection may take to send what was written, in milliseconds. */
const LINGER = 10_000;

/** A connection over a socket of Node that is paused, and stays open when the other side ends. */
export class NodeConnection implements TcpConnection {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly source: ByteSource;
  readonly sink: ByteSink;
  readonly #socket: Socket;

  constructor(socket: Socket, family: IpFamily, scopeId: number = 0) {
    this.#socket = socket;
    this.local = addressOfNode(family, socket.localAddress ?? '', socket.localPort ?? 0, scopeId);
    this.remote = addressOfNode(family, socket.remoteAddress ?? '', socket.remotePort ?? 0, scopeId);
    const failure = new Failure(socket);
    this.source = new SocketSource(socket, failure);
    this.sink = new SocketSink(socket, failure);
    socket.setNoDelay(true);
  }

  setKeepAlive({ enabled, idleTime, interval, count }: KeepAlive): void {
    // Node 22 knows the first two arguments only.
    this.#socket.setKeepAlive(enabled, milliseconds(idleTime), milliseconds(interval), count);
  }

  close(): void {
    this.source.close();
    this.sink.close();
    const socket = this.#socket;
    if (socket.destroyed) return;
    const timer = setTimeout(() => socket.destroy(), LINGER);
    timer.unref();
    socket.once('close', () => clearTimeout(timer));
    // Nothing of the process waits for a connection that the program has closed.
    if (socket.writableFinished) socket.destroy();
    else socket.once('finish', () => socket.destroy());
  }
}

/** What a connection failed with. The events of Node come before anyone asks. */
class Failure {
  error: SocketError | undefined;

  constructor(socket: Socket) {
    socket.on('error', (cause) => {
      this.error ??= socketFailure(cause);
    });
  }
}

class SocketSource implements ByteSource {
  readonly isTerminal = false;
  readonly #socket: Socket;
  readonly #failure: Failure;
  #hasEnded = false;
  #isClosed = false;

  constructor(socket: Socket, failure: Failure) {
    this.#socket = socket;
    this.#failure = failure;
    socket.once('end', () => {
      this.#hasEnded = true;
    });
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    if (this.#isClosed) return undefined;
    const socket = this.#socket;
    const count = Math.min(most, socket.readableLength);
    // Reading nothing from an empty buffer starts to receive.
    const bytes: Uint8Array<ArrayBuffer> | null = socket.read(count === 0 && most > 0 ? undefined : count);
    if (bytes !== null) return bytes;
    if (this.#failure.error !== undefined) throw this.#failure.error;
    if (this.#hasEnded || socket.readableEnded || socket.destroyed) return undefined;
    return new Uint8Array();
  }

  ready(): Promise<void> {
    const socket = this.#socket;
    if (this.#isClosed || this.#hasEnded || socket.destroyed || socket.readableLength > 0)
      return Promise.resolve();
    return eventOf(socket, ['readable', 'end', 'error', 'close']);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // What still arrives is received and dropped, so that the other side can go on to its end.
    this.#socket.resume();
  }
}

class SocketSink implements ByteSink {
  readonly isTerminal = false;
  readonly #socket: Socket;
  readonly #failure: Failure;

  constructor(socket: Socket, failure: Failure) {
    this.#socket = socket;
    this.#failure = failure;
  }

  capacity(): number {
    this.#check();
    const socket = this.#socket;
    return socket.writableNeedDrain ? 0 : Math.max(0, socket.writableHighWaterMark - socket.writableLength);
  }

  write(bytes: Uint8Array): void {
    this.#check();
    if (bytes.length > 0) this.#socket.write(bytes.slice());
  }

  ready(): Promise<void> {
    const socket = this.#socket;
    if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve();
    return eventOf(socket, ['drain', 'error', 'close']);
  }

  async flush(): Promise<void> {
    const socket = this.#socket;
    if (socket.writableLength > 0 && !socket.writableEnded && !socket.destroyed)
      // An empty write is called back when everything before it has left the process.
      await new Promise<void>((resolve) => void socket.write(new Uint8Array(), () => resolve()));
    this.#check();
  }

  close(): void {
    if (!this.#socket.destroyed) this.#socket.end();
  }

  #check(): void {
    if (this.#failure.error !== undefined) throw this.#failure.error;
    if (this.#socket.destroyed || this.#socket.writableEnded)
      throw socketFailure({ code: 'ERR_STREAM_DESTROYED' });
  }
}

/** Resolves with the first of these events. */
function eventOf(socket: Socket, names: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const name of names) socket.off(name, stop);
      resolve();
    };
    for (const name of names) socket.on(name, stop);
  });
}

function milliseconds(nanoseconds: bigint): number {
  // Systems count whole seconds.
  return Math.min(Math.max(Number(nanoseconds) / 1e6, 1000), 2 ** 31 - 1);
}
