import { type ComponentInstance, type CoreFunction, type HostFunction, reasonOf } from '@wit-ts/abi';
import { eventLoop } from './event-loop.ts';
import { CanonLift } from './lift.ts';
import type { Store } from './store.ts';
import { Task, type TaskCaller } from './task.ts';

/** The engine passes the values of the call, and the task only says what is running. */
const ENGINE: TaskCaller = {
  mayWait: false,
  start: () => [],
  returned: nothing,
  cancelled: nothing,
  failed: nothing,
};

function nothing(): void {
  // The engine that passes the values has the result, or the error.
}

/**
 * Returns the core function of a lift that cannot block and whose values an engine passes: it runs in a task of its
 * own.
 *
 * @param hasPostReturn whether the task goes on until its post-return function ends
 */
export function taskCore(
  store: Store,
  core: CoreFunction,
  lift: CanonLift,
  hasPostReturn: boolean,
): CoreFunction {
  return (...args) => {
    begin(store, lift);
    const result = core(...args);
    if (!hasPostReturn) end(store);
    return result;
  };
}

/** Returns a post-return function that ends the task of its call. */
export function taskPostReturn(store: Store, postReturn: CoreFunction): CoreFunction {
  return (...args) => {
    const result = postReturn(...args);
    end(store);
    return result;
  };
}

/** Returns a function that the Canonical ABI calls by itself, in a task of its own: realloc, or a destructor. */
export function taskCleanup(store: Store, core: CoreFunction, lift: CanonLift): CoreFunction {
  // Such tasks end before anything else runs, so that one of them nearly always serves for the next.
  let spare: Task | undefined;
  return (...args) => {
    const task = spare ?? new Task(store, lift, ENGINE);
    spare = undefined;
    const thread = task.implicitThread;
    thread.slot0 = 0;
    thread.slot1 = 0;
    task.registerThread(thread);
    const previous = store.switchTo(thread);
    let result: ReturnType<CoreFunction>;
    try {
      result = core(...args);
    } catch (error) {
      store.switchTo(previous);
      // Called by the host itself, which drops a resource: nothing else ends the other tasks.
      if (previous === undefined) eventLoop.soon(() => endAfterTrap(store, lift.state.instance));
      throw error;
    }
    store.switchTo(previous);
    task.ended();
    task.unregisterThread(thread);
    spare = task;
    return result;
  };
}

/** Ends the tasks of a component one of whose instances has become unusable. */
function endAfterTrap(store: Store, { failure }: ComponentInstance): void {
  if (failure !== undefined) store.fail(failure);
}

/**
 * Lets what follows run in a task of an instance: the start functions of its core modules. The task is not
 * asynchronous.
 */
export function startIn(store: Store, instance: ComponentInstance): void {
  store.switchTo(new Task(store, CanonLift.plain(store, 'start', instance), ENGINE).implicitThread);
}

function begin(store: Store, lift: CanonLift): void {
  const task = new Task(store, lift, ENGINE);
  const thread = task.implicitThread;
  task.registerThread(thread);
  thread.caller = store.switchTo(thread);
}

function end(store: Store): void {
  const thread = store.current;
  thread.task.ended();
  thread.task.unregisterThread(thread);
  store.switchTo(thread.caller);
}

/** Returns an exported function whose values an engine passes. A trap inside ends the other tasks, too. */
export function plainExport(store: Store, func: HostFunction, instance: ComponentInstance): HostFunction {
  return function called(this: unknown, ...args: readonly unknown[]) {
    const previous = store.switchTo(undefined);
    try {
      return Reflect.apply(func as (...values: readonly unknown[]) => unknown, this, args);
    } catch (error) {
      if (instance.failure === reasonOf(error)) store.failReported(error);
      throw error;
    } finally {
      store.switchTo(previous);
      store.schedule();
    }
  };
}
