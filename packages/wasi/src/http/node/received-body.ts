import type { IncomingMessage } from 'node:http';
import type { ByteSource } from '../../system/byte-streams.ts';
import { FieldList } from '../field-list.ts';
import { HttpError } from '../http-error.ts';
import type { MessageBody } from '../message.ts';

/** What a body may be. */
export interface BodyLimits {
  /** The most bytes of a body. */
  readonly bodyBytes: number;
  /** The most bytes of its trailers. */
  readonly headerBytes: number;
  /** The code for a body that is too large. */
  readonly code: 'HTTP-request-body-size' | 'HTTP-response-body-size';
}

/**
 * The body of a message that `node:http` receives. It is read from the connection when somebody asks for it, so that a
 * slow reader slows the sender down.
 */
export class ReceivedBody implements MessageBody, ByteSource {
  readonly isTerminal = false;
  readonly #message: IncomingMessage;
  readonly #limits: BodyLimits;
  #receivedBytes = 0;
  #failure: HttpError | undefined;
  #isClosed = false;
  #listeners: (() => void)[] = [];

  constructor(message: IncomingMessage, limits: BodyLimits) {
    this.#message = message;
    this.#limits = limits;
    const notify = (): void => this.#notify();
    message.on('readable', notify).on('end', notify);
    message
      .on('error', () => this.#fail('connection-terminated'))
      .on('close', () => {
        if (!message.complete) this.#fail('connection-terminated');
        this.#notify();
      });
  }

  get source(): ByteSource {
    return this;
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    const message = this.#message;
    const there = message.readableLength;
    if (there > 0) {
      const chunk: Uint8Array<ArrayBuffer> | null = message.read(Math.min(most, there));
      return chunk === null ? new Uint8Array() : this.#counted(chunk);
    }
    if (this.#failure !== undefined) throw this.#failure;
    // Reading nothing lets the stream find its end.
    message.read(0);
    if (message.complete || message.readableEnded || this.#isClosed) return undefined;
    return new Uint8Array();
  }

  async ready(): Promise<void> {
    if (this.#isReady()) return;
    await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }

  /** Takes what is left from the connection, so that the next message can come. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#message.readableEnded)
      this.#message.on('data', (chunk: Uint8Array<ArrayBuffer>) => this.#drop(chunk));
    this.#notify();
  }

  trailers(): FieldList | undefined {
    const { rawTrailers } = this.#message;
    if (this.#failure !== undefined) throw this.#failure;
    if (rawTrailers.length === 0) return undefined;
    const { headerBytes, code } = this.#limits;
    const fields = FieldList.received(rawTrailers, headerBytes);
    if (fields === undefined) throw new HttpError({ tag: TRAILER_CODES[code], val: headerBytes });
    return fields;
  }

  #isReady(): boolean {
    const { readableLength, complete, readableEnded } = this.#message;
    return readableLength > 0 || complete || readableEnded || this.#failure !== undefined || this.#isClosed;
  }

  #counted(chunk: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    this.#receivedBytes += chunk.length;
    const { bodyBytes, code } = this.#limits;
    if (this.#receivedBytes <= bodyBytes) return chunk;
    this.#failure = new HttpError({ tag: code, val: BigInt(bodyBytes) });
    throw this.#failure;
  }

  #drop(chunk: Uint8Array<ArrayBuffer>): void {
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > this.#limits.bodyBytes) this.#message.destroy();
  }

  #fail(tag: 'connection-terminated'): void {
    this.#failure ??= new HttpError({ tag });
    this.#notify();
  }

  #notify(): void {
    if (this.#listeners.length === 0 || !this.#isReady()) return;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

const TRAILER_CODES = {
  'HTTP-request-body-size': 'HTTP-request-trailer-section-size',
  'HTTP-response-body-size': 'HTTP-response-trailer-section-size',
} as const;
