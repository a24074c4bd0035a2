import { type BorrowScope, cannotLeave, type ComponentInstance, type CoreFunction } from '@wit-ts/abi';
import { waitUntil } from './blocking.ts';
import { coreFunction } from './builtins/core-function.ts';
import type { CanonLift } from './lift.ts';
import type { Store } from './store.ts';
import { RETURNED, STARTED, Subtask } from './subtask.ts';
import type { TaskCaller } from './task.ts';
import type { CoreValue } from '@wit-ts/abi';
import { SUBTASK } from './waitable.ts';

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
export class LoweredCall {
  readonly subtask: Subtask;
  readonly flat: readonly CoreValue[];
  /** The flat results of a synchronous lower. */
  results: readonly CoreValue[] = [];
  /** Told about each change once the call has become a subtask that its component waits for. */
  progressed: (() => void) | undefined = undefined;

  constructor(name: string, flat: readonly CoreValue[]) {
    this.subtask = new Subtask(name);
    this.flat = flat;
  }

  started(): void {
    this.subtask.state = STARTED;
    this.progressed?.();
  }

  resolved(results: readonly CoreValue[]): void {
    this.results = results;
    this.subtask.state = RETURNED;
    this.progressed?.();
  }

  cancelled(): void {
    this.subtask.cancelled();
    this.progressed?.();
  }
}

/** A call of a function that another component lifted. */
class ComponentCall extends LoweredCall implements TaskCaller {
  readonly mayWait: boolean;
  readonly #values: ComponentCallValues;

  constructor(name: string, flat: readonly CoreValue[], values: ComponentCallValues, mayWait: boolean) {
    super(name, flat);
    this.#values = values;
    this.mayWait = mayWait;
  }

  start(scope: BorrowScope): readonly CoreValue[] {
    this.started();
    return this.#values.arguments(this.flat, this.subtask.lent, scope);
  }

  returned(result: readonly CoreValue[]): void {
    this.resolved(this.#values.result(result, this.flat));
  }

  failed(): void {
    // The trap ends the store, and so the calling component.
  }
}

/** `canon lower` of a function that another component lifted (`CanonicalABI.md`). */
export function lowerComponentFunction(
  store: Store,
  parts: LoweredParts,
  lift: CanonLift,
  values: ComponentCallValues,
): CoreFunction {
  const { name, instance } = parts;
  return coreFunction(instance, name, (...flat) => {
    if (!instance.mayLeave) throw cannotLeave();
    const caller = store.current;
    const call = new ComponentCall(name, flat, values, caller.onStack);
    const task = lift.call(call, instance);
    call.subtask.onCancel = (paused) => task.requestCancellation(store.current, paused);
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
  return parts.isAsync ? asSubtask(store, parts, call) : waitForResult(store, parts, call);
}

function asSubtask(store: Store, { instance }: LoweredParts, call: LoweredCall): number {
  const { subtask } = call;
  if (subtask.isResolved) {
    subtask.deliver();
    return RETURNED;
  }
  const index = instance.handles.add(subtask);
  call.progressed = () => {
    subtask.setPendingEvent(() => {
      if (subtask.isResolved) subtask.deliver();
      return [SUBTASK, index, subtask.state];
    });
  };
  store.observer?.called(subtask);
  return subtask.state | (index << 4);
}

function waitForResult(
  store: Store,
  { name, dummy }: LoweredParts,
  call: LoweredCall,
): CoreValue | undefined {
  const { subtask } = call;
  const finish = (): CoreValue | undefined => {
    subtask.deliver();
    return call.results[0];
  };
  if (subtask.isResolved) return finish();
  const thread = store.current;
  call.progressed = () => thread.nudge();
  return waitUntil(store, {
    cancellable: false,
    reason: { what: `the result of \`${name}\`` },
    ready: () => subtask.isResolved,
    finish,
    dummy,
  });
}
