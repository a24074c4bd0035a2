import type { Socket } from 'node:dgram';
import type { SocketAddress } from '../../sockets/socket-address.ts';
import type { SocketError } from '../../sockets/socket-error.ts';
import type { Datagram, UdpOptions, UdpPort } from '../../sockets/sockets-platform.ts';
import { addressOfNode, nodeHost } from './node-address.ts';
import { nodeDgram } from './node-modules.ts';
import { socketFailure, withSocketFailures } from './socket-failure.ts';

/** The most bytes of datagrams that wait for the program. Further ones are dropped, as UDP allows. */
const MOST_WAITING = 1_048_576;
/** What a waiting datagram costs besides its bytes. */
const OVERHEAD = 256;
/** The most datagrams that Node holds for the system at once. */
const MOST_ON_THEIR_WAY = 64;

/** A bound UDP socket of Node. */
export class NodeUdpPort implements UdpPort {
  readonly local: SocketAddress;
  readonly #socket: Socket;
  readonly #waiting: Datagram[] = [];
  #waitingBytes = 0;
  #failure: SocketError | undefined;
  #wake: (() => void)[] = [];
  #onTheirWay = 0;
  #wakeSender: (() => void)[] = [];

  constructor(local: SocketAddress, options: UdpOptions) {
    const { family, scopeId } = local;
    const socket = nodeDgram().createSocket({
      type: family === 'ipv4' ? 'udp4' : 'udp6',
      ipv6Only: family === 'ipv6',
      lookup: answerAtOnce,
    });
    this.#socket = socket;
    socket.on('error', (cause) => {
      this.#failure ??= socketFailure(cause);
      this.#notify();
    });
    socket.on('message', (data, { address, port }) => {
      if (this.#waitingBytes + data.length + OVERHEAD > MOST_WAITING) return;
      this.#waitingBytes += data.length + OVERHEAD;
      this.#waiting.push({ data: new Uint8Array(data), from: addressOfNode(family, address, port, scopeId) });
      this.#notify();
    });
    try {
      const { address, port } = boundAddress(socket, local);
      this.local = addressOfNode(family, address, port, scopeId);
      this.setOptions(options);
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  receive(): Datagram | undefined {
    const datagram = this.#waiting.shift();
    if (datagram !== undefined) {
      this.#waitingBytes -= datagram.data.length + OVERHEAD;
      return datagram;
    }
    const failure = this.#failure;
    if (failure === undefined) return undefined;
    this.#failure = undefined;
    throw failure;
  }

  hasWaiting(): boolean {
    return this.#waiting.length > 0 || this.#failure !== undefined;
  }

  ready(): Promise<void> {
    if (this.hasWaiting()) return Promise.resolve();
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  capacity(): number {
    return MOST_ON_THEIR_WAY - this.#onTheirWay;
  }

  sendable(): Promise<void> {
    if (this.capacity() > 0) return Promise.resolve();
    return new Promise((resolve) => this.#wakeSender.push(resolve));
  }

  send(data: Uint8Array, to: SocketAddress): Promise<void> {
    this.#onTheirWay += 1;
    return new Promise((resolve, reject) => {
      this.#socket.send(data, to.port, nodeHost(to), (cause) => {
        this.#onTheirWay -= 1;
        for (const wake of this.#wakeSender.splice(0)) wake();
        if (cause === null) resolve();
        else reject(socketFailure(cause));
      });
    });
  }

  setOptions({ hopLimit, receiveBufferSize, sendBufferSize }: UdpOptions): void {
    withSocketFailures(() => {
      if (hopLimit !== undefined) this.#socket.setTTL(hopLimit);
      if (receiveBufferSize !== undefined) this.#socket.setRecvBufferSize(receiveBufferSize);
      if (sendBufferSize !== undefined) this.#socket.setSendBufferSize(sendBufferSize);
    });
  }

  bufferSizes(): { readonly receive: number; readonly send: number } {
    return withSocketFailures(() => ({
      receive: this.#socket.getRecvBufferSize(),
      send: this.#socket.getSendBufferSize(),
    }));
  }

  close(): void {
    this.#socket.close();
    this.#waiting.length = 0;
    this.#notify();
  }

  #notify(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

/** Binds at once. @throws SocketError */
function boundAddress(
  socket: Socket,
  local: SocketAddress,
): { readonly address: string; readonly port: number } {
  const options = { address: nodeHost(local), port: local.port, exclusive: true };
  return withSocketFailures(() => {
    // Node 26.4 is the first version with a public function for this.
    if (typeof socket.bindSync === 'function') return socket.bindSync(options);
    let failure: unknown;
    socket.once('error', (error) => {
      failure = error;
    });
    // With an address, and a look-up that answers at once, older versions bind at once, too.
    socket.bind(options);
    const bound = socket.address();
    if (failure !== undefined || bound.port === 0)
      throw failure ?? Object.assign(new Error('the address is in use'), { code: 'EADDRINUSE' });
    return bound;
  });
}

/** There is nothing to look up: WASI sockets have addresses, not names. */
function answerAtOnce(
  address: string,
  _options: unknown,
  callback: (error: null, address: string, family: number) => void,
): void {
  callback(null, address, address.includes(':') ? 6 : 4);
}
