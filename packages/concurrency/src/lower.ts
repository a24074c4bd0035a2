import {
  type BorrowScope,
  cannotLeave,
  type ComponentInstance,
  type CoreFunction,
  type CoreValue,
  endLends,
} from '@wit-ts/abi';
import { waitUntil } from './blocking.ts';
import { variadicCoreFunction } from './builtins/core-function.ts';
import type { CanonLift } from './lift.ts';
import type { CallObserver, ObservedCall } from './observer.ts';
import type { Store } from './store.ts';
import {
  CANCELLED_BEFORE_RETURNED,
  CANCELLED_BEFORE_STARTED,
  RETURNED,
  STARTED,
  STARTING,
  Subtask,
} from './subtask.ts';
import type { Task, TaskCaller } from './task.ts';
import type { Thread } from './thread.ts';

/** What a `canon lower` consists of, bound to an instance. */
export interface LoweredParts {
  readonly name: string;
  /** The calling instance. */
  readonly instance: ComponentInstance;
  /** The canonical option `async`: the call returns the state of a subtask. */
  readonly isAsync: boolean;
  /** A value of the type of the core function's result. */
  readonly dummy: CoreValue;
}

/** Passes the values of calls from one component to another, bound to both instances. */
interface ComponentCallValues {
  /** Moves the arguments into the callee. `lent` collects what is lent, and `scope` counts the borrows. */
  arguments(flat: readonly CoreValue[], lent: unknown[], scope: BorrowScope): readonly CoreValue[];
  /**
   * Moves the result into the caller.
   *
   * @param result the flat result of the callee
   * @param flat the arguments of the caller, which may end with a pointer
   */
  result(result: readonly CoreValue[], flat: readonly CoreValue[]): readonly CoreValue[];
}

/** A call from the side of the component that made it. */
export abstract class LoweredCall {
  readonly name: string;
  readonly flat: readonly CoreValue[];
  /** The handles that were lent to the callee. */
  readonly lent: unknown[];
  state: number = STARTING;
  /** The flat results of a synchronous lower. */
  results: readonly CoreValue[] = NO_RESULTS;
  /** What the component waits with, if it did not get the result at once. */
  subtask: Subtask | undefined = undefined;
  /** What waits in the core function of a synchronous lower. */
  waiter: Pick<Thread, 'nudge'> | undefined = undefined;

  constructor(name: string, flat: readonly CoreValue[], lent: unknown[] = []) {
    this.name = name;
    this.flat = flat;
    this.lent = lent;
  }

  /** Cancels the callee. Returns false if `paused` is called later. */
  abstract cancelCallee(paused: () => void): boolean;

  get isResolved(): boolean {
    return this.state >= RETURNED;
  }

  started(): void {
    this.state = STARTED;
    this.#progressed();
  }

  resolved(results: readonly CoreValue[]): void {
    this.results = results;
    this.state = RETURNED;
    this.#progressed();
  }

  cancelled(): void {
    this.state = this.state === STARTING ? CANCELLED_BEFORE_STARTED : CANCELLED_BEFORE_RETURNED;
    this.#progressed();
  }

  #progressed(): void {
    this.subtask?.progressed();
    this.waiter?.nudge();
  }

  /** The component knows the result, so what it lent is its own again. */
  endLends(): void {
    if (this.lent.length > 0) endLends(this.lent);
  }
}

const NO_RESULTS: readonly CoreValue[] = [];

/** A call of a function that another component lifted. */
class ComponentCall extends LoweredCall implements TaskCaller {
  readonly mayWait: boolean;
  readonly #store: Store;
  readonly #values: ComponentCallValues;
  task: Task | undefined = undefined;
  #observed: ObservedCall | undefined = undefined;
  #stopListening: (() => void) | undefined = undefined;

  constructor(
    store: Store,
    name: string,
    flat: readonly CoreValue[],
    values: ComponentCallValues,
    mayWait: boolean,
  ) {
    super(name, flat);
    this.#store = store;
    this.#values = values;
    this.mayWait = mayWait;
  }

  start(scope: BorrowScope): readonly CoreValue[] {
    this.started();
    return this.#values.arguments(this.flat, this.lent, scope);
  }

  returned(result: readonly CoreValue[]): void {
    this.resolved(this.#values.result(result, this.flat));
    this.#stopListening?.();
    this.#observed?.returned(this.results);
  }

  override cancelled(): void {
    super.cancelled();
    this.#stopListening?.();
    this.#observed?.cancelled();
  }

  failed(): void {
    // The trap ends the store, and so the calling component.
  }

  /** Lets an observer know how the call ends. */
  observe(observer: CallObserver): ObservedCall {
    const observed = observer.called(this.flat);
    this.#observed = observed;
    this.#stopListening = this.#store.onFailure((error) => observed.failed(error), 'silent');
    return observed;
  }

  override cancelCallee(paused: () => void): boolean {
    return this.task!.requestCancellation(this.#store.current, paused);
  }
}

/** `canon lower` of a function that another component lifted (`CanonicalABI.md`). */
export function lowerComponentFunction(
  store: Store,
  parts: LoweredParts,
  lift: CanonLift,
  values: ComponentCallValues,
  observer?: CallObserver,
): CoreFunction {
  const { name, instance } = parts;
  return variadicCoreFunction(instance, name, (flat) => {
    if (!instance.mayLeave) throw cannotLeave();
    const caller = store.current;
    const call = new ComponentCall(store, name, flat, values, caller.onStack);
    const observed = observer && call.observe(observer);
    const task = lift.call(call, instance);
    observed?.paused();
    call.task = task;
    if (task.isPaused || !caller.onStack) return finished(store, parts, call);
    return store.stacks.pass(
      (resume) => task.whenPaused(resume),
      () => finished(store, parts, call),
      parts.dummy,
    );
  });
}

/** Returns what the core function of a `canon lower` returns after its callee was called. */
export function finished(store: Store, parts: LoweredParts, call: LoweredCall): CoreValue | undefined {
  return parts.isAsync ? asSubtask(parts, call) : waitForResult(store, parts, call);
}

function asSubtask({ instance }: LoweredParts, call: LoweredCall): number {
  if (call.isResolved) {
    call.endLends();
    return RETURNED;
  }
  const subtask = new Subtask(call, (made) => instance.handles.add(made));
  call.subtask = subtask;
  return call.state | (subtask.index << 4);
}

function waitForResult(
  store: Store,
  { name, dummy }: LoweredParts,
  call: LoweredCall,
): CoreValue | undefined {
  if (call.isResolved) return finishedCall(call);
  call.waiter = store.current;
  return waitUntil(store, {
    cancellable: false,
    reason: { what: `the result of \`${name}\`` },
    ready: () => call.isResolved,
    finish: () => finishedCall(call),
    dummy,
  });
}

function finishedCall(call: LoweredCall): CoreValue | undefined {
  call.endLends();
  return call.results[0];
}
