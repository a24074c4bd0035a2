import {
  cannotLeave,
  type CoreFunction,
  type CoreValue,
  endLends,
  errorPayload,
  isError,
  isThenable,
  show,
  Trap,
  withRejection,
} from '@wit-ts/abi';
import { cannotSuspend } from '../blocking.ts';
import { variadicCoreFunction } from '../builtins/core-function.ts';
import { finished, LoweredCall, type LoweredParts } from '../lower.ts';
import type { Store } from '../store.ts';
import { RETURNED, STARTED } from '../subtask.ts';
import { type Started, startWithSignal } from './call-signal.ts';
import { refusedIn } from './stream-source.ts';

/** Passes the values of calls of a host function, bound to the calling instance. */
interface ImportedValues {
  /** Lifts the arguments. `lent` collects the handles that are lent. */
  arguments(flat: readonly CoreValue[], lent: unknown[]): readonly unknown[];
  /**
   * Lowers the result.
   *
   * @param flat the arguments, which may end with a pointer
   * @throws TypeError when the value does not fit
   */
  result(value: unknown, flat: readonly CoreValue[]): readonly CoreValue[];
  /** Whether the result is a `result` whose `err` the host throws. */
  readonly throws: boolean;
  /** Whether the host may answer by a promise. The promise of another function is its value, a future. */
  readonly awaits: boolean;
  /**
   * Whether the function is synchronous in WIT and may answer by a promise nevertheless: nothing else of the component
   * runs until the promise settles.
   */
  readonly suspends: boolean;
  /**
   * Whether an awaited function gives a future. Its promise becomes the future's value, because JavaScript has no
   * promise of a promise.
   */
  readonly givesFuture: boolean;
}

/** `canon lower` of a function of the host, which returns a value or a promise of it (`CanonicalABI.md`). */
export function lowerHostFunction(
  store: Store,
  parts: LoweredParts,
  func: (...args: readonly unknown[]) => unknown,
  values: ImportedValues,
): CoreFunction {
  const { name, instance } = parts;
  return variadicCoreFunction(instance, name, (flat) => {
    if (!instance.mayLeave) throw cannotLeave();
    const lent: unknown[] = [];
    const args = values.arguments(flat, lent);
    let started: Started;
    try {
      started = startWithSignal(func, args);
    } catch (error) {
      return answered(parts, threw(parts, values, flat, error, "the host's function threw"), lent);
    }
    const { returned, signal } = started;
    if (!values.awaits || !isPromise(parts, returned))
      return answered(parts, returnedAtOnce(parts, values, flat, returned), lent);
    const promise = returned as PromiseLike<unknown>;
    if (values.suspends && !store.current.onStack)
      throw refusedIn(instance, cannotWait(store, name, promise));
    const call = new HostCall(store, parts, values, flat, lent, signal);
    call.wait(promise);
    return values.suspends ? suspended(store, parts, call) : finished(store, parts, call);
  });
}

/** @throws Trap when the host's object cannot be read */
function isPromise(parts: LoweredParts, returned: unknown): boolean {
  try {
    return isThenable(returned);
  } catch (error) {
    throw fault(parts, error, UNREADABLE);
  }
}

/** @throws Trap when the host's object cannot be read */
function ownPromise(parts: LoweredParts, promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    return Promise.resolve(promise);
  } catch (error) {
    throw fault(parts, error, UNREADABLE);
  }
}

const UNREADABLE = "what the host's function returned cannot be read";

/** Suspends the stack of the component until the host has answered. The thread keeps its turn. */
function suspended(store: Store, parts: LoweredParts, call: HostCall): CoreValue | undefined {
  return store.stacks.pass(
    (resume) => (call.waiter = { nudge: resume }),
    () => finished(store, parts, call),
    parts.dummy,
  );
}

/** A function that is synchronous in WIT has returned a promise where the component's stack cannot be suspended. */
function cannotWait(store: Store, name: string, promise: unknown): Error {
  const { stacks, current } = store;
  if (!stacks.isAvailable) return withRejection(cannotSuspend(store, current, `\`${name}\``), promise);
  const message =
    `${name}: result: expected a value, got a Promise: \`${current.task.lift.name}\` cannot wait for it, ` +
    'because it does not return a promise (constructors and destructors never do)';
  return withRejection(new TypeError(message), promise);
}

