import type { Server, Socket } from 'node:net';
import type { SocketAddress } from '../../sockets/socket-address.ts';
import { SocketError } from '../../sockets/socket-error.ts';
import type { BoundTcp, TcpConnection, TcpListener } from '../../sockets/sockets-platform.ts';
import { nodeHost } from './node-address.ts';
import { nodeNet } from './node-modules.ts';
import { socketFailure } from './socket-failure.ts';
import { bindNodeTcp, type TcpBinding } from './tcp-binding.ts';
import { NodeConnection } from './tcp-connection.ts';

/** A bound TCP socket of Node. */
export class NodeBoundTcp implements BoundTcp {
  readonly local: SocketAddress;
  #binding: TcpBinding | undefined;

  constructor(local: SocketAddress) {
    this.#binding = bindNodeTcp(local);
    this.local = this.#binding.local;
  }

  listen(backlog: number): TcpListener {
    return new NodeListener(this.take(), this.local, backlog);
  }

  /** Hands the socket over to whoever listens or connects. */
  take(): TcpBinding {
    const binding = this.#binding;
    if (binding === undefined) throw new SocketError('invalid-state', 'the bound socket is used up');
    this.#binding = undefined;
    return binding;
  }

  close(): void {
    this.#binding?.close();
    this.#binding = undefined;
  }
}

/** Connects to an address. Rejects with a `SocketError`. */
export function connectNodeTcp(
  remote: SocketAddress,
  from: NodeBoundTcp | undefined,
  signal?: AbortSignal,
): Promise<TcpConnection> {
  const { socket, options } = from?.take().client() ?? {
    socket: new (nodeNet().Socket)({ allowHalfOpen: true }),
    options: {},
  };
  return new Promise((resolve, reject) => {
    const abort = (): void => fail(new SocketError('connection-aborted'));
    const fail = (cause: unknown): void => {
      signal?.removeEventListener('abort', abort);
      socket.destroy();
      reject(socketFailure(cause));
    };
    if (signal?.aborted === true) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort);
    socket.once('error', fail);
    socket.once('connect', () => {
      signal?.removeEventListener('abort', abort);
      socket.off('error', fail);
      resolve(new NodeConnection(socket, remote.family, remote.scopeId));
    });
    socket.connect({ ...options, host: nodeHost(remote), port: remote.port });
  });
}

/** Node accepts at once, so the queue of the system only has to hold what arrives meanwhile. */
const SYSTEM_BACKLOG = 511;

class NodeListener implements TcpListener {
  readonly #server: Server;
  readonly #local: SocketAddress;
  readonly #waiting: Socket[] = [];
  #failure: SocketError | undefined;
  #wake: (() => void)[] = [];

  constructor(binding: TcpBinding, local: SocketAddress, backlog: number) {
    this.#local = local;
    this.#server = nodeNet().createServer({ allowHalfOpen: true, pauseOnConnect: true });
    this.#server.on('connection', (socket) => {
      // Node accepts on its own. A program that accepts nothing must not fill the memory with connections.
      if (this.#waiting.length >= backlog) socket.destroy();
      else this.#arrived(socket);
    });
    this.#server.on('error', (cause) => {
      this.#failure ??= socketFailure(cause);
      this.#notify();
    });
    binding.listen(this.#server, SYSTEM_BACKLOG);
    // Another socket listens at the address already: the error itself comes later.
    if (!this.#server.listening) throw new SocketError('address-in-use');
  }

  accept(): TcpConnection | undefined {
    const socket = this.#waiting.shift();
    if (socket !== undefined) return new NodeConnection(socket, this.#local.family, this.#local.scopeId);
    if (this.#failure !== undefined) throw this.#failure;
    return undefined;
  }

  hasWaiting(): boolean {
    return this.#waiting.length > 0 || this.#failure !== undefined;
  }

  ready(): Promise<void> {
    if (this.hasWaiting()) return Promise.resolve();
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#waiting.splice(0)) socket.destroy();
    this.#failure ??= new SocketError('invalid-state', 'the socket is closed');
    this.#notify();
  }

  #arrived(socket: Socket): void {
    // A connection that fails before it is accepted is reported when it is used.
    socket.on('error', () => undefined);
    this.#waiting.push(socket);
    this.#notify();
  }

  #notify(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
