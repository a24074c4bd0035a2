import { arrayLength, type ComponentInstance, isThenable, raise, show } from '@wit-ts/abi';
import type { WritableBuffer } from '../buffer.ts';
import {
  CANCELLED,
  COMPLETED,
  type CopyType,
  DROPPED,
  type OnCopy,
  type OnCopyDone,
  type ReadableShared,
} from '../copy-end.ts';
import type { Store } from '../store.ts';
import { type ElementKind, newNumbers } from './element-kind.ts';
import { HostBuffer } from './host-buffer.ts';
import { reportSourceError } from './report.ts';
import type { Item, StreamItems } from './stream-items.ts';

/** The most elements that are collected from an iterator before they are stored. */
const MOST_TOGETHER = 65_536;

/** What a source of the host belongs to. */
export interface SourceContext {
  readonly store: Store;
  readonly type: CopyType;
  /** The instance that receives the stream or future. */
  readonly instance: ComponentInstance;
  /** The function that passed the stream or future, for messages. */
  readonly name: string;
}

/** A read that waits for the source. */
interface Reading {
  /** The reading instance; absent when the host reads. */
  readonly instance: ComponentInstance | undefined;
  readonly buffer: WritableBuffer;
  readonly onCopyDone: OnCopyDone;
}

/**
 * What a host gives as a `stream<T>`, in place of the writable end (`CanonicalABI.md`, "Stream State"). An item is
 * taken from it only when the reader asks for elements, one at a time. A reader gets what is there: all that a
 * synchronous iterator gives, or the next item of any other source. What does not fit into its buffer is kept for the
 * next read.
 */
export class HostStreamSource implements ReadableShared {
  readonly type: CopyType;
  readonly #context: SourceContext;
  readonly #kind: ElementKind;
  /** `undefined` once the source has ended, or nobody reads it any more. */
  #items: StreamItems | undefined;
  /** Elements that were taken and not read yet. */
  readonly #kept: ArrayLike<unknown>[] = [];
  /** The number of elements of the first kept chunk that were read. */
  #read = 0;
  #reading: Reading | undefined = undefined;
  /** True while the promise of an item is pending. */
  #isPulling = false;
  /** True when the next item was there without waiting, so that more may be asked for at once. */
  #isSync = false;
  readonly #stopListening: () => void;

  constructor(context: SourceContext, kind: ElementKind, items: StreamItems) {
    this.type = context.type;
    this.#context = context;
    this.#kind = kind;
    this.#items = items;
    this.#stopListening = context.store.onFailure(() => this.#close(), 'silent');
  }

  get offered(): number {
    return this.#kept.reduce((sum, { length }) => sum + length, -this.#read);
  }

  read(
    instance: ComponentInstance | undefined,
    buffer: WritableBuffer,
    _onCopy: OnCopy,
    onCopyDone: OnCopyDone,
  ): void {
    this.#reading = { instance, buffer, onCopyDone };
    this.#context.store.hostOperations += 1;
    try {
      this.#serve();
    } catch (error) {
      throw refusedIn(instance, error);
    }
  }

  /** Gives the buffer back at once. The item that is on its way is kept for the next read. */
  cancel(): void {
    this.#finish(CANCELLED);
  }

  drop(): void {
    this.#close();
    if (this.#reading !== undefined) this.#finish(DROPPED);
  }

  #finish(result: number): void {
    const { onCopyDone } = this.#reading!;
    this.#reading = undefined;
    this.#context.store.hostOperations -= 1;
    onCopyDone(result);
  }

  /** Gives the reader what is there, and otherwise asks the source for an item. @throws TypeError for a bad value */
  #serve(): void {
    const { buffer } = this.#reading!;
    let isServed = false;
    while (!this.#isPulling) {
      if (this.#kept.length > 0) {
        this.#write(buffer);
        isServed = true;
        if (buffer.remain > 0) continue;
      }
      const mayTake = this.#items !== undefined && (!isServed || (this.#isSync && buffer.remain > 0));
      if (!mayTake) break;
      this.#take(buffer.remain);
      // The iterator itself may have cancelled the read.
      if (this.#reading === undefined) return;
    }
    if (this.#isPulling && !isServed) return;
    this.#finish(this.#items === undefined && this.#kept.length === 0 ? DROPPED : COMPLETED);
  }

  /** Writes as much of the first kept chunk as the buffer takes. */
  #write(buffer: WritableBuffer): void {
    const chunk = this.#kept[0]!;
    const from = this.#read;
    const count = Math.min(buffer.remain, chunk.length - from);
    if (count === 0 && chunk.length > from) return;
    if (from + count === chunk.length) {
      this.#kept.shift();
      this.#read = 0;
    } else this.#read += count;
    const part = count === chunk.length ? chunk : slice(chunk, from, from + count);
    try {
      buffer.write(buffer instanceof HostBuffer ? this.#ownValues(part) : part);
    } catch (error) {
      throw this.#located(error);
    }
  }

  /** Copies elements that go from the host to the host, which may go on to use its chunk. */
  #ownValues(values: ArrayLike<unknown>): ArrayLike<unknown> {
    const { numbers, check } = this.#kind;
    const checked = check(values);
    return numbers === undefined ? checked : newNumbers(numbers, checked);
  }