/** The host has answered at once. */
function answered(
  { isAsync }: LoweredParts,
  results: readonly CoreValue[],
  lent: readonly unknown[],
): CoreValue | undefined {
  if (lent.length > 0) endLends(lent);
  return isAsync ? RETURNED : results[0];
}

/** @throws TypeError as a trap that the component cannot catch, when the value does not fit */
function returnedAtOnce(
  { instance }: LoweredParts,
  values: ImportedValues,
  flat: readonly CoreValue[],
  value: unknown,
): readonly CoreValue[] {
  try {
    return returnedBy(values, flat, value);
  } catch (error) {
    throw refusedIn(instance, error);
  }
}

/** Lowers a value of the host. A host may also give the value of a future that is ready. */
function returnedBy(
  { throws, givesFuture, result }: ImportedValues,
  flat: readonly CoreValue[],
  value: unknown,
): readonly CoreValue[] {
  if (givesFuture) return result(isThenable(value) ? value : Promise.resolve(value), flat);
  return result(throws ? { tag: 'ok', val: value } : value, flat);
}

/** Lowers an error of the host. @throws what ends the component if the error is no value of it */
function threw(
  parts: LoweredParts,
  { throws, result }: ImportedValues,
  flat: readonly CoreValue[],
  error: unknown,
  what: string,
): readonly CoreValue[] {
  if (!throws) throw fault(parts, error, what);
  let payload: unknown;
  try {
    payload = errorPayload(error);
  } catch {
    throw fault(parts, error, what);
  }
  return result({ tag: 'err', val: payload }, flat);
}

function fault({ name, instance }: LoweredParts, error: unknown, what: string): unknown {
  if (error instanceof Trap) return error;
  const message = isError(error) ? error.message : show(error);
  return new Trap(`${name}: ${what}: ${message} (called by ${instance.name})`, { cause: error });
}

/** A call of a function of the host that returned a promise. */
class HostCall extends LoweredCall {
  readonly #store: Store;
  readonly #parts: LoweredParts;
  readonly #values: ImportedValues;
  readonly #signal: AbortController | undefined;

  /** @param signal aborts the signal that the function asked for */
  constructor(
    store: Store,
    parts: LoweredParts,
    values: ImportedValues,
    flat: readonly CoreValue[],
    lent: unknown[],
    signal: AbortController | undefined,
  ) {
    super(parts.name, flat, lent);
    this.#store = store;
    this.#parts = parts;
    this.#values = values;
    this.#signal = signal;
    this.state = STARTED;
  }

  wait(promise: PromiseLike<unknown>): void {
    const own = ownPromise(this.#parts, promise);
    this.#store.hostOperations += 1;
    // Only the platform's own function never calls back before it returns.
    Promise.prototype.then.call(
      own,
      (value) => this.#settle(() => returnedBy(this.#values, this.flat, value)),
      (error: unknown) => this.#settle(() => this.#rejected(error)),
    );
  }

  #rejected(error: unknown): readonly CoreValue[] {
    const values = this.#values;
    if (values.givesFuture) return returnedBy(values, this.flat, Promise.reject(error));
    return threw(this.#parts, values, this.flat, error, "the promise of the host's function was rejected");
  }

  override cancelCallee(paused: () => void): boolean {
    this.cancelled();
    this.#signal?.abort();
    this.#store.hostOperations -= 1;
    paused();
    return true;
  }

  /** The host has an answer. After a cancellation, nobody waits for it. */
  #settle(lower: () => readonly CoreValue[]): void {
    const store = this.#store;
    if (this.isResolved) return;
    store.hostOperations -= 1;
    if (store.failure !== undefined) return;
    const hasBegun = store.begin();
    try {
      this.resolved(lower());
    } catch (error) {
      store.failIn(this.#parts.instance, error, this.#parts.name);
    }
    store.finish(hasBegun);
  }
}
