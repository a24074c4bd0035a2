import {
  type BorrowScope,
  type ComponentInstance,
  type CoreFunction,
  type HostFunction,
  isThenable,
  Trap,
  withRejection,
} from '@wit-ts/abi';
import type { Canon } from '@wit-ts/component';
import type { PlanLift } from '@wit-ts/plan';
import type { TaskReturn } from '../wiring/wiring.ts';
import { Builtins, type TaskReturnContext } from './builtins.ts';
import { NO_TASKS } from './unsupported.ts';
import { Tasks } from './tasks.ts';

/** `Subtask.State.RETURNED`: a finished subtask has no handle. */
const RETURNED = 2;

/**
 * The tasks of one instance, as far as nothing has to wait. It is loaded only for components that mention tasks, and
 * put around functions when they are bound.
 */
export class Concurrent {
  readonly #tasks = new Tasks();
  readonly #builtins = new Builtins(this.#tasks);

  /** Returns the core function that a lift calls: it runs in a task. */
  core(
    core: CoreFunction,
    lift: PlanLift,
    instance: ComponentInstance,
    scope: BorrowScope,
    forHost: boolean,
    callback?: CoreFunction,
  ): CoreFunction {
    const started = this.#tasks.started(core, lift, scope, forHost, callback);
    if (!lift.options.canonical.async) return started;
    return (...args) => {
      this.#builtins.checkBackpressure(instance);
      return started(...args);
    };
  }

  /**
   * Returns an asynchronous function of the host whose result must be there at once: nothing can wait for a promise.
   */
  awaited(func: HostFunction, name: string): HostFunction {
    const call = func as (...args: readonly unknown[]) => unknown;
    return (...args: readonly unknown[]) => {
      const value = call(...args);
      if (!isThenable(value)) return value;
      throw withRejection(new Trap(`${name} returned a promise: ${NO_TASKS}`), value);
    };
  }

  postReturn(core: CoreFunction): CoreFunction {
    return this.#tasks.ended(core);
  }

  /** Returns a realloc or destructor that runs in its own task. */
  apart(core: CoreFunction): CoreFunction {
    return this.#tasks.apart(core);
  }

  /** Returns a lifted function that takes its result from the task. */
  lifted(bound: HostFunction, lift: PlanLift, forHost: boolean): HostFunction {
    return this.#tasks.called(bound, lift, forHost);
  }

  /** Returns an asynchronously lowered function whose callee has already returned. */
  lowered(bound: CoreFunction): CoreFunction {
    return (...args) => {
      bound(...args);
      return RETURNED;
    };
  }

  /** Makes a built-in other than `task.return`. */
  builtin(canon: Canon, instance: ComponentInstance): CoreFunction {
    return this.#builtins.make(canon, instance);
  }

  taskReturn(wiring: TaskReturn, context: TaskReturnContext): CoreFunction {
    return this.#builtins.taskReturn(wiring, context);
  }
}
