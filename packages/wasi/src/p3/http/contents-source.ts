import { ComponentError, type Stream } from '@wit-ts/runtime';
import type { AnnouncedLength } from '../../http/body-pipe.ts';
import { HttpError, type HttpErrorCode } from '../../http/http-error.ts';
import type { ByteSource } from '../../system/byte-streams.ts';

/** How many bytes are asked for at a time. */
const CHUNK = 65_536;

/** The contents of a message that a program made, as a source for whoever sends them. */
export class ContentsSource implements ByteSource {
  readonly isTerminal = false;
  readonly #stream: Stream<number, Uint8Array<ArrayBuffer>>;
  readonly #announced: AnnouncedLength | undefined;
  #readBytes = 0;
  #chunk: Uint8Array<ArrayBuffer> | undefined;
  #reading: Promise<void> | undefined;
  #state: 'open' | 'ended' | 'closed' = 'open';
  #failure: HttpError | undefined;

  constructor(stream: Stream<number, Uint8Array<ArrayBuffer>>, announced?: AnnouncedLength) {
    this.#stream = stream;
    this.#announced = announced;
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    const chunk = this.#chunk;
    if (chunk !== undefined) {
      this.#chunk = most < chunk.length ? chunk.subarray(most) : undefined;
      return chunk.subarray(0, most);
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#state !== 'open') return undefined;
    return new Uint8Array();
  }

  ready(): Promise<void> {
    if (this.#chunk !== undefined || this.#failure !== undefined || this.#state !== 'open')
      return Promise.resolve();
    return (this.#reading ??= this.#fill());
  }

  close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closed';
    this.#chunk = undefined;
    // A read that is under way would otherwise keep the program waiting for it.
    this.#stream.cancel().catch(() => {});
  }

  async #fill(): Promise<void> {
    try {
      const { value, done } = await this.#stream.read({ count: CHUNK });
      if (done) this.#end();
      else this.#receive(value);
    } catch (error) {
      this.#failure = new HttpError({ tag: 'internal-error', val: undefined }, { cause: error });
    } finally {
      this.#reading = undefined;
    }
  }

  #receive(value: Uint8Array<ArrayBuffer>): void {
    if (this.#state !== 'open') return;
    this.#readBytes += value.length;
    if (this.#readBytes > (this.#announced?.bytes ?? Infinity)) this.#failWithLength();
    else this.#chunk = value;
  }

  #end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    if (this.#readBytes < (this.#announced?.bytes ?? 0)) this.#failWithLength();
  }

  #failWithLength(): void {
    const tag = this.#announced?.code ?? 'HTTP-response-body-size';
    this.#failure = new HttpError({ tag, val: BigInt(this.#readBytes) });
    this.close();
  }
}

/** The error in a future of a program, or in a function of it that failed. */
export function httpErrorOf(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof ComponentError)
    return new HttpError((error as ComponentError<HttpErrorCode>).payload, { cause: error });
  return new HttpError({ tag: 'internal-error', val: undefined }, { cause: error });
}
