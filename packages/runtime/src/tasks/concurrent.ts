import {
  type BorrowScope,
  type ComponentInstance,
  type CoreFunction,
  type HostFunction,
  isThenable,
  Trap,
} from '@wit-ts/abi';
import type { Canon } from '@wit-ts/component';
import type { PlanLift } from '@wit-ts/plan';
import type { TaskReturn } from '../wiring/wiring.ts';
import { Builtins, type TaskReturnContext } from './builtins.ts';
import { NO_TASKS } from './unsupported.ts';
import { Tasks } from './tasks.ts';

/** `Subtask.State.RETURNED`: there is no handle for what is done. */
const RETURNED = 2;

/**
 * What is asynchronous in one instance of the root, as far as nothing has to wait: loaded only for components that mention
 * tasks, and asked by `Instantiation` where it binds functions.
 */
export class Concurrent {
  readonly #tasks = new Tasks();
  readonly #builtins = new Builtins(this.#tasks);

  /** What a lift calls: its core function in a task. */
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

  /** A function of the host that is asynchronous. What it gives at once is its value; for a promise nobody can wait. */
  awaited(func: HostFunction, name: string): HostFunction {
    const call = func as (...args: readonly unknown[]) => unknown;
    return (...args: readonly unknown[]) => {
      const value = call(...args);
      if (!isThenable(value)) return value;
      // What becomes of it is nobody's business any more.
      Promise.resolve(value).catch(() => undefined);
      throw new Trap(`${name} gave a promise: ${NO_TASKS}`);
    };
  }

  postReturn(core: CoreFunction): CoreFunction {
    return this.#tasks.ended(core);
  }

  /** realloc, or a destructor. */
  apart(core: CoreFunction): CoreFunction {
    return this.#tasks.apart(core);
  }

  /** A lifted function that was bound to what `core` gave. */
  lifted(bound: HostFunction, lift: PlanLift, forHost: boolean): HostFunction {
    return this.#tasks.called(bound, lift, forHost);
  }

  /** An asynchronous `canon lower`, bound to a callee that has returned when it gives its value. */
  lowered(bound: CoreFunction): CoreFunction {
    return (...args) => {
      bound(...args);
      return RETURNED;
    };
  }

  /** A built-in other than `task.return`. */
  builtin(canon: Canon, instance: ComponentInstance): CoreFunction {
    return this.#builtins.make(canon, instance);
  }

  taskReturn(wiring: TaskReturn, context: TaskReturnContext): CoreFunction {
    return this.#builtins.taskReturn(wiring, context);
  }
}
