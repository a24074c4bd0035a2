import {
  type BorrowScope,
  type ComponentInstance,
  type CoreValue,
  type HostFunction,
  isGuestAtFault,
} from '@wit-ts/abi';
import type { CanonLift } from '../lift.ts';
import { cancelOnAbort } from './cancel-on-abort.ts';
import { RefusedArguments } from '../refused-arguments.ts';
import type { Store } from '../store.ts';
import type { Task, TaskCaller } from '../task.ts';

/** Passes the values of calls by the host, bound to an instance. */
interface HostCallValues {
  /** Lowers the arguments. @throws TypeError when one does not fit */
  arguments(values: readonly unknown[], scope: BorrowScope): readonly CoreValue[];
  /** Lifts the result. @throws Trap */
  result(flat: readonly CoreValue[]): unknown;
  /** Returns the value for the host, or throws the `err` of a result. */
  value(result: unknown): unknown;
}

/** Options of one call of an asynchronous export, after its arguments. */
interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** How the host calls an exported function. */
interface ExportedParts {
  /** The number of arguments, with the object of a method. */
  readonly params: number;
  /** Whether the object of a method is the first argument. */
  readonly isMethod: boolean;
  /** Whether the host may give options after the arguments. A synchronous function cannot be cancelled. */
  readonly hasOptions: boolean;
}

/** A call by the host, whose promise is settled when the task is resolved. */
class PromisedCall implements TaskCaller {
  readonly mayWait = true;
  readonly #store: Store;
  readonly #instance: ComponentInstance;
  readonly #args: readonly unknown[];
  readonly #values: HostCallValues;
  #outcome: 'returned' | 'failed' | undefined = undefined;
  /** The value or the reason. */
  #settled: unknown = undefined;
  #resolve: ((value: unknown) => void) | undefined = undefined;
  #reject: ((reason: unknown) => void) | undefined = undefined;
  /** Stops listening to the signal of the call. */
  ended: (() => void) | undefined = undefined;
  /** The result, until the core code that called `task.return` has paused: a trap until then is told instead. */
  #hasReturned = false;
  #result: unknown = undefined;
  #isStarting = true;
  #signal: AbortSignal | undefined = undefined;

  constructor(store: Store, instance: ComponentInstance, args: readonly unknown[], values: HostCallValues) {
    this.#store = store;
    this.#instance = instance;
    this.#args = args;
    this.#values = values;
  }

