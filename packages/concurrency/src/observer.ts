import type { Task } from './task.ts';
import type { Subtask } from './subtask.ts';
import type { Thread } from './thread.ts';

/** Is told what happens to tasks; the trace of an instance implements it. */
export interface Observer {
  started(task: Task): void;
  /** The thread blocks; its `reason` says what for. */
  blocked(thread: Thread): void;
  resumed(thread: Thread, cancelled: boolean): void;
  returned(task: Task): void;
  cancelled(task: Task): void;
  /** A task called another function, and did not wait for it. */
  called(subtask: Subtask): void;
}