  #located(error: unknown): unknown {
    if (!(error instanceof TypeError)) return error;
    return new TypeError(`${this.#context.name}: an element of a stream: ${error.message}`, { cause: error });
  }

  /** Takes items while they are there, up to so many elements. */
  #take(wanted: number): void {
    const most = Math.min(Math.max(wanted, 1), MOST_TOGETHER);
    const elements: unknown[] = [];
    this.#isSync = true;
    while (this.#isSync && this.#items !== undefined && elements.length < most) {
      try {
        const item = this.#items.next(Math.max(wanted - elements.length, 1));
        if (isThenable(item)) this.#await(item as PromiseLike<unknown>);
        else if (this.#accept(item, elements)) break;
      } catch (error) {
        this.#threw(error);
      }
    }
    if (elements.length > 0) this.#kept.push(elements);
  }

  #await(item: PromiseLike<unknown>): void {
    this.#isSync = false;
    this.#isPulling = true;
    Promise.prototype.then.call(Promise.resolve(item), this.#pulled, this.#rejected);
  }

  readonly #pulled = (item: unknown): void => {
    this.#isPulling = false;
    const elements: unknown[] = [];
    try {
      // Nobody waits for what comes after the stream was dropped.
      if (this.#items !== undefined) this.#accept(item, elements);
    } catch (error) {
      this.#threw(error);
    }
    if (elements.length > 0) this.#kept.push(elements);
    this.#continue();
  };

  readonly #rejected = (error: unknown): void => {
    this.#isPulling = false;
    if (this.#items !== undefined) this.#threw(error);
    this.#continue();
  };

  /** Goes on with a read that waits. It may store values by functions of the component, so none may be running. */
  #continue(): void {
    const { store } = this.#context;
    store.whenFree(() => {
      if (this.#reading === undefined || this.#isPulling || store.failure !== undefined) return;
      const { instance } = this.#reading;
      const hasBegun = store.begin();
      try {
        this.#serve();
      } catch (error) {
        store.failIn(instance, error, 'stream.read');
      }
      store.finish(hasBegun);
    });
  }

  /** Keeps what an item contains; an element is added to `elements`. Returns true when it was a chunk. */
  #accept(item: unknown, elements: unknown[]): boolean {
    if (typeof item !== 'object' || item === null)
      throw new TypeError(`the iterator returned ${show(item)} instead of an object`);
    const { done, value } = item as Item;
    if (done === true) this.#end();
    if (done === true && value === undefined) return false;
    const chunk = this.#chunkOf(value);
    if (chunk === undefined) {
      elements.push(value);
      return false;
    }
    if (elements.length > 0) this.#kept.push(elements.splice(0));
    if (chunk.length > 0) this.#kept.push(chunk);
    return true;
  }

  /** Returns the elements of an array of numbers; `undefined` for an item that is one element. */
  #chunkOf(value: unknown): ArrayLike<unknown> | undefined {
    const { numbers } = this.#kind;
    if (numbers === undefined || typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value) || ArrayBuffer.isView(value))
      return arrayLength(value) === undefined ? undefined : (value as unknown as ArrayLike<unknown>);
    if (!isArrayBuffer(value)) return undefined;
    return value.byteLength % numbers.BYTES_PER_ELEMENT === 0 ? newNumbers(numbers, value) : undefined;
  }

  /** The source threw: it gives nothing any more. */
  #threw(error: unknown): void {
    this.#end();
    const { store, name, instance } = this.#context;
    reportSourceError(store, name, instance, error);
  }

  #end(): void {
    this.#items = undefined;
    this.#stopListening();
  }

  /** Ends the source because nobody reads it any more. */
  #close(): void {
    const items = this.#items;
    this.#kept.length = 0;
    if (items === undefined) return;
    this.#end();
    try {
      // What goes wrong while the host cleans up concerns nobody any more, whether it throws or rejects.
      Promise.resolve(items.close()).catch(() => undefined);
    } catch {
      // The same.
    }
  }
}

/** Returns the error for a value that does not fit and that a running component reads: its trap has that reason. */
export function refusedIn(instance: ComponentInstance | undefined, error: unknown): unknown {
  return instance !== undefined && error instanceof TypeError ? raise(instance, error) : error;
}

function slice(values: ArrayLike<unknown>, from: number, to: number): ArrayLike<unknown> {
  return ArrayBuffer.isView(values)
    ? (values as Uint8Array).subarray(from, to)
    : Array.prototype.slice.call(values, from, to);
}

function isArrayBuffer(value: object): value is ArrayBufferLike {
  return /^\[object (?:Shared)?ArrayBuffer\]$/u.test(Object.prototype.toString.call(value));
}
