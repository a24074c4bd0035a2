import { Trap } from '@wit-ts/abi';
import type { InstanceTasks } from './instance-tasks.ts';
import type { Store } from './store.ts';
import type { Task } from './task.ts';
import type { Continuation, Thread } from './thread.ts';
import { describeWaiting } from './wait-report.ts';

/**
 * Resumes ready threads of the instance until a task is resolved whose function's type is not asynchronous: its caller
 * cannot wait for anything else (end of `canon_lift` in `CanonicalABI.md`).
 *
 * @param settled called if this returns false, when the task is resolved or the store failed
 * @returns true if the task is resolved
 * @throws Trap when no thread is ready
 */
export function driveSynchronously(store: Store, task: Task, settled: () => void): boolean {
  const { mayWait } = task.caller;
  while (!task.isResolved) {
    const thread = readyThread(store, task.state, mayWait, task.lift.name);
    let isOver = false;
    let isLater = false;
    store.resume(thread, task.isCancelDue(thread), () => {
      isOver = true;
      if (isLater) driveLater(store, task, settled);
    });
    if (!isOver) {
      isLater = true;
      return false;
    }
  }
  return true;
}

/** Like `driveSynchronously`, for a call that has returned already: a trap ends the store. */
export function driveLater(store: Store, task: Task, settled: () => void): void {
  try {
    if (!driveSynchronously(store, task, settled)) return;
  } catch (error) {
    store.fail(error, task);
  }
  settled();
}

/**
 * Blocks a thread whose stack cannot be suspended: other threads of its instance run on top of it.
 *
 * @param begin lets the thread wait, or suspends it
 * @param next the thread that runs first
 * @returns whether a cancellation woke the thread
 * @throws Trap when no thread is ready
 */
export function driveBlocked(
  store: Store,
  thread: Thread,
  begin: (continuation: Continuation) => void,
  next: Thread | undefined,
): boolean {
  let wokenBy: { readonly cancelled: boolean } | undefined;
  const isBlocked = (): boolean => wokenBy === undefined;
  begin((cancelled) => (wokenBy = { cancelled }));
  if (next !== undefined) store.resume(next, false, nothing);
  while (isBlocked()) {
    const ready = readyThread(store, thread.task.state, false, thread.task.lift.name);
    if (ready === thread) {
      store.observer?.resumed(thread, false);
      thread.takeContinuation()(false, thread);
    } else store.resume(ready, ready.task.isCancelDue(ready), nothing);
  }
  return wokenBy?.cancelled === true;
}

function nothing(): void {
  // Nothing else waits for the thread to pause.
}

/**
 * Returns a ready thread that may run during a call that is not asynchronous. Such a call may use the one stack that
 * the instance has in its memory, so tasks that need it for themselves are left alone.
 *
 * @param mayWait whether the caller can wait for a suspended stack
 * @throws Trap when there is none
 */
function readyThread(store: Store, state: InstanceTasks, mayWait: boolean, name: string): Thread {
  const all = store.waitingIn(state).filter((thread) => isFree(thread) && isReady(thread));
  const candidates = mayWait ? all : all.filter((thread) => !thread.onStack);
  const { scheduler } = store;
  if (candidates.length > 0) {
    return scheduler === undefined ? candidates[0]! : candidates[scheduler.choose(candidates)]!;
  }
  if (all.length > 0) {
    throw new Trap(
      `\`${name}\` has to wait for a suspended thread of ${state.instance.name}, and its caller cannot wait: ` +
        'a function that is not asynchronous was called by the host, or the platform cannot suspend stacks',
    );
  }
  if (store.hasReady) {
    throw new Trap(
      `deadlock detected: event loop cannot make further progress: \`${name}\` has to wait, and no thread that is ` +
        `ready may run during a call that is not asynchronous${describeWaiting(store.waitingIn(state))}`,
    );
  }
  throw new Trap(
    `cannot block a synchronous task before returning: \`${name}\` waits${describeWaiting(store.waitingIn(state))}`,
  );
}

function isFree(thread: Thread): boolean {
  const { task } = thread;
  return thread !== task.state.exclusive && !(task.lift.needsExclusive && thread === task.implicitThread);
}

function isReady(thread: Thread): boolean {
  return thread.isReady || thread.task.isCancelDue(thread);
}
