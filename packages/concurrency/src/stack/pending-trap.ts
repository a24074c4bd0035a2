import { Trap } from '@wit-ts/abi';
import type { Task } from '../task.ts';

/**
 * A trap on a stack of its own, before that stack was suspended. The platform tells the error only in a promise, some
 * microtasks after the component has to be ended.
 */
export class PendingTrap extends Trap {
  /** The task that has trapped. */
  readonly task: Task;
  /** Resolves to the error of the platform. */
  readonly reason: Promise<unknown>;

  constructor(task: Task, ended: Promise<unknown>) {
    super(`a trap inside \`${task.lift.name}\`, whose reason the platform tells later, in \`cause\``);
    this.task = task;
    this.reason = ended.then(
      () => this,
      (error: unknown) => {
        this.cause = error;
        return error;
      },
    );
  }
}
