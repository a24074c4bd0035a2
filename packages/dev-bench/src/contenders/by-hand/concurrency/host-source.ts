import type { Entry } from '../../../guests/async-guest.ts';
import type { GuestMemory } from '../guest-memory.ts';
import { lowerEntry } from './elements.ts';
import { copyResults } from './stream.ts';
import type { HandWrittenTasks } from './task.ts';
import { guestEvents, HandWrittenWaitable } from './waitable.ts';

const ENTRY_SIZE = 24;

/** A stream of bytes that the host gives as an asynchronous iterable of chunks. */
export class BytesFromHost extends HandWrittenWaitable {
  readonly #memory: GuestMemory;
  readonly #iterator: AsyncIterator<Uint8Array, void>;
  #rest: Uint8Array | undefined;

  constructor(tasks: HandWrittenTasks, memory: GuestMemory, source: AsyncIterable<Uint8Array, void>) {
    super(tasks);
    this.#memory = memory;
    this.#iterator = source[Symbol.asyncIterator]();
  }

  readInto(pointer: number, count: number): number {
    if (this.#rest !== undefined) return this.#copy(this.#rest, pointer, count) << 4;
    this.#iterator.next().then(
      ({ value, done }) =>
        this.signalFromHost(
          guestEvents.streamRead,
          done === true || value === undefined ? copyResults.dropped : this.#copy(value, pointer, count) << 4,
        ),
      (error: unknown) => this.tasks.current.fail(error),
    );
    return copyResults.blocked;
  }

  #copy(chunk: Uint8Array, pointer: number, count: number): number {
    const taken = Math.min(chunk.length, count);
    this.#memory.refresh().u8.set(taken === chunk.length ? chunk : chunk.subarray(0, taken), pointer);
    this.#rest = taken === chunk.length ? undefined : chunk.subarray(taken);
    return taken;
  }

  dropReadable(): void {
    this.drop();
    void this.#iterator.return?.();
  }
}

/** A stream of records that the host gives as an iterable. */
export class EntriesFromHost extends HandWrittenWaitable {
  readonly #memory: GuestMemory;
  readonly #iterator: Iterator<Entry, void>;

  constructor(tasks: HandWrittenTasks, memory: GuestMemory, source: Iterable<Entry, void>) {
    super(tasks);
    this.#memory = memory;
    this.#iterator = source[Symbol.iterator]();
  }

  readInto(pointer: number, count: number): number {
    for (let i = 0; i < count; i++) {
      const { value, done } = this.#iterator.next();
      if (done === true || value === undefined) return (i << 4) | copyResults.dropped;
      lowerEntry(this.#memory, value, pointer + i * ENTRY_SIZE);
    }
    return count << 4;
  }

  dropReadable(): void {
    this.drop();
    this.#iterator.return?.();
  }
}

/** A future that the host gives as a promise. */
export class FutureFromHost<T> extends HandWrittenWaitable {
  readonly #promise: Promise<T>;
  readonly #lower: (value: T, pointer: number) => void;

  constructor(tasks: HandWrittenTasks, promise: Promise<T>, lower: (value: T, pointer: number) => void) {
    super(tasks);
    this.#promise = promise;
    this.#lower = lower;
  }

  readInto(pointer: number): number {
    this.#promise.then(
      (value) => {
        this.#lower(value, pointer);
        this.signalFromHost(guestEvents.futureRead, 0);
      },
      (error: unknown) => this.tasks.current.fail(error),
    );
    return copyResults.blocked;
  }
}
