import { copyResults } from './stream.ts';
import type { HandWrittenTasks } from './task.ts';
import { guestEvents, HandWrittenWaitable } from './waitable.ts';

class FutureEnd<T> extends HandWrittenWaitable {
  readonly future: HandWrittenFuture<T>;

  constructor(tasks: HandWrittenTasks, future: HandWrittenFuture<T>) {
    super(tasks);
    this.future = future;
  }
}

/** A future that a guest makes, for the host or for itself. */
export class HandWrittenFuture<T> {
  readonly #lift: (pointer: number) => T;
  #readable: FutureEnd<T> | undefined;
  #writable: FutureEnd<T> | undefined;
  #resolve: ((value: T) => void) | undefined;
  #readerDropped = false;
  /** Where the value of a write that waits is. */
  #pointer: number | undefined;

  constructor(lift: (pointer: number) => T) {
    this.#lift = lift;
  }

  static at(tasks: HandWrittenTasks, end: number): HandWrittenFuture<unknown> {
    return (tasks.handles.get(end) as FutureEnd<unknown>).future;
  }

  /** `future.new`: returns the handles of both ends. */
  open(tasks: HandWrittenTasks): bigint {
    this.#readable = new FutureEnd(tasks, this);
    this.#writable = new FutureEnd(tasks, this);
    return (BigInt(this.#writable.index) << 32n) | BigInt(this.#readable.index);
  }

  /** The readable end goes to the host. The guest has not written yet. */
  promise(): Promise<T> {
    this.#readable!.drop();
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  write(pointer: number): number {
    if (this.#readerDropped) return copyResults.dropped;
    if (this.#resolve === undefined) {
      this.#pointer = pointer;
      return copyResults.blocked;
    }
    this.#resolve(this.#lift(pointer));
    return copyResults.completed;
  }

  /** A guest reads the future that it made, after it has written. */
  read(store: (value: T) => void): number {
    if (this.#pointer === undefined) throw new Error('the guest reads a future before it writes it');
    store(this.#lift(this.#pointer));
    this.#writable!.signal(guestEvents.futureWrite, copyResults.completed);
    return copyResults.completed;
  }

  dropReadable(): void {
    this.#readerDropped = true;
    this.#readable!.drop();
    if (this.#pointer !== undefined && !this.#writable!.pending)
      this.#writable!.signal(guestEvents.futureWrite, copyResults.dropped);
  }

  dropWritable(): void {
    this.#writable!.drop();
  }
}
