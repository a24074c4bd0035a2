import {
  CALLING,
  cannotLeave,
  type ComponentInstance,
  type CoreFunction,
  failed,
  type HostFunction,
  raise,
  Trap,
} from '@wit-ts/abi';
import type { CoreRef, PlanLift, Trampoline } from '@wit-ts/plan';
import { NO_TASKS, notRun } from './unsupported.ts';
import type { Task, Tasks } from './tasks.ts';

type Builtin = Extract<Trampoline, { tag: 'builtin' }>;

/** What a built-in needs of the instance that it is in. */
export interface Surroundings {
  readonly instance: ComponentInstance;
  /** Makes a core function that lifts its argument and hands it on: to the host, or as components have it. */
  taking(callee: HostFunction, forHost: boolean): CoreFunction;
  /** What stands behind a reference: two may lead to one memory. */
  core(ref: CoreRef): unknown;
}

/** `CanonicalABI.md`, "canon backpressure.{inc,dec}": the counter is one of 16 bits. */
const MAX_BACKPRESSURE = 2 ** 16;

/**
 * The built-ins of concurrency, as far as calls that never wait reach: a component that brings the others runs as long as it
 * does not need them. One that does is told so by a trap that names the built-in.
 */
export class Builtins {
  readonly #tasks: Tasks;
  readonly #backpressure = new Map<ComponentInstance, number>();

  constructor(tasks: Tasks) {
    this.#tasks = tasks;
  }

  /** The core function of a built-in. */
  make(builtin: Builtin, surroundings: Surroundings): CoreFunction {
    const { canon } = builtin;
    const { instance } = surroundings;
    switch (canon.tag) {
      case 'backpressure.inc':
        return () => this.#count(instance, 1);
      case 'backpressure.dec':
        return () => this.#count(instance, -1);
      case 'context.get': {
        const zero = canon.type === 'i64' ? 0n : 0;
        return () => this.#tasks.current.context[canon.slot] || zero;
      }
      case 'context.set':
        return (value) => {
          this.#tasks.current.context[canon.slot] = value!;
          return undefined;
        };
      case 'task.return':
        return this.#taskReturn(builtin, surroundings);
      default:
        return notRun(canon.tag, instance);
    }
  }

  /** @throws Trap where an asynchronous function would have to wait until the instance takes calls again */
  checkBackpressure(instance: ComponentInstance): void {
    if ((this.#backpressure.get(instance) ?? 0) > 0) throw new Trap(`backpressure: ${NO_TASKS}`);
  }

  #count(instance: ComponentInstance, change: number): undefined {
    const count = (this.#backpressure.get(instance) ?? 0) + change;
    if (count < 0 || count === MAX_BACKPRESSURE) {
      const trap = new Trap('the backpressure counter leaves its range');
      raise(instance, failed(instance, trap, CALLING, 'backpressure'));
    }
    this.#backpressure.set(instance, count);
  }

  /** `canon task.return`: the result is lifted for whoever called the task. */
  #taskReturn(builtin: Builtin, { instance, taking, core }: Surroundings): CoreFunction {
    const misfits = new Map<PlanLift, string | undefined>();
    const misfitOf = (lift: PlanLift): string | undefined => {
      if (!misfits.has(lift)) misfits.set(lift, misfit(lift, builtin, core));
      return misfits.get(lift);
    };
    const put = (value: unknown): void => {
      const task = this.#tasks.current;
      task.returned = true;
      task.result = value;
    };
    let [forHost, forComponent]: (CoreFunction | undefined)[] = [];
    return (...flat) => {
      const task = this.#tasks.current;
      try {
        if (!instance.mayLeave) throw cannotLeave();
        mayReturn(task, misfitOf);
      } catch (error) {
        return raise(instance, failed(instance, error, CALLING, 'task.return'));
      }
      if (task.forHost) return (forHost ??= taking(put, true))(...flat);
      return (forComponent ??= taking(put, false))(...flat);
    };
  }
}

/** @throws Trap where the task is not one that returns so, or did already */
function mayReturn({ lift, returned, scope }: Task, misfitOf: (lift: PlanLift) => string | undefined): void {
  if (lift === undefined || !lift.options.canonical.async) {
    throw new Trap('`task.return` was called by a task that is not asynchronous');
  }
  const found = misfitOf(lift);
  if (found !== undefined) throw new Trap(found);
  if (returned) throw new Trap('`task.return` was called a second time');
  if (scope.borrows > 0) throw new Trap('borrow handles still remain at the end of the call');
}

/** Why a `task.return` is not that of a lifted function. What needs no memory need not name the one of the parameters. */
function misfit(
  lift: PlanLift,
  { type, options }: Builtin,
  core: (ref: CoreRef) => unknown,
): string | undefined {
  if (!isSame(lift.type.result, type)) {
    return 'invalid `task.return` signature: its type is not that of the result';
  }
  const { canonical, memory } = lift.options;
  const isSameEncoding = options?.canonical.stringEncoding === canonical.stringEncoding;
  const own = options?.memory;
  // `LiftOptions.equal` of `definitions.py`: it is the memory that counts, and not how one came by it.
  const isSameMemory = own === undefined || (memory !== undefined && core(own) === core(memory));
  if (isSameEncoding && isSameMemory) return undefined;
  return 'invalid `task.return` options: encoding and memory are not those of the lifted function';
}

/** Types are plain data, but for resources, which only are the same if they are one. */
function isSame(a: unknown, b: unknown, known: Map<object, Set<object>> = new Map()): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isResource(a) || isResource(b)) return false;
  // A type may be a part of another many times over.
  let same = known.get(a);
  if (same?.has(b) === true) return true;
  if (same === undefined) known.set(a, (same = new Set()));
  same.add(b);
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key), known))
  );
}

function isResource(type: object): boolean {
  const kind: unknown = Reflect.get(type, 'kind');
  return typeof kind === 'object' && kind !== null && Reflect.get(kind, 'tag') === 'resource';
}
