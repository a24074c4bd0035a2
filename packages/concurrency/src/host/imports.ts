import { cannotLeave, type CoreFunction, errorPayload, isError, isThenable, show, Trap } from '@wit-ts/abi';
import { coreFunction } from '../builtins/core-function.ts';
import { finished, LoweredCall, type LoweredParts } from '../lower.ts';
import type { Store } from '../store.ts';
import type { CoreValue } from '@wit-ts/abi';
import { SignalledCall, startedWith } from './call-signal.ts';

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
}

/** `canon lower` of a function of the host, which returns a value or a promise of it (`CanonicalABI.md`). */
export function lowerHostFunction(
  store: Store,
  parts: LoweredParts,
  func: (...args: readonly unknown[]) => unknown,
  values: ImportedValues,
): CoreFunction {
  const { name, instance } = parts;
  return coreFunction(instance, name, (...flat) => {
    if (!instance.mayLeave) throw cannotLeave();
    const call = new HostCall(store, parts, values, flat);
    call.start(func);
    return finished(store, parts, call);
  });
}

/** A call of a function of the host. */
class HostCall extends LoweredCall {
  readonly #store: Store;
  readonly #parts: LoweredParts;
  readonly #values: ImportedValues;
  readonly #signalled = new SignalledCall();

  constructor(store: Store, parts: LoweredParts, values: ImportedValues, flat: readonly CoreValue[]) {
    super(parts.name, flat);
    this.#store = store;
    this.#parts = parts;
    this.#values = values;
  }

  start(func: (...args: readonly unknown[]) => unknown): void {
    this.started();
    const args = this.#values.arguments(this.flat, this.subtask.lent);
    let returned: unknown;
    try {
      returned = startedWith(this.#signalled, () => func(...args));
    } catch (error) {
      this.#threw(error, "the host's function threw");
      return;
    }
    if (isThenable(returned)) this.#wait(returned as PromiseLike<unknown>);
    else this.#returned(returned);
  }

  #wait(promise: PromiseLike<unknown>): void {
    const store = this.#store;
    store.hostOperations += 1;
    this.subtask.onCancel = (paused) => {
      this.cancelled();
      this.#signalled.cancel();
      store.hostOperations -= 1;
      paused();
      return true;
    };
    promise.then(
      (value) => this.#settle(() => this.#returned(value)),
      (error: unknown) =>
        this.#settle(() => this.#threw(error, "the promise of the host's function was rejected")),
    );
  }

  /** The host has an answer. After a cancellation, nobody waits for it. */
  #settle(settle: () => void): void {
    const store = this.#store;
    if (this.subtask.isResolved) return;
    store.hostOperations -= 1;
    if (store.failure !== undefined) return;
    try {
      settle();
    } catch (error) {
      store.failIn(this.#parts.instance, error, this.#parts.name);
      return;
    }
    store.schedule();
  }

  #returned(value: unknown): void {
    this.resolved(this.#values.result(this.#values.throws ? { tag: 'ok', val: value } : value, this.flat));
  }

  #threw(error: unknown, what: string): void {
    if (!this.#values.throws) throw this.#fault(error, what);
    let payload: unknown;
    try {
      payload = errorPayload(error);
    } catch {
      throw this.#fault(error, what);
    }
    this.resolved(this.#values.result({ tag: 'err', val: payload }, this.flat));
  }

  #fault(error: unknown, what: string): unknown {
    if (error instanceof Trap) return error;
    const { name, instance } = this.#parts;
    const message = isError(error) ? error.message : show(error);
    return new Trap(`${name}: ${what}: ${message} (called by ${instance.name})`, { cause: error });
  }
}
