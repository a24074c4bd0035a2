import { listed } from './listed.ts';
import type { Task } from './task.ts';
import type { Thread } from './thread.ts';

/** The message of a deadlock: which calls of the host wait, and what each thread waits for. */
export function waitReport(hostTasks: readonly Task[], waiting: readonly Thread[]): string {
  const suspended = hostTasks.map((task) => task.implicitThread).filter((thread) => thread.isSuspended);
  const calls = listed(hostTasks.map(({ lift, state }) => `\`${lift.name}\` of ${state.instance.name}`));
  return `deadlock detected: event loop cannot make further progress: ${calls} ${
    hostTasks.length === 1 ? 'waits' : 'wait'
  }${describeWaiting([...waiting, ...suspended])}`;
}

/** Says what threads wait for: `; task 3 (`f` of the component) waits for an event of the call of `g``. */
export function describeWaiting(waiting: readonly Thread[]): string {
  if (waiting.length === 0) return ', and no thread can continue';
  const each = waiting.map(
    ({ task, waitsFor }) =>
      `task ${task.number} (\`${task.lift.name}\` of ${task.state.instance.name}) waits for ${waitsFor}`,
  );
  return `; ${listed(each)}`;
}
