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
  /** The program's end. */
  readonly sink: ByteSink;
  /** The end of whoever sends the message. */
  readonly body: MessageBody;
  readonly #announced: AnnouncedLength | undefined;
  readonly #mostWaiting: number;
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #waitingBytes = 0;
  #writtenBytes = 0;
  #state: 'open' | 'finished' | 'failed' | 'unwanted' = 'open';
  #failure: HttpError | undefined;
  #trailers: FieldList | undefined;
  /** Absent while nobody waits, as for most messages. */
  #listeners: (() => void)[] | undefined;

  constructor(announced?: AnnouncedLength, mostWaiting = MOST_WAITING) {
    this.#announced = announced;
    this.#mostWaiting = mostWaiting;
    this.sink = new PipeSink(this);
    this.body = new PipeBody(this);
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  get isWritable(): boolean {
    return this.#state !== 'open' || this.#waitingBytes < this.#mostWaiting;
  }

  get isReadable(): boolean {
    return this.#state !== 'open' || this.#chunks.length > 0;
  }

  /** Ends the body. Returns why it is not complete, after which its reader fails. */
  finish(trailers?: FieldList): HttpError | undefined {
    const announced = this.#announced;
    if (this.#state === 'open' && announced !== undefined && this.#writtenBytes !== announced.bytes)
      this.fail(new HttpError({ tag: announced.code, val: BigInt(this.#writtenBytes) }));
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

  capacity(): number {
    if (this.#failure !== undefined) throw this.#failure;
    return Math.max(0, this.#mostWaiting - this.#waitingBytes);
  }

  write(bytes: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (bytes.length === 0) return;
    this.#writtenBytes += bytes.length;
    const announced = this.#announced;
    if (announced !== undefined && this.#writtenBytes > announced.bytes) {
      const error = new HttpError({ tag: announced.code, val: BigInt(this.#writtenBytes) });
      this.fail(error);
      throw error;
    }
    this.#chunks.push(bytes.slice());
    this.#waitingBytes += bytes.length;
    this.#notify();
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    const first = this.#chunks[0];
    if (first === undefined) {
      if (this.#failure !== undefined) throw this.#failure;
      return this.#state === 'open' ? new Uint8Array() : undefined;
    }
    let bytes = first;
    if (first.length <= most) {
      this.#chunks.shift();
    } else {
      this.#chunks[0] = first.subarray(most);
      bytes = first.subarray(0, most);
    }
    this.#waitingBytes -= bytes.length;
    this.#notify();
    return bytes;
  }

  /** Nobody reads any more: the writer fails at its next write. */
  abandon(): void {
    if (this.#state === 'finished' && this.#chunks.length === 0) return;
    this.#chunks.length = 0;
    this.#waitingBytes = 0;
    this.#failure ??= new HttpError({ tag: 'connection-terminated' });
    this.#become('unwanted');
  }

  /** The trailers of a body that has ended. @throws HttpError when it is not complete */
  trailers(): FieldList | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#trailers;
  }

  /** Resolves at the next change. */
  changed(): Promise<void> {
    return new Promise((resolve) => (this.#listeners ??= []).push(resolve));
  }

  #become(state: 'finished' | 'failed' | 'unwanted'): void {
    this.#state = state;
    this.#notify();
  }

  #notify(): void {
    const listeners = this.#listeners;
    if (listeners === undefined) return;
    this.#listeners = undefined;
    for (const listener of listeners) listener();
  }
}

/** What a program writes to. */
class PipeSink implements ByteSink {
  readonly isTerminal = false;
  readonly #pipe: BodyPipe;

  constructor(pipe: BodyPipe) {
    this.#pipe = pipe;
  }

  capacity(): number {
    return this.#pipe.capacity();
  }

  write(bytes: Uint8Array): void {
    this.#pipe.write(bytes);
  }

  async ready(): Promise<void> {
    while (!this.#pipe.isWritable) await this.#pipe.changed();
  }

  flush(): Promise<void> {
    return this.ready();
  }

  /** What is here is on its way: a program that flushes after each write need not wait while there is room. */
  isFlushed(): boolean {
    return this.#pipe.isWritable;
  }

  close(): void {
    // The end of a body is `finish`, which has the trailers.
  }
}

/** What the sender of the message reads. */
class PipeBody implements MessageBody, ByteSource {
  readonly isTerminal = false;
  readonly #pipe: BodyPipe;

  constructor(pipe: BodyPipe) {
    this.#pipe = pipe;
  }

  get source(): ByteSource {
    return this;
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    return this.#pipe.read(most);
  }

  async ready(): Promise<void> {
    while (!this.#pipe.isReadable) await this.#pipe.changed();
  }

  close(): void {
    this.#pipe.abandon();
  }

  trailers(): FieldList | undefined | Promise<FieldList | undefined> {
    return this.#pipe.isOpen ? this.#trailersAfterEnd() : this.#pipe.trailers();
  }

  async #trailersAfterEnd(): Promise<FieldList | undefined> {
    while (this.#pipe.isOpen) await this.#pipe.changed();
    return this.#pipe.trailers();
  }
}
