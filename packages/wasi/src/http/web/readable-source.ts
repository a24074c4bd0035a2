import type { ByteSource } from '../../system/byte-streams.ts';
import { HttpError } from '../http-error.ts';

/** The body of a `Request` or `Response` as a source. It is read from the stream when somebody asks for it. */
export class ReadableSource implements ByteSource {
  readonly isTerminal = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #mostBytes: number;
  readonly #code: 'HTTP-request-body-size' | 'HTTP-response-body-size';
  #receivedBytes = 0;
  #chunk: Uint8Array<ArrayBuffer> | undefined;
  #reading: Promise<void> | undefined;
  #hasEnded = false;
  #failure: HttpError | undefined;

  /** @param mostBytes the most bytes of the body; more are the error `code` */
  constructor(
    stream: ReadableStream<Uint8Array>,
    mostBytes: number,
    code: 'HTTP-request-body-size' | 'HTTP-response-body-size',
  ) {
    this.#reader = stream.getReader();
    this.#mostBytes = mostBytes;
    this.#code = code;
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    const chunk = this.#chunk;
    if (chunk !== undefined) {
      this.#chunk = most < chunk.length ? chunk.subarray(most) : undefined;
      return chunk.subarray(0, most);
    }
    if (this.#failure !== undefined) throw this.#failure;
    return this.#hasEnded ? undefined : new Uint8Array();
  }

  ready(): Promise<void> {
    if (this.#chunk !== undefined || this.#failure !== undefined || this.#hasEnded) return Promise.resolve();
    return (this.#reading ??= this.#fill());
  }

  close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#chunk = undefined;
    this.#reader.cancel().catch(() => {});
  }

  async #fill(): Promise<void> {
    try {
      const { done, value } = await this.#reader.read();
      if (done) this.#hasEnded = true;
      else this.#receive(value);
    } catch (cause) {
      this.#failure ??= new HttpError({ tag: 'connection-terminated' }, { cause });
    } finally {
      this.#reading = undefined;
    }
  }

  #receive(value: unknown): void {
    // A program may make a `Request` of any stream, and the platform does not look at its chunks.
    if (!(value instanceof Uint8Array)) {
      this.close();
      throw new TypeError('a stream of a body must give bytes as `Uint8Array`');
    }
    if (this.#hasEnded || value.length === 0) return;
    this.#receivedBytes += value.length;
    if (this.#receivedBytes > this.#mostBytes) {
      this.close();
      this.#failure = new HttpError({ tag: this.#code, val: BigInt(this.#mostBytes) });
    } else {
      // A stream may give views of a buffer that it uses again, or one that is shared.
      this.#chunk = new Uint8Array(value);
    }
  }
}
