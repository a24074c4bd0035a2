import { show } from '@wit-ts/abi';
import { dispose } from '@wit-ts/mapping';
import { COMPLETED, type CopyType, DROPPED, type ReadableShared } from '../copy-end.ts';
import type { Store } from '../store.ts';
import { type ElementKind, newNumbers, type Numbers, type NumbersClass } from './element-kind.ts';
import { MOST_AT_ONCE, HostBuffer } from './host-buffer.ts';
import { HostEnd } from './host-end.ts';
import { toReadableStream } from './readable-stream.ts';

/** The most elements without values that one read returns: they take no memory of the guest, which would limit them. */
const MOST_WITHOUT_VALUES = 65_536;

export const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('asyncDispose');

/** What a read resolves with. */
type ReadResult =
  | { readonly value: unknown; readonly done: false }
  | { readonly value: undefined; readonly done: true; readonly rejectedLength?: number };

interface ReadOptions {
  readonly count?: number | undefined;
  readonly rejectLength?: number | undefined;
  readonly into?: unknown;
}

/** A read that the host waits for. */
interface Read {
  readonly count: number;
  readonly rejectLength: number | undefined;
  readonly into: Numbers | undefined;
  readonly resolve: (result: ReadResult) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A `stream<T>` that the host receives: the readable end in its hands (`CanonicalABI.md`, "Stream State"). Reads are
 * answered in their order, each with the first elements that are there, and nothing is read before the host asks.
 *
 * Numbers come as typed arrays, other elements one by one or, in reads of more than one, as arrays.
 */
export class HostStream implements AsyncIterableIterator<unknown, undefined> {
  readonly #end: HostEnd;
  readonly #kind: ElementKind;
  readonly #buffer = new HostBuffer();
  readonly #waiting: Read[] = [];
  /** The read whose elements the writer is asked for. */
  #active: Read | undefined = undefined;
  /** True while the writer is only asked whether it has elements, because the read may be refused. */
  #isProbing = false;
  #isPumping = false;
  #isGivenAway = false;
  #stopListening: (() => void) | undefined = undefined;

