import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { RunningGuest } from './running-guest.ts';

/** A connection to a server inside a guest. */
export interface GuestConnection {
  send(payload: string): Promise<void>;
  /** Returns the next bytes as text. Resolves with fewer when the guest closes the connection. */
  receive(length: number): Promise<string>;
  close(): void;
}

/** Connects to the address that the guest prints. A connection of HTTP carries what the test sends, byte for byte. */
export async function connectToGuest(
  guest: RunningGuest,
  protocol: 'tcp' | 'udp' | 'http',
): Promise<GuestConnection> {
  const { host, port } = await guest.address();
  return protocol === 'udp' ? overUdp(host, port) : overTcp(host, port);
}

async function overTcp(host: string, port: number): Promise<GuestConnection> {
  const socket = connect({ host, port });
  await new Promise<void>((done, fail) => {
    socket.once('connect', done);
    socket.once('error', fail);
  });
  const received = new Received();
  socket.on('data', (bytes: Buffer) => received.add(bytes));
  socket.on('close', () => received.end());
  socket.on('error', () => received.end());
  return {
    send: (payload) =>
      new Promise((done, fail) => socket.write(payload, (error) => (error ? fail(error) : done()))),
    receive: (length) => received.take(length),
    close: () => socket.destroy(),
  };
}

async function overUdp(host: string, port: number): Promise<GuestConnection> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>((done) => socket.connect(port, host, () => done()));
  const received = new Received();
  socket.on('message', (bytes) => received.add(bytes));
  return {
    send: (payload) =>
      new Promise((done, fail) => socket.send(payload, (error) => (error ? fail(error) : done()))),
    receive: (length) => received.take(length),
    close: () => socket.close(),
  };
}

/** Bytes that have come, until a test asks for them. */
class Received {
  #bytes: Buffer = Buffer.alloc(0);
  #ended = false;
  #changed = Promise.withResolvers<void>();

  add(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    this.#notify();
  }

  end(): void {
    this.#ended = true;
    this.#notify();
  }

  async take(length: number): Promise<string> {
    while (this.#bytes.length < length && !this.#ended) await this.#changed.promise;
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken.toString('utf8');
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
