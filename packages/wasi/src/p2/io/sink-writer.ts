import type { ByteSink } from '../../system/byte-streams.ts';
import type { Readiness } from './readiness.ts';
import { closed, lastOperationFailed } from './stream-error.ts';

/** Writes to a sink in the order of `wasi:io/streams`: a failure is reported once, then `closed` for ever. */
export class SinkWriter implements Readiness {
  readonly block: ((milliseconds: number) => boolean) | undefined;
  readonly #sink: ByteSink;
  #flushing: Promise<void> | undefined;
  #failure: { readonly cause: unknown } | undefined;
  #isClosed = false;

  constructor(sink: ByteSink) {
    this.#sink = sink;
    this.block = sink.block?.bind(sink);
  }

  /** Returns how many bytes can be written now; 0 during a flush. @throws ComponentError of a `stream-error` */
  capacity(): number {
    this.#assertOpen();
    if (this.#flushing !== undefined) return 0;
    try {
      return this.#sink.capacity();
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  /** @throws ComponentError of a `stream-error` */
  write(bytes: Uint8Array): void {
    this.#assertOpen();
    try {
      this.#sink.write(bytes);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  /** Starts a flush. A sink that blocks has flushed when this returns. @throws ComponentError of a `stream-error` */
  flush(): void {
    this.#assertOpen();
    if (this.#flushing !== undefined || this.#sink.isFlushed?.() === true) return;
    const flushing = this.#sink.flush();
    if (this.block === undefined) this.#flushing = flushing;
    flushing.then(
      () => (this.#flushing = undefined),
      (cause: unknown) => {
        this.#flushing = undefined;
        this.#failure ??= { cause };
      },
    );
  }

  isReady(): boolean {
    if (this.#isClosed || this.#failure !== undefined) return true;
    if (this.#flushing !== undefined) return false;
    try {
      return this.#sink.capacity() > 0;
    } catch (cause) {
      this.#failure = { cause };
      return true;
    }
  }

  whenReady(): Promise<void> {
    return this.#flushing ?? this.#sink.ready();
  }

  close(): void {
    this.#isClosed = true;
    this.#sink.close();
  }

  #assertOpen(): void {
    if (this.#isClosed) throw closed();
    if (this.#failure !== undefined) throw this.#failed(this.#failure.cause);
  }

  #failed(cause: unknown): Error {
    this.#failure = undefined;
    this.#isClosed = true;
    return lastOperationFailed(cause);
  }
}
