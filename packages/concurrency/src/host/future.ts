import { ComponentError } from '@wit-ts/abi';
import { dispose } from '@wit-ts/mapping';
import { type CopyType, DROPPED, type ReadableShared } from '../copy-end.ts';
import type { Store } from '../store.ts';
import { HostBuffer } from './host-buffer.ts';
import { HostEnd } from './host-end.ts';

/** The buffer of a host that reads a future. The host's own future may have been rejected. */
export class FutureBuffer extends HostBuffer {
  readonly reject: (reason: unknown) => void;

  constructor(reject: (reason: unknown) => void) {
    super();
    this.reject = reject;
    this.reset(1);
  }
}

interface Settlers {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A `future<T>` that the host receives: a promise whose value is read when the host first waits for it, by `await`,
 * `then`, `catch` or `finally` (`CanonicalABI.md`, "Future State"). Until then the writer waits. So a component learns
 * whether its value was taken, no resource is handed to a host that does not want it, and a rejection that nobody looks
 * at cannot exist. A future that the host forgets is dropped.
 */
export class HostFuture extends Promise<unknown> {
  readonly #end: HostEnd;
  readonly #isResult: boolean;
  readonly #settlers: Settlers;
  #isUnread = true;
  /** True once the end was given away or dropped before it was read. */
  #isLost = false;

  /** @param isResult whether the value is a `result`, whose `err` rejects the promise */
  constructor(store: Store, shared: ReadableShared, isResult: boolean) {
    let settlers: Settlers | undefined;
    super((resolve, reject) => {
      settlers = { resolve, reject };
    });
    this.#settlers = settlers!;
    this.#isResult = isResult;
    this.#end = new HostEnd(store, shared, this);
  }

  /** Promises that are derived from this one are usual ones. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise
  override then<A = unknown, B = never>(
    onFulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (this.#isUnread) this.#read();
    return super.then(onFulfilled, onRejected);
  }

  /** Drops the future without reading it, so that the writer need not wait. */
  [dispose](): void {
    if (!this.#isUnread) return;
    this.#isLost = true;
    this.#end.drop();
  }

  /**
   * Takes the end out of the object, which cannot be read any more. Returns `undefined` for an end that was read, or
   * that is of another store or another type.
   */
  static take(future: HostFuture, store: Store, type: CopyType): ReadableShared | undefined {
    const end = future.#end;
    if (end.store !== store || end.shared.type !== type || !future.#isUnread) return undefined;
    future.#isLost = true;
    return end.release();
  }

  /** Returns why the end of a future cannot be given away. */
  static problemOf(future: HostFuture): string | undefined {
    return future.#isLost ? 'a future that was given away or dropped' : undefined;
  }

  #read(): void {
    this.#isUnread = false;
    const { store, shared } = this.#end;
    if (store.failure !== undefined) {
      store.whenFailed((error) => this.#reject(error));
      return;
    }
    if (this.#isLost) {
      this.#reject(new TypeError('the future was given away or dropped before it was read'));
      return;
    }
    const stopListening = store.onFailure((error) => this.#reject(error));
    const buffer = new FutureBuffer((reason) => {
      stopListening();
      this.#reject(reason);
    });
    try {
      shared.read(undefined, buffer, notUsed, (result) => {
        stopListening();
        if (result === DROPPED) this.#reject(new TypeError('the future was dropped while it was read'));
        else this.#settle(buffer.take()![0]);
      });
    } catch (error) {
      // The writer offers a value that is invalid.
      store.fail(error);
    }
  }

  #settle(value: unknown): void {
    this.#end.release();
    const { resolve, reject } = this.#settlers;
    if (!this.#isResult) {
      resolve(value);
      return;
    }
    const { tag, val } = value as { readonly tag: 'ok' | 'err'; readonly val?: unknown };
    if (tag === 'ok') resolve(val);
    else reject(new ComponentError(val));
  }

  #reject(reason: unknown): void {
    this.#end.release();
    this.#settlers.reject(reason);
  }
}

function notUsed(): void {
  // A future is done with its only copy.
}