  constructor(store: Store, shared: ReadableShared, kind: ElementKind) {
    this.#end = new HostEnd(store, shared, this);
    this.#kind = kind;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Reads one element; of a stream of numbers, a chunk of those that are there. */
  next(): Promise<IteratorResult<unknown, undefined>> {
    return this.#read(this.#kind.numbers === undefined ? 1 : MOST_AT_ONCE);
  }

  /**
   * Reads up to `count` elements, by default one. If the writer offers more than `rejectLength`, none is read, and the
   * stream ends. Numbers are written to `into` if that is given: the value is then the part of it that was written.
   *
   * @throws TypeError when the count is not a positive integer; 0 is allowed together with `rejectLength`; or when
   *   `into` is no typed array of the elements with room for them
   */
  read(options: number | ReadOptions = 1): Promise<ReadResult> {
    const given = typeof options === 'object' && options !== null ? options : { count: options };
    const { count = 1, rejectLength, into } = given;
    const isRejecting = rejectLength !== undefined;
    if (!Number.isSafeInteger(count) || count < (isRejecting ? 0 : 1))
      return Promise.reject(
        new TypeError(`expected a positive integer as the count of a read, got ${show(count)}`),
      );
    if (isRejecting && (!Number.isSafeInteger(rejectLength) || rejectLength < 0))
      return Promise.reject(new TypeError(`expected an integer as rejectLength, got ${show(rejectLength)}`));
    if (into === undefined) return this.#read(count, rejectLength);
    const { numbers } = this.#kind;
    if (numbers === undefined || !isOf(numbers, into) || into.length < count)
      return Promise.reject(
        new TypeError(
          `expected ${numbers === undefined ? 'nothing' : anArray(numbers, count)} as the \`into\` of a read, got ${show(into)}`,
        ),
      );
    return this.#read(count, rejectLength, into);
  }

  /** Drops the readable end: the writer learns that nobody reads. Reads that wait are answered with the end. */
  return(): Promise<IteratorResult<unknown, undefined>> {
    this.#drop();
    return Promise.resolve(END);
  }

  /** Does what `return` does. */
  cancel(_reason?: unknown): Promise<void> {
    this.#drop();
    return Promise.resolve();
  }

  [dispose](): void {
    this.#drop();
  }

  [asyncDispose](): Promise<void> {
    return this.cancel();
  }

  /**
   * Hands the stream over as a `ReadableStream` of its chunks or elements: a byte stream for bytes.
   *
   * @throws TypeError while a read is under way
   */
  toReadableStream(): ReadableStream<unknown> {
    const problem = HostStream.problemOf(this);
    if (problem !== undefined) throw new TypeError(`cannot hand over ${problem}`);
    const { store } = this.#end;
    return toReadableStream(new HostStream(store, this.#giveAway(), this.#kind), this.#kind);
  }

  /** Returns why the end of a stream cannot be given away: `a stream that is being read`. */
  static problemOf(stream: HostStream): string | undefined {
    if (stream.#isGivenAway) return 'a stream that was given away';
    return stream.#active === undefined && stream.#waiting.length === 0
      ? undefined
      : 'a stream that is being read';
  }

  /**
   * Takes the end out of the object, which cannot be read any more. Returns `undefined` for an end of another store or
   * another type.
   */
  static take(stream: HostStream, store: Store, type: CopyType): ReadableShared | undefined {
    const { shared } = stream.#end;
    return stream.#end.store === store && shared.type === type ? stream.#giveAway() : undefined;
  }

  #giveAway(): ReadableShared {
    this.#isGivenAway = true;
    return this.#end.release();
  }

  #read(count: number, rejectLength?: number, into?: Numbers): Promise<ReadResult> {
    if (this.#isGivenAway) return Promise.reject(new TypeError('the stream was given away'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ count, rejectLength, into, resolve, reject });
      this.#pump();
    });
  }

  /** Asks the writer for elements until one read has to wait for them. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#active === undefined && this.#waiting.length > 0) this.#begin(this.#waiting.shift()!);
    this.#isPumping = false;
  }

  #begin(read: Read): void {
    const { store, shared } = this.#end;
    if (store.failure !== undefined) {
      this.#active = read;
      store.whenFailed(this.#failed);
      return;
    }
    if (!this.#end.isHeld) {
      read.resolve(END);
      return;
    }
    this.#active = read;
    this.#isProbing = read.rejectLength !== undefined;
    this.#ask(shared, store);
  }

  /** Starts the active read, or its probe. */
  #ask(shared: ReadableShared, store: Store): void {
    const { count, into } = this.#active!;
    const most = this.#kind.hasValues ? count : Math.min(count, MOST_WITHOUT_VALUES);
    if (this.#isProbing) this.#buffer.reset(0);
    else this.#buffer.reset(most, into);
    try {
      shared.read(undefined, this.#buffer, this.#copied, this.#done);
    } catch (error) {
      // The writer offers elements that are invalid.
      store.failReported(error);
      this.#failed(store.failure!);
      return;
    }
    if (this.#active !== undefined) this.#stopListening ??= store.onFailure(this.#failed);
  }

  readonly #copied = (reclaim: () => void): void => {
    reclaim();
    this.#done(COMPLETED);
  };

  readonly #done = (result: number): void => {
    const read = this.#active;
    const values = this.#buffer.take();
    if (read === undefined) return;
    if (result === DROPPED) this.#end.drop();
    if (values !== undefined) this.#answer(read, { value: this.#valueOf(values, read.count), done: false });
    else if (result !== COMPLETED) this.#answer(read, END);
    // The writer's operation begins only after the probe has ended.
    else queueMicrotask(() => this.#probed(read));
    this.#pump();
  };

  /** A writer was there when the probe ended. */
  #probed(read: Read): void {
    const { store, shared, isHeld } = this.#end;
    if (read !== this.#active || !isHeld || store.failure !== undefined) return;
    const { offered } = shared;
    this.#isProbing = offered === 0;
    if (offered > read.rejectLength!) {
      this.#end.drop();
      this.#answer(read, { value: undefined, done: true, rejectedLength: offered });
    } else if (offered > 0 && read.count === 0) {
      this.#answer(read, { value: this.#valueOf([], 0), done: false });
    } else this.#ask(shared, store);
    this.#pump();
  }

  #answer(read: Read, result: ReadResult): void {
    this.#settled();
    read.resolve(result);
  }

  #settled(): void {
    this.#active = undefined;
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  readonly #failed = (error: Error): void => {
    const read = this.#active;
    this.#settled();
    this.#end.release();
    read?.reject(error);
    for (const each of this.#waiting.splice(0)) each.reject(error);
  };

  #valueOf(values: ArrayLike<unknown>, count: number): unknown {
    const { numbers, hasValues } = this.#kind;
    if (numbers !== undefined) return ArrayBuffer.isView(values) ? values : newNumbers(numbers, values);
    if (count === 1) return values[0];
    if (!hasValues) return Array.from<unknown>({ length: values.length });
    return Array.isArray(values) ? values : Array.from(values);
  }

  #drop(): void {
    this.#end.drop();
    // A read for which the writer was asked has been answered by now, unless it was only a probe.
    const probing = this.#active;
    if (probing !== undefined) this.#answer(probing, END);
    for (const each of this.#waiting.splice(0)) each.resolve(END);
  }
}

const END: ReadResult = /* @__PURE__ */ Object.freeze({ value: undefined, done: true });

/** Returns true for a typed array of a class, possibly of another realm. */
function isOf({ name }: NumbersClass, value: unknown): value is Numbers {
  return ArrayBuffer.isView(value) && Reflect.get(value, Symbol.toStringTag) === name;
}

function anArray({ name }: NumbersClass, count: number): string {
  return `a ${name} of at least ${count} elements`;
}
