import { isThenable, show } from '@wit-ts/abi';
import { dispose } from '@wit-ts/mapping';
import type { ElementKind } from './element-kind.ts';
import { asyncDispose, HostStream } from './stream.ts';

/** What a source gives at a time. */
export interface Item {
  readonly value?: unknown;
  readonly done?: boolean | undefined;
}

/** A source of the host as a sequence of items, each an element or a chunk of numbers. */
export interface StreamItems {
  /**
   * Returns the next item, or a promise of it.
   *
   * @param count the number of elements that are asked for
   */
  next(count: number): unknown;
  /** Ends the source early. It may throw, and may return a promise that rejects. */
  close(): unknown;
}

type Method = (...args: unknown[]) => unknown;

/** Returns a method of an object of the host. */
function methodOf(object: object, key: PropertyKey): Method | undefined {
  const method: unknown = Reflect.get(object, key);
  return typeof method === 'function' ? (method as Method) : undefined;
}

/**
 * Returns the items of a value that a host gives as a stream, or why the value is none. Nothing is taken from it: an
 * iterator is made when the first item is asked for. A `ReadableStream` is locked by the function that is returned.
 */
export function streamItemsOf(value: unknown, kind: ElementKind): (() => StreamItems) | string {
  if (value === null || value === undefined) return () => NOTHING;
  if (typeof value !== 'object') return `expected a stream, got ${show(value)}`;
  if (value instanceof HostStream) {
    const problem = HostStream.problemOf(value);
    return problem === undefined ? () => new ReaderItems(value, kind) : `expected a stream, got ${problem}`;
  }
  if (kind.numbers !== undefined && ArrayBuffer.isView(value)) return () => new OneChunk(value);
  if (isReadableStream(value)) {
    if (value.locked) return 'expected a stream, got a ReadableStream that is locked to a reader';
    return () => new ReaderItems(value.getReader(), kind);
  }
  for (const key of [Symbol.asyncIterator, Symbol.iterator]) {
    const iterate = methodOf(value, key);
    if (iterate !== undefined) return () => new IteratorItems(value, () => iterate.call(value));
  }
  if (methodOf(value, 'read') !== undefined) return () => new ReaderItems(value, kind);
  if (methodOf(value, 'next') !== undefined) return () => new IteratorItems(value, () => value);
  return `expected a stream: an iterable, an async iterable or a ReadableStream, got ${
    isThenable(value) ? 'a promise' : show(value)
  }`;
}

/** Returns true for a `ReadableStream`, possibly of a polyfill or another realm. */
export function isReadableStream(value: object): value is ReadableStream<unknown> {
  return 'getReader' in value && Object.prototype.toString.call(value) === '[object ReadableStream]';
}

const NOTHING: StreamItems = { next: () => ({ done: true }), close: () => undefined };

/** A typed array as a stream of its numbers. */
class OneChunk implements StreamItems {
  #chunk: unknown;

  constructor(chunk: unknown) {
    this.#chunk = chunk;
  }

  next(): Item {
    const value = this.#chunk;
    this.#chunk = undefined;
    return { value, done: true };
  }

  close(): void {
    this.#chunk = undefined;
  }
}

/** The items of an iterator, which is made when it is first needed. */
class IteratorItems implements StreamItems {
  readonly #source: object;
  readonly #iterate: () => unknown;
  #iterator: object | undefined = undefined;
  #next: Method | undefined = undefined;

  constructor(source: object, iterate: () => unknown) {
    this.#source = source;
    this.#iterate = iterate;
  }

  next(): unknown {
    if (this.#next === undefined) {
      const iterator = this.#iterate();
      if (typeof iterator !== 'object' || iterator === null)
        throw new TypeError(`expected an iterator, got ${show(iterator)}`);
      this.#iterator = iterator;
      this.#next = methodOf(iterator, 'next');
      if (this.#next === undefined) throw new TypeError('the iterator has no method next');
    }
    return this.#next.call(this.#iterator);
  }

  close(): unknown {
    const iterator = this.#iterator ?? this.#source;
    const end = methodOf(iterator, 'return');
    return end === undefined ? closeSource(this.#source) : end.call(iterator);
  }
}

/** The items of an object that is read as `ReadableStream`s and jco's streams are: by `read(count)`. */
class ReaderItems implements StreamItems {
  readonly #reader: object;
  readonly #read: Method;
  readonly #hasChunks: boolean;

  constructor(reader: object, { numbers }: ElementKind) {
    this.#reader = reader;
    this.#read = methodOf(reader, 'read')!;
    this.#hasChunks = numbers !== undefined;
  }

  next(count: number): unknown {
    return this.#read.call(this.#reader, this.#hasChunks ? count : 1);
  }

  close(): unknown {
    return closeSource(this.#reader);
  }
}

function closeSource(source: object): unknown {
  for (const key of ['return', dispose, asyncDispose, 'cancel']) {
    const close = methodOf(source, key);
    if (close !== undefined) return close.call(source);
  }
  return undefined;
}
