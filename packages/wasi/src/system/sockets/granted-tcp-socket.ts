import { checkLocalAddress, checkTcpRemoteAddress } from './address-rules.ts';
import type { IpFamily, SocketAddress } from './socket-address.ts';
import { SocketError } from './socket-error.ts';
import { SocketOptions } from './socket-options.ts';
import type { Sockets } from './sockets.ts';
import {
  type BoundTcp,
  type KeepAlive,
  type TcpConnection,
  type TcpListener,
  unspecifiedAddress,
} from './sockets-platform.ts';

type State = 'unbound' | 'bound' | 'listening' | 'connecting' | 'connected' | 'closed';

const DEFAULT_BACKLOG = 128;
const LARGEST_BACKLOG = 1024n;

/**
 * A TCP socket of an instance, with the states of `TcpSocketOperationalSemantics.md` of `wasi:sockets`. Functions throw
 * a `SocketError`: `invalid-state` if they do not fit the state, and one with a `refusal` if no grant covers the call.
 */
export class GrantedTcpSocket {
  readonly family: IpFamily;
  readonly #sockets: Sockets;
  #options = new SocketOptions();
  #state: State = 'unbound';
  #backlog = DEFAULT_BACKLOG;
  #bound: BoundTcp | undefined;
  #listener: TcpListener | undefined;
  #connection: TcpConnection | undefined;
  #holders = 1;

  /** @throws SocketError `new-socket-limit` */
  constructor(sockets: Sockets, family: IpFamily) {
    sockets.checkLimit();
    this.family = family;
    this.#sockets = sockets;
    sockets.opened(this);
  }

  get state(): State {
    return this.#state;
  }

  get options(): SocketOptions {
    return this.#options;
  }

  bind(local: SocketAddress): void {
    this.#expect('unbound');
    checkLocalAddress(this.family, local);
    this.#sockets.checkBind(local);
    this.#bound = this.#sockets.platform().bindTcp(local);
    this.#state = 'bound';
  }

  /** Connects, or is `closed` afterwards. Aborting the signal closes the socket, too. */
  async connect(remote: SocketAddress, signal?: AbortSignal): Promise<void> {
    this.#expect('unbound', 'bound');
    checkTcpRemoteAddress(this.family, remote);
    this.#sockets.checkConnect(remote);
    const platform = this.#sockets.platform();
    const bound = this.#bound;
    this.#bound = undefined;
    this.#state = 'connecting';
    try {
      const connection = await platform.connectTcp(remote, bound, signal);
      // The instance may have ended meanwhile.
      if (this.state === 'closed') connection.close();
      else this.#connected(connection);
    } catch (error) {
      this.#state = 'closed';
      throw error;
    }
  }

  /** Starts to listen, at any free port of all addresses if the socket is not bound. */
  listen(): void {
    this.#expect('unbound', 'bound');
    const local = this.#bound?.local ?? unspecifiedAddress(this.family);
    this.#sockets.checkListen(local);
    const bound = (this.#bound ??= this.#sockets.platform().bindTcp(local));
    this.#listener = bound.listen(this.#backlog);
    this.#state = 'listening';
  }

  /**
   * Returns the next connection to a listening socket, or undefined when none is there. A connection for which the
   * limit of the instance has no room is closed: it is lost with the error `new-socket-limit`.
   */
  accept(): GrantedTcpSocket | undefined {
    this.#expect('listening');
    const connection = this.#listener?.accept();
    if (connection === undefined) return undefined;
    try {
      this.#sockets.checkLimit();
    } catch (error) {
      connection.close();
      throw error;
    }
    const accepted = new GrantedTcpSocket(this.#sockets, this.family);
    accepted.#options = this.#options.copy();
    accepted.#connected(connection);
    return accepted;
  }

  /** Whether `accept` returns a connection or throws. */
  get hasWaiting(): boolean {
    return this.#listener?.hasWaiting() ?? true;
  }

  /** Resolves when `accept` returns a connection or throws. */
  acceptable(): Promise<void> {
    return this.#listener?.ready() ?? Promise.resolve();
  }

  get connection(): TcpConnection {
    this.#expect('connected');
    const connection = this.#connection;
    if (connection === undefined) throw new SocketError('invalid-state');
    return connection;
  }

  get localAddress(): SocketAddress {
    const local = this.#connection?.local ?? this.#bound?.local;
    if (local === undefined) throw new SocketError('invalid-state', 'the socket is not bound');
    return local;
  }

  get remoteAddress(): SocketAddress {
    return this.connection.remote;
  }

  setKeepAlive(change: Partial<KeepAlive>): void {
    this.#options.setKeepAlive(change);
    this.#connection?.setKeepAlive(this.#options.keepAlive);
  }

  setBacklog(value: bigint): void {
    if (value === 0n) throw new SocketError('invalid-argument', 'the backlog is 0');
    if (this.#state === 'listening')
      throw new SocketError('not-supported', 'the backlog of a listening socket cannot be changed');
    this.#expect('unbound', 'bound');
    this.#backlog = Number(value > LARGEST_BACKLOG ? LARGEST_BACKLOG : value);
  }

  /**
   * Keeps the socket open for a stream that was made from it, and returns what releases it. It is closed when the
   * program has dropped it and all its streams.
   */
  hold(): () => void {
    this.#holders += 1;
    let isHeld = true;
    return () => {
      if (isHeld) this.release();
      isHeld = false;
    };
  }

  /** The program has dropped the socket. */
  release(): void {
    this.#holders -= 1;
    if (this.#holders === 0) this.close();
  }

  close(): void {
    this.#sockets.closed(this);
    this.#state = 'closed';
    this.#listener?.close();
    this.#connection?.close();
    this.#bound?.close();
  }

  #connected(connection: TcpConnection): void {
    this.#connection = connection;
    this.#state = 'connected';
    const { keepAlive } = this.#options;
    if (keepAlive.enabled) connection.setKeepAlive(keepAlive);
  }

  #expect(...states: readonly State[]): void {
    if (!states.includes(this.#state)) throw new SocketError('invalid-state', `the socket is ${this.#state}`);
  }
}
