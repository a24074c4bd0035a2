import { Trap } from '@wit-ts/abi';
import type { InstanceTasks } from './instance-tasks.ts';
import type { Store } from './store.ts';
import type { Task } from './task.ts';
import type { Reason, Thread } from './thread.ts';
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
  const { current } = store.hasCurrent ? store : { current: undefined };
  const maySuspend = current?.onStack === true;
  while (!task.isResolved) {
    const thread = readyThread(store, task.state, maySuspend, task.lift.name);
    let isOver = false;
    let isLater = false;
    store.resume(thread, task.isCancelDue(thread), () => {
      isOver = true;
      if (isLater) later(store, task, settled);
    });
    if (!isOver) {
      isLater = true;
      return false;
    }
  }
  return true;
}

function later(store: Store, task: Task, settled: () => void): void {
  try {
    if (!driveSynchronously(store, task, settled)) return;
  } catch (error) {
    store.fail(error, task);
  }
  settled();
}

/**
 * Lets a thread wait whose stack cannot be suspended: ready threads of its instance run on top of it.
 *
 * @throws Trap when no thread is ready
 */
export function driveUntil(store: Store, waiting: Thread, ready: () => boolean, reason: Reason): void {
  waiting.wait(false, reason, ready, () => undefined);
  for (;;) {
    if (store.scheduler === undefined && ready()) break;
    const thread = readyThread(store, waiting.task.state, false, waiting.task.lift.name);
    if (thread === waiting) break;
    store.resume(thread, thread.task.isCancelDue(thread), () => undefined);
  }
  waiting.takeContinuation();
}

/** @param maySuspend whether the caller can wait for a suspended stack */
function readyThread(store: Store, state: InstanceTasks, maySuspend: boolean, name: string): Thread {
  const all = store
    .waitingIn(state)
    .filter((thread) => thread !== state.exclusive && (thread.isReady || thread.task.isCancelDue(thread)));
  const candidates = maySuspend ? all : all.filter((thread) => !thread.onStack);
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
  throw new Trap(
    `cannot block a synchronous task before returning: \`${name}\` waits${describeWaiting(store.waitingIn(state))}`,
  );
}
