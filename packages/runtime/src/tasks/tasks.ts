import { type BorrowScope, type CoreFunction, type HostFunction, orThrow, Trap } from '@wit-ts/abi';
import { callOf } from '@wit-ts/mapping';
import type { PlanLift } from '@wit-ts/plan';
import { NO_TASKS } from './unsupported.ts';

/**
 * A call of a lifted function (`CanonicalABI.md`, "Task State"). It runs to its end at once, because nothing waits.
 */
export interface Task {
  /** `undefined` for realloc, destructors and start functions, which return nothing through `task.return`. */
  readonly lift: PlanLift | undefined;
  /** True when the host is the caller, and not another component. */
  readonly forHost: boolean;
  /** Counts the borrows that the call was lent and still holds. */
  readonly scope: BorrowScope;
  /** Thread-local storage for `context.get` and `context.set`. */
  readonly context: (number | bigint)[];
  returned: boolean;
  result: unknown;
}

type Results = ReturnType<CoreFunction>;

/** The running tasks of one instance, the innermost last. */
export class Tasks {
  /** Code that no lifted function calls runs in the first task. */
  readonly #running: Task[] = [newTask(undefined, false, NO_BORROWS)];

  /** The asynchronous task that ended last. Its result did not come from its core function. */
  #last: Task | undefined;

  get current(): Task {
    return this.#running.at(-1)!;
  }

  /**
   * Returns the core function of a lift, which runs in its own task. The task ends with the post-return function, if
   * there is one.
   */
  started(
    core: CoreFunction,
    lift: PlanLift,
    scope: BorrowScope,
    forHost: boolean,
    callback?: CoreFunction,
  ): CoreFunction {
    if (lift.options.canonical.async)
      return (...args) => this.#run(newTask(lift, forHost, scope), core, args, callback);
    const ends = lift.options.postReturn === undefined;
    return (...args) => {
      this.#running.push(newTask(lift, forHost, scope));
      const results = core(...args);
      if (ends) this.#running.pop();
      return results;
    };
  }

  /** Returns a post-return function that ends the task. */
  ended(postReturn: CoreFunction): CoreFunction {
    return (...args) => {
      const results = postReturn(...args);
      this.#running.pop();
      return results;
    };
  }

  /** Returns a function that the Canonical ABI calls by itself: realloc, a destructor. */
  apart(core: CoreFunction): CoreFunction {
    return (...args) => {
      this.#running.push(newTask(undefined, false, NO_BORROWS));
      const results = core(...args);
      this.#running.pop();
      return results;
    };
  }

  /**
   * Returns the function that is called for a lifted function. For the host, an asynchronous function returns a
   * promise.
   */
  called(bound: HostFunction, { type, options }: PlanLift, forHost: boolean): HostFunction {
    const take = (value: unknown): unknown => {
      if (!options.canonical.async) return value;
      const { result } = this.#last!;
      return forHost ? orThrow(type, result) : result;
    };
    const call = bound as (...args: readonly unknown[]) => unknown;
    if (!forHost || callOf(type) === 'at-once') {
      return function called(this: unknown, ...args: readonly unknown[]) {
        return take(Reflect.apply(call, this, args));
      };
    }
    // oxlint-disable-next-line typescript/require-await -- it is the host that awaits it
    return async function called(this: unknown, ...args: readonly unknown[]) {
      return take(Reflect.apply(call, this, args));
    };
  }

  #run(
    task: Task,
    core: CoreFunction,
    args: Parameters<CoreFunction>,
    callback: CoreFunction | undefined,
  ): Results {
    this.#running.push(task);
    let packed = core(...args) as number;
    if (callback !== undefined) {
      // Nothing else could run in between, so a task that yields continues at once.
      while (codeOf(packed) === YIELD) packed = callback(0, 0, 0) as number;
      if (codeOf(packed) === WAIT) throw new Trap(`a task waits: ${NO_TASKS}`);
    }
    if (!task.returned) throw new Trap('the task ended without `task.return`');
    this.#running.pop();
    this.#last = task;
    return undefined;
  }
}

/** `CallbackCode` of `CanonicalABI.md`. */
const [EXIT, YIELD, WAIT] = [0, 1, 2];

function codeOf(packed: number): number {
  const code = packed & 0xf;
  if (code !== EXIT && code !== YIELD && code !== WAIT) throw new Trap(`unsupported callback code: ${code}`);
  return code;
}

const NO_BORROWS: BorrowScope = { borrows: 0 };

function newTask(lift: PlanLift | undefined, forHost: boolean, scope: BorrowScope): Task {
  return { lift, forHost, scope, context: [0, 0], returned: false, result: undefined };
}
