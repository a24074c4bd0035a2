import { Children } from './children.ts';
import { Pollable } from './pollable.ts';
import type { SourceReader } from './source-reader.ts';
import { declaredSynchronous, type Waiter } from './waiter.ts';

/** What a stream belongs to. */
export interface StreamOwner {
  /** The resource that must be dropped after the stream. */
  readonly parent?: Children | undefined;
  /** Whether dropping the stream leaves its source or sink open, as for standard streams. */
  readonly isShared?: boolean;
}

/** The part of an instance that its streams share. */
export interface StreamContext {
  readonly waiter: Waiter;
  /** The most bytes that one call reads, or one `check-write` permits. */
  readonly mostBytes: number;
}

/** `input-stream` of `wasi:io/streams`. */
export class InputStream {
  readonly reader: SourceReader;
  readonly #context: StreamContext;
  readonly #owner: StreamOwner;
  readonly #children = new Children('input-stream');

  constructor(reader: SourceReader, context: StreamContext, owner: StreamOwner) {
    this.reader = reader;
    this.#context = context;
    this.#owner = owner;
    owner.parent?.add();
  }

  read(len: bigint): Uint8Array<ArrayBuffer> {
    return this.reader.read(atMost(len, this.#context));
  }

  blockingRead(len: bigint): Uint8Array<ArrayBuffer> {
    return declaredSynchronous(this.#waitAndRead(atMost(len, this.#context)));
  }

  skip(len: bigint): bigint {
    return BigInt(this.read(len).length);
  }

  blockingSkip(len: bigint): bigint {
    const bytes = this.#waitAndRead(atMost(len, this.#context));
    const skipped = bytes instanceof Promise ? bytes.then(countOf) : countOf(bytes);
    return declaredSynchronous(skipped);
  }

  subscribe(): Pollable {
    return new Pollable(this.reader, this.#context.waiter, this.#children);
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
    this.#owner.parent?.remove();
    if (this.#owner.isShared !== true) this.reader.close();
  }

  #waitAndRead(most: number): Bytes | Promise<Bytes> {
    for (;;) {
      // Reading no bytes waits, too: only that distinguishes it from `read`.
      if (most > 0 || this.reader.isReady()) {
        const bytes = this.reader.read(most);
        if (bytes.length > 0 || most === 0) return bytes;
      }
      const waiting = this.#context.waiter.until([this.reader]);
      if (waiting !== undefined) return waiting.then(() => this.#waitAndRead(most));
    }
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

function countOf(bytes: Uint8Array): bigint {
  return BigInt(bytes.length);
}

/** Returns a number of bytes that is no more than the limit of one call. */
export function atMost(len: bigint, { mostBytes }: StreamContext): number {
  return len > mostBytes ? mostBytes : Number(len);
}
