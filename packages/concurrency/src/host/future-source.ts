import { type ComponentInstance, errorPayload, isError, isThenable, show, Trap } from '@wit-ts/abi';
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
import { FutureBuffer, HostFuture } from './future.ts';
import { refusedIn, type SourceContext } from './stream-source.ts';

/** A read that waits for the promise. */
interface Reading {
  /** The reading instance; absent when the host reads. */
  readonly instance: ComponentInstance | undefined;
  readonly buffer: WritableBuffer;
  readonly onCopyDone: OnCopyDone;
}

/** What the host's side of a future knows about the type of its value. */
interface FutureKind {
  /** Whether the value is a `result`: rejections may then be its `err`. */
  readonly isResult: boolean;
  /** Whether the `ok` of that result has a payload. */
  readonly hasOk: boolean;
  /** Whether the value, or the `ok` of that result, is a future. The promise resolves with what that one carries. */
  readonly isJoined: boolean;
  /** Reads a value of the host that goes to the host. @throws TypeError when it does not fit */
  readonly check: (values: ArrayLike<unknown>) => ArrayLike<unknown>;
}

type Settled = { readonly value: unknown } | { readonly fault: unknown };

/**
 * What a host gives as a `future<T>`, in place of the writable end (`CanonicalABI.md`, "Future State"). Its `then` is
 * called once, when the reader first asks for the value. It may never settle.
 */
export class HostFutureSource implements ReadableShared {
  readonly type: CopyType;
  readonly #context: SourceContext;
  readonly #kind: FutureKind;
  #promise: PromiseLike<unknown> | undefined;
  #settled: Settled | undefined = undefined;
  #reading: Reading | undefined = undefined;

  constructor(context: SourceContext, kind: FutureKind, promise: PromiseLike<unknown>) {
    this.type = context.type;
    this.#context = context;
    this.#kind = kind;
    this.#promise = promise;
    // A component need not read the future. The promises of the component itself are read only if someone waits.
    if (promise instanceof Promise && !(promise instanceof HostFuture))
      Promise.prototype.then.call(promise, undefined, () => undefined);
  }

  get offered(): number {
    return this.#settled === undefined ? 0 : 1;
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
      if (this.#settled !== undefined) this.#serve(this.#settled);
      else if (this.#promise !== undefined) this.#subscribe(this.#promise);
    } catch (error) {
      throw refusedIn(instance, error);
    }
  }

  /** Gives the buffer back at once. The value is kept for the next read. */
  cancel(): void {
    this.#finish(CANCELLED);
  }

  drop(): void {
    this.#promise = undefined;
    this.#settled = undefined;
    if (this.#reading !== undefined) this.#finish(DROPPED);
  }

  #finish(result: number): Reading {
    const reading = this.#reading!;
    this.#reading = undefined;
    this.#context.store.hostOperations -= 1;
    reading.onCopyDone(result);
    return reading;
  }

  #subscribe(promise: PromiseLike<unknown>): void {
    this.#promise = undefined;
    let returned: unknown;
    try {
      returned = promise.then(
        (value) => this.#settle(this.#fulfilled(value)),
        (error: unknown) => this.#settle(this.#rejected(error)),
      );
    } catch (error) {
      queueMicrotask(() => this.#settle(this.#rejected(error)));
    }
    // Nothing above throws or rejects, but what a foreign `then` returns may.
    if (returned instanceof Promise) returned.catch(() => undefined);
  }

  #fulfilled(value: unknown): Settled {
    try {
      return { value: this.#valueOf(value) };
    } catch (fault) {
      return { fault };
    }
  }

  #rejected(error: unknown): Settled {
    if (!this.#kind.isResult) {
      // The rejection is that of the future inside, which is read or not.
      return this.#kind.isJoined ? { value: rejectedLater(error) } : { fault: error };
    }
    try {
      return { value: { tag: 'err', val: errorPayload(error) } };
    } catch (fault) {
      return { fault };
    }
  }

  /** Keeps the value, and goes on with a read that waits. It may be stored by functions of the component. */
  #settle(settled: Settled): void {
    this.#settled ??= settled;
    const { store } = this.#context;
    store.whenFree(() => {
      if (this.#reading === undefined || this.#settled === undefined || store.failure !== undefined) return;
      const { instance } = this.#reading;
      try {
        this.#serve(this.#settled);
      } catch (error) {
        store.failIn(instance, error, 'future.read');
      }
      store.schedule();
    });
  }

  /** @throws Trap when the promise was rejected; TypeError when the value does not fit */
  #serve(settled: Settled): void {
    const { buffer } = this.#reading!;
    if ('fault' in settled) {
      this.#refuse(buffer, settled.fault);
      return;
    }
    try {
      const values = [settled.value];
      buffer.write(buffer instanceof FutureBuffer ? this.#kind.check(values) : values);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new TypeError(`${this.#context.name}: the value of a future: ${error.message}`, { cause: error });
    }
    this.#finish(COMPLETED);
  }

  #refuse(buffer: WritableBuffer, fault: unknown): void {
    if (buffer instanceof FutureBuffer) {
      this.#reading = undefined;
      this.#context.store.hostOperations -= 1;
      buffer.reject(fault);
      return;
    }
    const message = isError(fault) ? fault.message : show(fault);
    throw new Trap(`${this.#context.name}: the host's promise for a future was rejected: ${message}`, {
      cause: fault,
    });
  }

  /** Returns the value of the type. A host may also resolve with a result as a value. */
  #valueOf(value: unknown): unknown {
    const { isResult, hasOk, isJoined } = this.#kind;
    if (!isResult) return isJoined ? asPromise(value) : value;
    const tag: unknown =
      typeof value === 'object' && value !== null && Object.hasOwn(value, 'tag')
        ? Reflect.get(value, 'tag')
        : undefined;
    if (tag === 'err') return value;
    if (!hasOk) return { tag: 'ok', val: undefined };
    const ok: unknown = tag === 'ok' ? Reflect.get(value as object, 'val') : value;
    if (isJoined) return { tag: 'ok', val: asPromise(ok) };
    return tag === 'ok' ? value : { tag: 'ok', val: value };
  }
}

/** Gives back the promise that JavaScript took out of another one. */
function asPromise(value: unknown): unknown {
  return isThenable(value) ? value : Promise.resolve(value);
}

function rejectedLater(error: unknown): Promise<never> {
  const promise = Promise.reject(error);
  promise.catch(() => undefined);
  return promise;
}
