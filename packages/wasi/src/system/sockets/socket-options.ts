import { SocketError } from './socket-error.ts';
import type { KeepAlive } from './sockets-platform.ts';

/** The usual values of Linux, for options that the program has not set. */
const DEFAULT_KEEP_ALIVE: KeepAlive = {
  enabled: false,
  idleTime: 7_200_000_000_000n,
  interval: 75_000_000_000n,
  count: 9,
};
const DEFAULT_HOP_LIMIT = 64;
const DEFAULT_BUFFER_SIZE = 65_536n;
const LARGEST_BUFFER_SIZE = 1_048_576n;

/**
 * The options of a socket, which may be set before the system has a socket for them. Setters throw `invalid-argument`
 * for 0, as the WIT of both versions says.
 */
export class SocketOptions {
  #keepAlive = DEFAULT_KEEP_ALIVE;
  #hopLimit: number | undefined;
  #receiveBufferSize: bigint | undefined;
  #sendBufferSize: bigint | undefined;

  get keepAlive(): KeepAlive {
    return this.#keepAlive;
  }

  setKeepAlive(change: Partial<KeepAlive>): void {
    if (change.idleTime === 0n || change.interval === 0n || change.count === 0) throw zero();
    this.#keepAlive = { ...this.#keepAlive, ...change };
  }

  get hopLimit(): number {
    return this.#hopLimit ?? DEFAULT_HOP_LIMIT;
  }

  set hopLimit(value: number) {
    if (value === 0) throw zero();
    this.#hopLimit = value;
  }

  get receiveBufferSize(): bigint {
    return this.#receiveBufferSize ?? DEFAULT_BUFFER_SIZE;
  }

  set receiveBufferSize(value: bigint) {
    this.#receiveBufferSize = bufferSize(value);
  }

  get sendBufferSize(): bigint {
    return this.#sendBufferSize ?? DEFAULT_BUFFER_SIZE;
  }

  set sendBufferSize(value: bigint) {
    this.#sendBufferSize = bufferSize(value);
  }

  /** What was set, for the platform. */
  forUdp(): { readonly [name in 'hopLimit' | 'receiveBufferSize' | 'sendBufferSize']: number | undefined } {
    return {
      hopLimit: this.#hopLimit,
      receiveBufferSize: numberOf(this.#receiveBufferSize),
      sendBufferSize: numberOf(this.#sendBufferSize),
    };
  }

  /** A connection that was accepted starts with the options of its listener. */
  copy(): SocketOptions {
    const copy = new SocketOptions();
    copy.#keepAlive = this.#keepAlive;
    copy.#hopLimit = this.#hopLimit;
    copy.#receiveBufferSize = this.#receiveBufferSize;
    copy.#sendBufferSize = this.#sendBufferSize;
    return copy;
  }
}

function numberOf(size: bigint | undefined): number | undefined {
  return size === undefined ? undefined : Number(size);
}

function bufferSize(value: bigint): bigint {
  if (value === 0n) throw zero();
  return value > LARGEST_BUFFER_SIZE ? LARGEST_BUFFER_SIZE : value;
}

function zero(): SocketError {
  return new SocketError('invalid-argument', 'the value is 0');
}
