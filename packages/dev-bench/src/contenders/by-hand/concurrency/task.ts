import type { GuestMemory } from '../guest-memory.ts';
import { HandWrittenHandles } from '../handle-table.ts';
import type { HandWrittenWaitable, HandWrittenSet } from './waitable.ts';

export type TaskCallback = (event: number, index: number, payload: number) => number;

/** A reaction to a promise costs much less than `queueMicrotask` of Node. */
const RESOLVED = Promise.resolve();

/** The codes that a core function or its callback returns. */
const EXIT = 0;
const YIELD = 1;

/** One call of an asynchronous function of a guest. */
export class HandWrittenTask {
  /** What `context.set` stored. */
  context = 0;
  readonly callback: TaskCallback;
  /** The set that the task waits for. */
  waitsFor: HandWrittenSet | undefined;
  value: unknown;
  returned = false;
  /** A subtask of another component that waits for the value, and where it wants the value stored. */
  subtask: HandWrittenWaitable | undefined;
  store: ((value: unknown) => void) | undefined;
  /** Where another component wants the text that the task returns. */
  textGoesTo: { readonly memory: GuestMemory; readonly at: number } | undefined;
  #resolve: ((value: unknown) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  constructor(callback: TaskCallback) {
    this.callback = callback;
  }

  return(value: unknown): void {
    this.returned = true;
    this.value = value;
    if (this.#resolve !== undefined) this.#resolve(value);
    else if (this.subtask !== undefined) {
      this.store!(value);
      this.subtask.resolved();
    }
  }

  /** The promise that the host receives. */
  promise<T>(): Promise<T> {
    if (this.returned) return Promise.resolve(this.value as T);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve as (value: unknown) => void;
      this.#reject = reject;
    });
  }

  fail(error: unknown): void {
    if (this.#reject === undefined) throw error;
    this.#reject(error);
  }
}

/** The tasks of one core instance. A core function runs with `current` as its task. */
export class HandWrittenTasks {
  readonly handles = new HandWrittenHandles();
  current: HandWrittenTask = new HandWrittenTask(() => EXIT);

  /** Goes on after a core function or a callback has returned a code. */
  follow(task: HandWrittenTask, code: number): void {
    if (code === EXIT) return;
    if (code === YIELD) {
      this.wake(task);
      return;
    }
    const set = this.handles.get(code >>> 4) as HandWrittenSet;
    task.waitsFor = set;
    if (set.hasEvent()) this.wake(task);
    else set.waiter = task;
  }

  /** Starts a function for the host: `code` is what its core function returned. */
  promise<T>(task: HandWrittenTask, code: number): Promise<T> {
    if (code !== EXIT) this.follow(task, code);
    return task.promise();
  }

  resume(task: HandWrittenTask): void {
    const set = task.waitsFor;
    task.waitsFor = undefined;
    const waitable = set?.takeEvent();
    this.current = task;
    try {
      const code =
        waitable === undefined
          ? task.callback(0, 0, 0)
          : task.callback(waitable.event, waitable.index, waitable.payload);
      this.follow(task, code);
    } catch (error) {
      task.fail(error);
    }
  }

  #ready: HandWrittenTask[] = [];

  /** Resumes a task in a microtask, when nothing of the guest is on the stack. */
  wake(task: HandWrittenTask): void {
    if (this.#ready.push(task) === 1) void RESOLVED.then(this.#resumeReady);
  }

  readonly #resumeReady = (): void => {
    const ready = this.#ready;
    if (ready.length === 1) {
      const task = ready.pop()!;
      this.resume(task);
      return;
    }
    this.#ready = [];
    for (const task of ready) this.resume(task);
  };
}
