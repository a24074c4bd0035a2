/**
 * The types of streams, futures, error contexts and asynchronous calls, as hosts and generated code see them. Nothing
 * of this file exists at run time: the objects are made by code that is loaded only for components that need it.
 */
import type { Result } from './codegen/v1.ts';

/** The last argument of an asynchronous export: `exports.run(input, { signal })`. */
export interface CallOptions {
  /**
   * Cancels the call: the component is asked to stop (`Concurrency.md`, "Cancellation"). The promise rejects with the
   * signal's reason when the component has stopped. A component may also finish its work and return a result, and one
   * that waits for something else first is asked when it can hear of it.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A `stream<T>` that a host receives. The host owns the readable end: reading to the end, `return`, `cancel` and
 * disposal drop it, and so does a loop `for await` that stops early. Nothing is read before the host asks.
 *
 * @typeParam T an element; a stream without an element type has `void`
 * @typeParam Chunk what iteration gives: a typed array of the elements that are there for a stream of numbers, and one
 *   element for all other streams
 */
export interface Stream<T, Chunk = T> extends AsyncIterable<Chunk>, AsyncDisposable, Disposable {
  /** Returns the stream itself: it can be read once. */
  [Symbol.asyncIterator](): Stream<T, Chunk>;
  /** Waits for one element; for a stream of numbers, for a chunk of the elements that are there. */
  next(): Promise<IteratorResult<Chunk, undefined>>;
  /** Drops the readable end: the writer learns that nobody reads. */
  return(): Promise<IteratorResult<Chunk, undefined>>;
  /**
   * Waits for up to `count` elements, by default for one. Fewer elements than asked for are normal. Reads are answered
   * in their order.
   *
   * A stream of numbers gives a typed array, also for one element. Other streams give one element if `count` is 1, and
   * an array otherwise.
   *
   * @throws TypeError when `count` is not a positive integer; 0 is allowed together with `rejectLength`; or when `into`
   *   is no typed array of the elements with room for them
   */
  read<Count extends number = 1>(
    count?: Count | StreamReadOptions<Count, [T] extends [number | bigint] ? Chunk : undefined>,
  ): Promise<StreamRead<StreamValue<T, Chunk, Count>>>;
  /** Cancels the read that is under way and drops the readable end. The component does not see the reason. */
  cancel(reason?: unknown): Promise<void>;
  /** Hands the stream over as a `ReadableStream` of its chunks: a byte stream for a `stream<u8>`. */
  toReadableStream(): ReadableStream<Chunk>;
}

/** How much `Stream.read` reads. */
export interface StreamReadOptions<Count extends number = number, Into = unknown> {
  /** The largest number of elements. */
  readonly count: Count;
  /** If the writer offers more elements than this, none is read, and the stream ends with a `rejectedLength`. */
  readonly rejectLength?: number | undefined;
  /**
   * A typed array with room for `count` numbers, to which they are written: the value is the part of it that was
   * written. So a host that reads much need not let the platform make an array for each read.
   */
  readonly into?: Into | undefined;
}

/** What `Stream.read` resolves with: a value, or the end of the stream, after which nothing else follows. */
export type StreamRead<Value> =
  | { readonly value: Value; readonly done: false }
  | {
      readonly value: undefined;
      readonly done: true;
      /** How many elements the writer offered, when they were more than `rejectLength`. */
      readonly rejectedLength?: number;
    };

/** The value of a read of `Count` elements. */
export type StreamValue<T, Chunk, Count extends number> = [T] extends [number | bigint]
  ? Chunk
  : Count extends 1
    ? T
    : number extends Count
      ? T | T[]
      : T[];

/**
 * What a host may give for a `stream<T>`: an iterable, an async iterable (a `Stream` is one), a `ReadableStream`, or an
 * object that is read as jco's streams are. Elements of a stream of numbers may come one by one, or in chunks: typed
 * arrays and arrays of numbers. Nothing is taken before the component reads.
 */
export type StreamSource<T> =
  | Iterable<StreamItem<T>>
  | AsyncIterable<StreamItem<T>>
  | ReadableSource<StreamItem<T>>
  | ReaderSource<StreamItem<T>>;

/** What a source of a stream gives at a time. */
type StreamItem<T> = T | ([T] extends [number | bigint] ? ArrayLike<T> : never);

/** The part of a `ReadableStream` that is read: not every platform declares that type. */
interface ReadableSource<Item> {
  getReader(): { read(): PromiseLike<{ readonly done: boolean; readonly value?: Item | undefined }> };
}

/** The part of jco's streams that is read. Only numbers are asked for in larger counts than 1. */
interface ReaderSource<Item> {
  read(
    count: number,
  ): PromiseLike<{ readonly done?: boolean | undefined; readonly value?: Item | undefined }>;
}

declare const rejection: unique symbol;

/**
 * A `future<result<T, E>>` that a host receives: a promise of the `ok`, which rejects with a `ComponentError<E>` for
 * the `err`. A future of any other type is a plain promise. One that nobody awaits is not an unhandled rejection.
 */
export interface Future<T, E> extends Promise<T> {
  /** Exists only in types, so that the type of the error is not lost. */
  readonly [rejection]?: E;
}

/**
 * What a host may give for a `future<result<T, E>>`: a promise that resolves with the `ok` and rejects as a function
 * throws, or a promise of the result as a value, `{ tag: 'ok', val }` or `{ tag: 'err', val }`, as hosts for jco give.
 */
export type FutureSource<T, E> = PromiseLike<T | Result<T, E>>;

/** An `error-context` that a host receives. A host may give any `Error`, whose `message` is the debug message. */
export interface ErrorContext extends Error {
  /** What the component that made it wrote for debugging; empty if the component wrote nothing. */
  readonly debugMessage: string;
  /** Exists only in types, so that no record with these properties is taken for an error context. */
  readonly [errorContext]?: never;
}

/** The key of a property that only the type `ErrorContext` has. */
export declare const errorContext: unique symbol;

/**
 * The functions that are synchronous in WIT and wait nevertheless: the stack of the component is suspended until the
 * promise of an import settles. `true` stands for all functions, and names for these, as `listedNames` of
 * `@wit-ts/mapping` has them: `poll`, `wasi:io/poll#poll`, `wasi:io/poll@0.2.0#[method]pollable.block`.
 *
 * Names alone are those of imports; each export that can reach one of them returns a promise. An object also says which
 * exports return promises, as generated code does: these do so in any case, and in all others a promise from an import
 * is a `TypeError`, as without the option.
 */
export type Suspend =
  FunctionNames | { readonly imports: FunctionNames; readonly exports?: FunctionNames | undefined };

type FunctionNames = true | readonly string[];
