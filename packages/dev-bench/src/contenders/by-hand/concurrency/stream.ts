import type { GuestMemory } from '../guest-memory.ts';
import type { HandWrittenElements } from './elements.ts';
import type { HandWrittenTasks } from './task.ts';
import { guestEvents, HandWrittenWaitable } from './waitable.ts';

/** Results of reads and writes, `CanonicalABI.md`, "Stream State". The number of elements is shifted by 4. */
export const copyResults = { blocked: -1, completed: 0, dropped: 1, cancelled: 2 } as const;

/** What `read` gives to the host. */
type ReadResult<Chunk> = IteratorResult<Chunk, undefined>;

/** An end of a stream in a guest, with the buffer of the read or write that waits. */
class End<Chunk> extends HandWrittenWaitable {
  readonly memory: GuestMemory;
  readonly stream: HandWrittenStream<Chunk>;
  pointer = 0;
  /** 0 when no read or write waits. */
  count = 0;

  constructor(tasks: HandWrittenTasks, memory: GuestMemory, stream: HandWrittenStream<Chunk>) {
    super(tasks);
    this.memory = memory;
    this.stream = stream;
  }

  readInto(pointer: number, count: number): number {
    return this.stream.readInto(pointer, count);
  }

  dropReadable(): void {
    this.stream.dropReadable();
  }

  wait(pointer: number, count: number): number {
    this.pointer = pointer;
    this.count = count;
    return copyResults.blocked;
  }

  finish(event: number, payload: number): void {
    this.count = 0;
    this.signal(event, payload);
  }

  cancel(): number {
    this.count = 0;
    return copyResults.cancelled;
  }
}

/** A stream between a guest and the host, or between two guests. Whoever comes second copies. */
export class HandWrittenStream<Chunk> {
  readonly #elements: HandWrittenElements<Chunk>;
  writable: End<Chunk> | undefined;
  readable: End<Chunk> | undefined;
  /** The host's read that waits. */
  #wanted = 0;
  #into: Chunk | undefined;
  #resolve: ((result: ReadResult<Chunk>) => void) | undefined;
  #readerDropped = false;
  #writerDropped = false;

  constructor(elements: HandWrittenElements<Chunk>) {
    this.#elements = elements;
  }

  /** `stream.new`: both ends are in one guest. Returns their handles. */
  open(tasks: HandWrittenTasks, memory: GuestMemory): bigint {
    this.readable = new End(tasks, memory, this);
    this.writable = new End(tasks, memory, this);
    return (BigInt(this.writable.index) << 32n) | BigInt(this.readable.index);
  }

  /** The readable end goes to another guest, or to the host if `tasks` is absent. */
  moveReadable(tasks?: HandWrittenTasks, memory?: GuestMemory): number {
    this.readable?.drop();
    this.readable = tasks === undefined ? undefined : new End(tasks, memory!, this);
    return this.readable?.index ?? 0;
  }

  write(pointer: number, count: number): number {
    if (this.#readerDropped) return copyResults.dropped;
    const { readable, writable } = this;
    const { memory } = writable!;
    if (this.#resolve !== undefined) {
      const taken = Math.min(count, this.#wanted);
      const resolve = this.#resolve;
      this.#resolve = undefined;
      resolve({ value: this.#elements.lift(memory, pointer, taken, this.#into), done: false });
      return taken << 4;
    }
    if (readable !== undefined && readable.count > 0) {
      const taken = Math.min(count, readable.count);
      this.#elements.move(memory, pointer, readable.memory, readable.pointer, taken);
      readable.finish(guestEvents.streamRead, taken << 4);
      return taken << 4;
    }
    return writable!.wait(pointer, count);
  }

  /** `stream.read` of a guest. */
  readInto(pointer: number, count: number): number {
    const { readable, writable } = this;
    if (this.#writerDropped) return copyResults.dropped;
    if (writable!.count === 0) return readable!.wait(pointer, count);
    const taken = Math.min(count, writable!.count);
    this.#elements.move(writable!.memory, writable!.pointer, readable!.memory, pointer, taken);
    writable!.finish(guestEvents.streamWrite, taken << 4);
    return taken << 4;
  }

  /** The host's reader. Reads at most `count` elements. */
  read(options: number | { readonly count: number; readonly into: Chunk }): Promise<ReadResult<Chunk>> {
    const count = typeof options === 'number' ? options : options.count;
    const into = typeof options === 'number' ? undefined : options.into;
    if (this.#writerDropped) return Promise.resolve({ value: undefined, done: true });
    const { writable } = this;
    if (writable!.count > 0) {
      const taken = Math.min(count, writable!.count);
      const value = this.#elements.lift(writable!.memory, writable!.pointer, taken, into);
      writable!.finish(guestEvents.streamWrite, taken << 4);
      return Promise.resolve({ value, done: false });
    }
    this.#wanted = count;
    this.#into = into;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** The host stops reading. */
  return(): void {
    this.dropReadable();
  }

  dropReadable(): void {
    this.#readerDropped = true;
    this.readable?.drop();
    this.readable = undefined;
    if (this.writable !== undefined && this.writable.count > 0)
      this.writable.finish(guestEvents.streamWrite, copyResults.dropped);
  }

  dropWritable(): void {
    this.#writerDropped = true;
    this.writable?.drop();
    this.writable = undefined;
    if (this.readable !== undefined && this.readable.count > 0)
      this.readable.finish(guestEvents.streamRead, copyResults.dropped);
    this.#resolve?.({ value: undefined, done: true });
    this.#resolve = undefined;
  }
}

/** The stream of an end in a guest's handle table. */
export function streamAt<Chunk>(tasks: HandWrittenTasks, end: number): HandWrittenStream<Chunk> {
  return (tasks.handles.get(end) as End<Chunk>).stream;
}

export function cancelAt(tasks: HandWrittenTasks, end: number): number {
  return (tasks.handles.get(end) as End<unknown>).cancel();
}
