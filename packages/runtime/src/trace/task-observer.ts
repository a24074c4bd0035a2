import type { Observer } from '@wit-ts/concurrency';
import { copyOfThrown } from './event-values.ts';
import type { AboutTask } from './trace-event.ts';
import type { Tracer } from './tracer.ts';

type Task = Parameters<Observer['started']>[0];
type Thread = Parameters<Observer['blocked']>[0];

/**
 * Reports what happens to the tasks of one instance. That a function starts and returns whose type is not asynchronous
 * is not reported, because the events of its call say it.
 */
export class TaskObserver implements Observer {
  readonly #tracer: Tracer;
  /** The call that started each task. */
  readonly #calls = new WeakMap<Task, number | undefined>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  started(task: Task): void {
    if (task.lift.isAsyncType) this.#tracer.emit({ ...this.#about(task), happened: 'started' });
  }

  blocked(thread: Thread): void {
    const { task, number, waitsFor } = thread;
    this.#tracer.emit({ ...this.#about(task), happened: 'waiting', thread: number, waitsFor });
  }

  resumed({ task, number }: Thread, isCancelled: boolean): void {
    this.#tracer.emit({ ...this.#about(task), happened: 'resumed', thread: number, isCancelled });
  }

  cancelRequested(task: Task): void {
    this.#tracer.emit({ ...this.#about(task), happened: 'told-to-cancel' });
  }

  returned(task: Task): void {
    if (task.lift.isAsyncType) this.#tracer.emit({ ...this.#about(task), happened: 'returned' });
  }

  cancelled(task: Task): void {
    this.#tracer.emit({ ...this.#about(task), happened: 'cancelled' });
  }

  failed(task: Task, error: Error): void {
    const copy = copyOfThrown(undefined, error) as Error;
    this.#tracer.emit({ ...this.#about(task), happened: 'failed', error: copy });
  }

  #about(task: Task): AboutTask {
    // A task begins in the call that starts it, and goes on when the event loop resumes it.
    if (!this.#calls.has(task)) this.#calls.set(task, this.#tracer.running);
    return {
      tag: 'task',
      task: task.number,
      name: task.lift.name,
      instance: task.state.instance.name,
      call: this.#calls.get(task),
      depth: this.#tracer.depth,
    };
  }
}