  /** The promise for the host, which is made once: when the call has started. */
  promise(): Promise<unknown> {
    if (this.#outcome === 'returned') return Promise.resolve(this.#settled);
    if (this.#outcome === 'failed') return Promise.reject(this.#settled);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  #finish(outcome: 'returned' | 'failed', settled: unknown): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = outcome;
    if (this.#resolve === undefined) this.#settled = settled;
    else if (outcome === 'returned') this.#resolve(settled);
    else this.#reject!(settled);
  }

  start(scope: BorrowScope): readonly CoreValue[] {
    return lowered(this.#instance, this.#values, this.#args, scope);
  }

  returned(flat: readonly CoreValue[]): void {
    this.#result = this.#values.result(flat);
    this.#hasReturned = true;
    if (!this.#isStarting) this.#store.returned.add(this);
  }

  /** The first turn of the task is over. */
  started(): void {
    this.#isStarting = false;
    if (this.#hasReturned) this.settle();
  }

  turnIsOver(): void {
    if (this.#store.failure === undefined) this.settle();
    else this.#store.whenFailed((failure) => this.failed(failure));
  }

  settle(): void {
    if (!this.#hasReturned) return;
    this.#hasReturned = false;
    this.ended?.();
    let value: unknown;
    try {
      value = this.#values.value(this.#result);
    } catch (error) {
      this.#finish('failed', error);
      return;
    }
    this.#finish('returned', value);
  }

  cancelled(): void {
    this.failed(this.#signal?.reason);
  }

  failed(reason: unknown): void {
    this.#hasReturned = false;
    this.ended?.();
    this.#finish('failed', reason);
  }

  /** Cancels the task when the signal is aborted. */
  listenTo(signal: AbortSignal, task: Task): void {
    this.#signal = signal;
    this.ended = cancelOnAbort(this.#store, signal, task);
  }
}

/** @throws RefusedArguments when the values of the host do not fit */
function lowered(
  instance: ComponentInstance,
  values: HostCallValues,
  args: readonly unknown[],
  scope: BorrowScope,
): readonly CoreValue[] {
  try {
    return values.arguments(args, scope);
  } catch (error) {
    if (isGuestAtFault(instance)) throw error;
    throw new RefusedArguments(error as Error);
  }
}

/** Returns an exported function for the host that returns a promise. */
export function promisedExport(
  store: Store,
  lift: CanonLift,
  { params, isMethod, hasOptions }: ExportedParts,
  values: HostCallValues,
): HostFunction {
  const own = isMethod ? params - 1 : params;
  return function called(this: unknown, ...given: readonly unknown[]) {
    const args = argumentsOf(this, given, own, isMethod);
    const call = new PromisedCall(store, lift.state.instance, args, values);
    let signal: AbortSignal | undefined;
    if (hasOptions && given.length > own) {
      try {
        signal = signalOf(given[own], lift.name);
        signal?.throwIfAborted();
      } catch (error) {
        return Promise.reject(error);
      }
    }
    // A synchronous function waits for its turn. An asynchronous one cannot enter an instance whose code is running.
    const waits = !hasOptions && lift.isRunning;
    if (store.isFree && !waits) start(store, lift, call, signal);
    else startLater(store, lift, call, signal, waits);
    return call.promise();
  };
}

function startLater(
  store: Store,
  lift: CanonLift,
  call: PromisedCall,
  signal: AbortSignal | undefined,
  waits: boolean,
): void {
  store.whenFree(() => start(store, lift, call, signal), waits);
}

function start(store: Store, lift: CanonLift, call: PromisedCall, signal: AbortSignal | undefined): void {
  // The host may have aborted the call while it waited to start.
  if (signal?.aborted === true) {
    call.failed(signal.reason);
    return;
  }
  let task: Task;
  try {
    task = lift.call(call, undefined);
  } catch (error) {
    notStarted(store, lift, call, error);
    return;
  }
  call.started();
  if (task.isResolved) return;
  task.isOfHost = true;
  store.hostTasks.add(task);
  if (signal !== undefined) call.listenTo(signal, task);
  store.scheduleIfStuck();
}

function notStarted(store: Store, lift: CanonLift, call: PromisedCall, error: unknown): void {
  store.callFailed(error, lift.state.instance, (reason) => call.failed(reason));
}

function argumentsOf(
  self: unknown,
  given: readonly unknown[],
  own: number,
  isMethod: boolean,
): readonly unknown[] {
  if (isMethod) return [self, ...given.slice(0, own)];
  return given.length > own ? given.slice(0, own) : given;
}

/** @throws TypeError when the options of a call are none */
function signalOf(options: unknown, name: string): AbortSignal | undefined {
  if (typeof options !== 'object' || options === null || !Object.hasOwn(options, 'signal')) return undefined;
  const { signal } = options as CallOptions;
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw new TypeError(`${name}: expected an AbortSignal as \`signal\` of the options`);
}

/** A call by the host that has to be resolved when its function returns. */
class ImmediateCall implements TaskCaller {
  readonly mayWait = false;
  readonly #instance: ComponentInstance;
  readonly #args: readonly unknown[];
  readonly #values: HostCallValues;
  result: unknown = undefined;
  reason: Error | undefined = undefined;

  constructor(instance: ComponentInstance, args: readonly unknown[], values: HostCallValues) {
    this.#instance = instance;
    this.#args = args;
    this.#values = values;
  }

  start(scope: BorrowScope): readonly CoreValue[] {
    return lowered(this.#instance, this.#values, this.#args, scope);
  }

  returned(flat: readonly CoreValue[]): void {
    this.result = this.#values.result(flat);
  }

  cancelled(): void {
    // The host cannot cancel a call that does not wait.
  }

  failed(reason: Error): void {
    this.reason = reason;
  }
}

/** Returns an exported function for the host whose type is not asynchronous. */
export function immediateExport(
  store: Store,
  lift: CanonLift,
  { params, isMethod }: Omit<ExportedParts, 'hasOptions'>,
  values: HostCallValues,
): HostFunction {
  const own = isMethod ? params - 1 : params;
  return function called(this: unknown, ...given: readonly unknown[]) {
    const args = isMethod ? [this, ...given.slice(0, own)] : given.slice(0, own);
    const call = new ImmediateCall(lift.state.instance, args, values);
    try {
      lift.call(call, undefined);
    } catch (error) {
      store.callFailed(error, lift.state.instance, (reason) => (call.reason = reason as Error));
      throw call.reason ?? error;
    }
    store.schedule();
    if (call.reason !== undefined) throw call.reason;
    return values.value(call.result);
  };
}
