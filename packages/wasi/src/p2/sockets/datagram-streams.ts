import { Trap } from '@wit-ts/runtime';
import {
  type IpSocketAddress,
  ipSocketAddressOf,
  socketAddressOf,
} from '../../system/sockets/socket-address.ts';
import type { SocketError } from '../../system/sockets/socket-error.ts';
import type { GrantedUdpSocket } from '../../system/sockets/granted-udp-socket.ts';
import type { Wasi2Host } from '../host.ts';
import { Children } from '../io/children.ts';
import type { Pollable } from '../io/pollable.ts';
import { networkError, socketCall } from './network-errors.ts';

const UDP = 'wasi:sockets/udp@0.2.12';

/** The most datagrams that one call receives. */
const MOST_RECEIVED = 64;

/** The most datagrams that one call sends. */
const MOST_SENT = 16;

/** What the two streams of one call of `udp-socket.stream` share. */
export interface UdpAssociation {
  readonly socket: GrantedUdpSocket;
  /** Whether `stream` was not called again: only the newest streams work. */
  isCurrent: boolean;
}

/** `incoming-datagram` of `wasi:sockets/udp`. */
interface IncomingDatagram {
  data: Uint8Array<ArrayBuffer>;
  remoteAddress: IpSocketAddress;
}

/** `outgoing-datagram` of `wasi:sockets/udp`. */
interface OutgoingDatagram {
  readonly data: Uint8Array;
  readonly remoteAddress?: IpSocketAddress | undefined;
}

/** `incoming-datagram-stream` of `wasi:sockets/udp`. */
export class IncomingDatagramStream {
  readonly #association: UdpAssociation;
  readonly #host: Wasi2Host;
  readonly #parent: Children;
  readonly #pollables = new Children('incoming-datagram-stream');

  constructor(association: UdpAssociation, host: Wasi2Host, parent: Children) {
    this.#association = association;
    this.#host = host;
    this.#parent = parent;
    parent.add();
  }

  receive(maxResults: bigint): IncomingDatagram[] {
    return socketCall(this.#host, UDP, '[method]incoming-datagram-stream.receive', () => {
      const socket = currentSocket(this.#association);
      const most = maxResults > MOST_RECEIVED ? MOST_RECEIVED : Number(maxResults);
      const received: IncomingDatagram[] = [];
      while (received.length < most) {
        const next = socket.receive();
        if (next === undefined) break;
        received.push({ data: next.data, remoteAddress: ipSocketAddressOf(next.from) });
      }
      return received;
    });
  }

  subscribe(): Pollable {
    const { socket } = this.#association;
    return this.#host.io.pollable(
      { isReady: () => socket.hasWaiting, whenReady: () => socket.receivable() },
      this.#pollables,
    );
  }

  [Symbol.dispose](): void {
    this.#pollables.assertNone();
    this.#parent.remove();
  }
}

/** `outgoing-datagram-stream` of `wasi:sockets/udp`. */
export class OutgoingDatagramStream {
  readonly #association: UdpAssociation;
  readonly #host: Wasi2Host;
  readonly #parent: Children;
  readonly #pollables = new Children('outgoing-datagram-stream');
  /** How many datagrams the last `check-send` permits and no `send` has used. */
  #permit = 0;
  /** Why a datagram could not be sent that `send` had taken. The next call reports it. */
  #failure: SocketError | undefined;

  constructor(association: UdpAssociation, host: Wasi2Host, parent: Children) {
    this.#association = association;
    this.#host = host;
    this.#parent = parent;
    parent.add();
  }

  checkSend(): bigint {
    return this.#call('check-send', () => {
      const socket = currentSocket(this.#association);
      this.#throwFailure();
      this.#permit = Math.max(0, Math.min(MOST_SENT, socket.capacity));
      return BigInt(this.#permit);
    });
  }

  send(datagrams: readonly OutgoingDatagram[]): bigint {
    if (datagrams.length > this.#permit)
      throw new Trap(
        `the program called \`send\` with ${datagrams.length} datagrams; \`check-send\` permits ${this.#permit}`,
      );
    return this.#call('send', () => {
      const socket = currentSocket(this.#association);
      this.#throwFailure();
      let sent = 0;
      for (const { data, remoteAddress } of datagrams) {
        try {
          this.#send(socket, data, remoteAddress);
        } catch (error) {
          // The program sees an error when it is the first datagram that has it.
          if (sent === 0) throw error;
          break;
        }
        sent += 1;
      }
      this.#permit -= sent;
      return BigInt(sent);
    });
  }

  subscribe(): Pollable {
    const { socket } = this.#association;
    return this.#host.io.pollable(
      { isReady: () => socket.capacity > 0, whenReady: () => socket.sendable() },
      this.#pollables,
    );
  }

  [Symbol.dispose](): void {
    this.#pollables.assertNone();
    this.#parent.remove();
  }

  #call<T>(func: string, operation: () => T): T {
    return socketCall(this.#host, UDP, `[method]outgoing-datagram-stream.${func}`, operation);
  }

  #send(socket: GrantedUdpSocket, data: Uint8Array, remote: IpSocketAddress | undefined): void {
    // Checks now, and keeps a copy until the datagram has left: the bytes are those of the program.
    const leaving = socket.sendNow(data.slice(), remote === undefined ? undefined : socketAddressOf(remote));
    leaving.catch((error: SocketError) => (this.#failure ??= error));
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }
}

function currentSocket({ socket, isCurrent }: UdpAssociation): GrantedUdpSocket {
  if (!isCurrent) throw networkError('invalid-state');
  return socket;
}
