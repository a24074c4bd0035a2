import type { Readiness } from '../p2/io/readiness.ts';
import type { ByteSink, ByteSource } from '../system/byte-streams.ts';

/** How many bytes a look at a source takes out of it, when it cannot say whether it has any. */
const LOOK_AHEAD = 65_536;

/** The standard input. */
export class StandardInput implements Readiness {
  readonly kind = 'input';
  readonly source: ByteSource;
  readonly block: ((milliseconds: number) => boolean) | undefined;
  flags = 0;
  #ahead: Uint8Array<ArrayBuffer> | undefined;
  #hasEnded = false;
  #failure: { readonly cause: unknown } | undefined;

  constructor(source: ByteSource) {
    this.source = source;
    this.block = source.block?.bind(source);
  }

  /** Reads what is there. Returns how much that is, and `undefined` after the end. Throws a `FileError`. */
  readInto(bytes: Uint8Array): number | undefined {
    const isPlain = this.#ahead === undefined && this.#failure === undefined && !this.#hasEnded;
    if (isPlain && this.source.readInto !== undefined) {
      const count = this.source.readInto(bytes);
      if (count === undefined) this.#hasEnded = true;
      return count;
    }
    const read = this.#read(bytes.length);
    if (read !== undefined) bytes.set(read);
    return read?.length;
  }

  #read(most: number): Uint8Array<ArrayBuffer> | undefined {
    const ahead = this.#ahead;
    if (ahead !== undefined) {
      this.#ahead = most < ahead.length ? ahead.subarray(most) : undefined;
      return ahead.subarray(0, most);
    }
    if (this.#failure !== undefined) {
      const { cause } = this.#failure;
      this.#failure = undefined;
      throw cause;
    }
    if (this.#hasEnded) return undefined;
    const bytes = this.source.read(most);
    if (bytes === undefined) this.#hasEnded = true;
    return bytes;
  }

  isReady(): boolean {
    if (this.#ahead !== undefined || this.#hasEnded || this.#failure !== undefined) return true;
    if (this.block !== undefined) return this.block(0);
    try {
      const bytes = this.source.read(LOOK_AHEAD);
      if (bytes === undefined) this.#hasEnded = true;
      else if (bytes.length > 0) this.#ahead = bytes;
      return this.#hasEnded || this.#ahead !== undefined;
    } catch (cause) {
      this.#failure = { cause };
      return true;
    }
  }

  whenReady(): Promise<void> {
    return this.source.ready();
  }

  /** How many bytes a ready input has: 1 when only the source knows; `undefined` after the end. */
  available(): number | undefined {
    if (this.#ahead !== undefined) return this.#ahead.length;
    return this.#hasEnded ? undefined : 1;
  }

  close(): void {
    this.source.close();
  }
}

/** The standard output, or the one for errors. */
export class StandardOutput implements Readiness {
  readonly kind = 'output';
  readonly sink: ByteSink;
  readonly block: ((milliseconds: number) => boolean) | undefined;
  flags = 0;

  constructor(sink: ByteSink) {
    this.sink = sink;
    this.block = sink.block?.bind(sink);
  }

  isReady(): boolean {
    try {
      return this.sink.capacity() > 0;
    } catch {
      // The write that follows reports the failure.
      return true;
    }
  }

  whenReady(): Promise<void> {
    return this.sink.ready();
  }

  close(): void {
    this.sink.close();
  }
}
