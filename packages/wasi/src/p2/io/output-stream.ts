import { Trap } from '@wit-ts/runtime';
import { Children } from './children.ts';
import { atMost, type InputStream, type StreamContext, type StreamOwner } from './input-stream.ts';
import { Pollable } from './pollable.ts';
import type { SinkWriter } from './sink-writer.ts';
import { declaredSynchronous } from './waiter.ts';

/** The most bytes that `blocking-write-and-flush` and `blocking-write-zeroes-and-flush` take. */
const MOST_AT_ONCE = 4096;

/** `output-stream` of `wasi:io/streams`. */
export class OutputStream {
  readonly #writer: SinkWriter;
  readonly #context: StreamContext;
  readonly #owner: StreamOwner;
  readonly #children = new Children('output-stream');
  /** How many bytes the last `check-write` permits and no `write` has used. */
  #permit = 0;

  constructor(writer: SinkWriter, context: StreamContext, owner: StreamOwner) {
    this.#writer = writer;
    this.#context = context;
    this.#owner = owner;
    owner.parent?.add();
  }

  checkWrite(): bigint {
    this.#permit = Math.min(this.#writer.capacity(), this.#context.mostBytes);
    return BigInt(this.#permit);
  }

  write(contents: Uint8Array): void {
    this.#use(contents.length, 'write');
    this.#writer.write(contents);
  }

  writeZeroes(len: bigint): void {
    this.#use(len, 'write-zeroes');
    this.#writer.write(new Uint8Array(Number(len)));
  }

  blockingWriteAndFlush(contents: Uint8Array): void {
    assertAtOnce(contents.length, 'blocking-write-and-flush');
    return declaredSynchronous(this.#writeAndFlush(contents));
  }

  blockingWriteZeroesAndFlush(len: bigint): void {
    assertAtOnce(len, 'blocking-write-zeroes-and-flush');
    return declaredSynchronous(this.#writeAndFlush(new Uint8Array(Number(len))));
  }

  flush(): void {
    this.#permit = 0;
    this.#writer.flush();
  }

  blockingFlush(): void {
    this.flush();
    return declaredSynchronous(this.#untilWritable());
  }

  splice(src: InputStream, len: bigint): bigint {
    const permit = Number(this.checkWrite());
    const bytes = src.reader.read(Math.min(permit, atMost(len, this.#context)));
    this.#permit -= bytes.length;
    this.#writer.write(bytes);
    return BigInt(bytes.length);
  }

  blockingSplice(src: InputStream, len: bigint): bigint {
    return declaredSynchronous(this.#waitAndSplice(src, len));
  }

  subscribe(): Pollable {
    return new Pollable(this.#writer, this.#context.waiter, this.#children);
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
    this.#owner.parent?.remove();
    if (this.#owner.isShared !== true) this.#writer.close();
  }

  #use(length: number | bigint, name: string): void {
    if (length > this.#permit)
      throw new Trap(
        `the program called \`${name}\` with ${length} bytes; \`check-write\` permits ${this.#permit}`,
      );
    this.#permit -= Number(length);
  }

  #writeAndFlush(contents: Uint8Array): void | Promise<void> {
    let rest = contents;
    while (rest.length > 0) {
      const room = this.#writer.capacity();
      if (room >= rest.length) {
        this.#writer.write(rest);
        break;
      }
      if (room > 0) {
        this.#writer.write(rest.subarray(0, room));
        rest = rest.subarray(room);
        continue;
      }
      const waiting = this.#context.waiter.until([this.#writer]);
      if (waiting !== undefined) return waiting.then(() => this.#writeAndFlush(rest));
    }
    this.flush();
    return this.#untilWritable();
  }

  /** Waits for the end of a flush. */
  #untilWritable(): void | Promise<void> {
    while (!this.#writer.isReady()) {
      const waiting = this.#context.waiter.until([this.#writer]);
      if (waiting !== undefined) return waiting.then(() => this.#untilWritable());
    }
    // Throws if the flush has failed.
    this.#writer.capacity();
  }

  #waitAndSplice(src: InputStream, len: bigint): bigint | Promise<bigint> {
    for (const end of [this.#writer, src.reader]) {
      while (!end.isReady()) {
        const waiting = this.#context.waiter.until([end]);
        if (waiting !== undefined) return waiting.then(() => this.#waitAndSplice(src, len));
      }
    }
    return this.splice(src, len);
  }
}

function assertAtOnce(length: number | bigint, name: string): void {
  if (length > MOST_AT_ONCE)
    throw new Trap(`the program called \`${name}\` with ${length} bytes; it takes at most ${MOST_AT_ONCE}`);
}
