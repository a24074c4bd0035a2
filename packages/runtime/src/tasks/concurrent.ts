import type { ComponentInstance, CoreFunction, HostFunction } from '@wit-ts/abi';
import type { PlanLift, Trampoline } from '@wit-ts/plan';
import { Builtins, type Taking } from './builtins.ts';
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
  core(core: CoreFunction, lift: PlanLift, forHost: boolean, callback?: CoreFunction): CoreFunction {
    return this.#tasks.started(core, lift, forHost, callback);
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

  builtin(
    builtin: Extract<Trampoline, { tag: 'builtin' }>,
    instance: ComponentInstance,
    taking: Taking,
  ): CoreFunction {
    return this.#builtins.make(builtin, instance, taking);
  }
}
