import type { ByteSink, ByteSource } from '../system/byte-streams.ts';
import type { FieldList } from './field-list.ts';
import { HttpError } from './http-error.ts';
import type { MessageBody } from './message.ts';

/** How many bytes wait for the reader before the writer has to. */
const MOST_WAITING = 131_072;

/** The code for a body whose length is not the one that its message has announced. */
type LengthCode = 'HTTP-request-body-size' | 'HTTP-response-body-size';

/** How long a body has to be. */
export interface AnnouncedLength {
  readonly bytes: number;
  readonly code: LengthCode;
}

/**
 * The body of a message that a program writes, before and while the message is sent. It holds a bounded number of bytes
 * until they are read.
 */
export class BodyPipe {
  readonly sink: ByteSink;
  readonly body: MessageBody;
  readonly #announced: AnnouncedLength | undefined;
  readonly #mostWaiting: number;
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #waitingBytes = 0;
  #writtenBytes = 0;
  #state: 'open' | 'finished' | 'failed' | 'unwanted' = 'open';
  #failure: HttpError | undefined;
  #trailers: FieldList | undefined;
  #listeners: (() => void)[] = [];

  constructor(announced?: AnnouncedLength, mostWaiting = MOST_WAITING) {
    this.#announced = announced;
    this.#mostWaiting = mostWaiting;
    this.sink = {
      isTerminal: false,
      capacity: () => this.#capacity(),
      write: (bytes) => this.#write(bytes),
      ready: () => this.#until(() => this.#state !== 'open' || this.#waitingBytes < this.#mostWaiting),
      flush: () => this.sink.ready(),
      // What is here is on its way: a program that flushes after each write need not wait while there is room.
      isFlushed: () => this.#state !== 'open' || this.#waitingBytes < this.#mostWaiting,
      // The end of a body is `finish`, which has the trailers.
      close: () => {},
    };
    const source: ByteSource = {
      isTerminal: false,
      read: (most) => this.#read(most),
      ready: () => this.#until(() => this.#state !== 'open' || this.#chunks.length > 0),
      close: () => this.#abandon(),
    };
    this.body = { source, trailers: () => this.#trailersAfterEnd() };
  }

  /** Ends the body. Returns why it is not complete, after which its reader fails. */
  finish(trailers?: FieldList): HttpError | undefined {
    const { bytes, code } = this.#announced ?? { bytes: this.#writtenBytes, code: 'HTTP-response-body-size' };
    if (this.#state === 'open' && this.#writtenBytes !== bytes)
      this.fail(new HttpError({ tag: code, val: BigInt(this.#writtenBytes) }));
    if (this.#state === 'failed') return this.#failure;
    this.#trailers = trailers;
    if (this.#state === 'open') this.#become('finished');
    return undefined;
  }

  /** Ends the body before it is complete. Does nothing after it has ended. */
  fail(error: HttpError): void {
    if (this.#state !== 'open') return;
    this.#failure = error;
    this.#become('failed');
  }

  #capacity(): number {
    if (this.#failure !== undefined) throw this.#failure;
    return Math.max(0, this.#mostWaiting - this.#waitingBytes);
  }

  #write(bytes: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (bytes.length === 0) return;
    this.#writtenBytes += bytes.length;
    const { bytes: most, code } = this.#announced ?? { bytes: Infinity, code: 'HTTP-response-body-size' };
    if (this.#writtenBytes > most) {
      const error = new HttpError({ tag: code, val: BigInt(this.#writtenBytes) });
      this.fail(error);
      throw error;
    }
    this.#chunks.push(bytes.slice());
    this.#waitingBytes += bytes.length;
    this.#notify();
  }

  #read(most: number): Uint8Array<ArrayBuffer> | undefined {
    const [first] = this.#chunks;
    if (first === undefined) {
      if (this.#failure !== undefined) throw this.#failure;
      return this.#state === 'open' ? new Uint8Array() : undefined;
    }
    if (first.length <= most) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(most);
    const bytes = first.subarray(0, most);
    this.#waitingBytes -= bytes.length;
    this.#notify();
    return bytes;
  }

  /** Nobody reads any more: the writer fails at its next write. */
  #abandon(): void {
    if (this.#state === 'finished' && this.#chunks.length === 0) return;
    this.#chunks.length = 0;
    this.#waitingBytes = 0;
    this.#failure ??= new HttpError({ tag: 'connection-terminated' });
    this.#become('unwanted');
  }

  async #trailersAfterEnd(): Promise<FieldList | undefined> {
    await this.#until(() => this.#state !== 'open');
    if (this.#failure !== undefined) throw this.#failure;
    return this.#trailers;
  }

  #become(state: 'finished' | 'failed' | 'unwanted'): void {
    this.#state = state;
    this.#notify();
  }

  async #until(isReady: () => boolean): Promise<void> {
    while (!isReady()) await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }

  #notify(): void {
    if (this.#listeners.length === 0) return;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
