import type { ByteSource } from '../../system/byte-streams.ts';
import type { StreamOutcome } from './stream-outcome.ts';

/** What a read gives: bytes, or the end. */
type ByteItem =
  | { readonly done: false; readonly value: Uint8Array<ArrayBuffer> }
  | { readonly done: true; readonly value: undefined };

/** The part of a source that a stream reads. */
export type StreamedSource = Pick<ByteSource, 'read' | 'ready'>;

const END: ByteItem = { done: true, value: undefined };

/**
 * A source of bytes as a `stream<u8>` that the host gives. The runtime asks for as many bytes as the program's buffer
 * takes, so nothing is read that the program has not asked for.
 */
export class SourceStream {
  readonly #source: StreamedSource;
  readonly #outcome: StreamOutcome;
  readonly #most: number;
  readonly #close: () => void;
  #hasEnded = false;

  /**
   * @param most the most bytes of one read
   * @param close is called once, when the stream has ended or nobody reads it any more
   */
  constructor(source: StreamedSource, outcome: StreamOutcome, most: number, close: () => void) {
    this.#source = source;
    this.#outcome = outcome;
    this.#most = most;
    this.#close = close;
  }

  /**
   * Returns a chunk of up to `count` bytes. A chunk that fills the program's buffer is returned as it is. Every other
   * one comes as a promise: the runtime would ask for more at once otherwise, and keep what arrives later for a read
   * that may never come.
   */
  read(count: number): Promise<ByteItem> {
    const item = this.#next(count);
    return item instanceof Promise || item.value?.length === count
      ? // The runtime takes plain values, too, which the type of jco's streams does not say.
        (item as Promise<ByteItem>)
      : Promise.resolve(item);
  }

  /** Nobody reads any more, which is a success. */
  return(): void {
    this.#end();
    this.#outcome.succeed();
  }

  #next(count: number): ByteItem | Promise<ByteItem> {
    if (this.#hasEnded) return END;
    try {
      const value = this.#source.read(Math.min(count, this.#most));
      if (value === undefined) {
        this.return();
        return END;
      }
      if (value.length > 0) return { done: false, value };
    } catch (cause) {
      return this.#failed(cause);
    }
    return this.#source.ready().then(
      () => this.#next(count),
      (cause: unknown) => this.#failed(cause),
    );
  }

  #failed(cause: unknown): ByteItem {
    this.#end();
    this.#outcome.fail(cause);
    return END;
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#close();
  }
}
