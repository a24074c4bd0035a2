import type { CoreValue } from '@wit-ts/abi';
import type { Task } from './task.ts';
import type { Thread } from './thread.ts';

/** Learns what happens to tasks; the trace of an instance implements it. What it throws ends the component. */
export interface Observer {
  /** The task runs for the first time. Before that, it may have waited for its turn to enter the instance. */
  started(task: Task): void;
  /** The thread waits or is suspended; its `reason` says what for. */
  blocked(thread: Thread): void;
  resumed(thread: Thread, cancelled: boolean): void;
  /** The caller asks the task to end early. The task learns of it when one of its threads is resumed so. */
  cancelRequested(task: Task): void;
  returned(task: Task): void;
  cancelled(task: Task): void;
  /** The event loop resumed the task, and it trapped. */
  failed(task: Task, error: Error): void;
}

/** Learns of the calls of one function that one component makes and another one answers. */
export interface CallObserver {
  /** @param flat the flat arguments of the caller, which may end with a pointer */
  called(flat: readonly CoreValue[]): ObservedCall;
}

/** A call that was observed when it began. One of its functions is called when it ends. */
export interface ObservedCall {
  /** The first turn of the callee is over. */
  paused(): void;
  /** @param results the flat results of a synchronous call */
  returned(results: readonly CoreValue[]): void;
  cancelled(): void;
  failed(error: Error): void;
}
