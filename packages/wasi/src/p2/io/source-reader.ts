import type { ByteSource } from '../../system/byte-streams.ts';
import type { Readiness } from './readiness.ts';
import { closed, lastOperationFailed } from './stream-error.ts';

/** How many bytes a look at a source takes out of it, when it cannot say whether it has any. */
const LOOK_AHEAD = 65_536;

/**
 * Reads a source in the order of `wasi:io/streams`: bytes, then a failure once, then `closed` for ever. All streams of
 * one source share a reader, because it may hold bytes that it took to see whether there are any.
 */
export class SourceReader implements Readiness {
  readonly block: ((milliseconds: number) => boolean) | undefined;
  readonly #source: ByteSource;
  #ahead: Uint8Array<ArrayBuffer> | undefined;
  #failure: { readonly cause: unknown } | undefined;
  #isClosed = false;

  constructor(source: ByteSource) {
    this.#source = source;
    this.block = source.block?.bind(source);
  }

  /** Returns the bytes that are there. @throws ComponentError of a `stream-error` */
  read(most: number): Uint8Array<ArrayBuffer> {
    const ahead = this.#ahead;
    if (ahead !== undefined) {
      this.#ahead = most < ahead.length ? ahead.subarray(most) : undefined;
      return ahead.subarray(0, most);
    }
    const bytes = this.#take(most);
    if (this.#failure === undefined) {
      if (bytes === undefined) throw closed();
      return bytes;
    }
    const { cause } = this.#failure;
    this.#failure = undefined;
    throw lastOperationFailed(cause);
  }

  isReady(): boolean {
    if (this.#ahead !== undefined || this.#failure !== undefined || this.#isClosed) return true;
    if (this.block !== undefined) return this.block(0);
    const bytes = this.#take(LOOK_AHEAD);
    if (bytes === undefined) return true;
    if (bytes.length > 0) this.#ahead = bytes;
    return bytes.length > 0;
  }

  whenReady(): Promise<void> {
    return this.#source.ready();
  }

  close(): void {
    this.#isClosed = true;
    this.#ahead = undefined;
    this.#source.close();
  }

  /** Returns `undefined` when nothing more comes; the failure is kept if that is why. */
  #take(most: number): Uint8Array<ArrayBuffer> | undefined {
    if (this.#isClosed) return undefined;
    try {
      const bytes = this.#source.read(most);
      if (bytes === undefined) this.#isClosed = true;
      return bytes;
    } catch (cause) {
      this.#failure = { cause };
      this.#isClosed = true;
      return undefined;
    }
  }
}
