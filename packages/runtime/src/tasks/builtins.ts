import {
  CALLING,
  cannotLeave,
  type ComponentInstance,
  type CoreFunction,
  failed,
  type Peer,
  raise,
  Trap,
} from '@wit-ts/abi';
import type { Canon } from '@wit-ts/component';
import type { CoreRef, PlanLift } from '@wit-ts/plan';
import type { TaskReturn } from '../wiring/wiring.ts';
import { NO_TASKS, notRun } from './unsupported.ts';
import type { Task, Tasks } from './tasks.ts';

/** What `task.return` needs of its instance. */
export interface TaskReturnContext {
  readonly instance: ComponentInstance;
  /** Makes the core function that lifts the result for a caller of that kind, and passes it on. */
  lifting(peer: Peer, returned: (value: unknown) => void): CoreFunction;
  /** Returns the item behind a reference. Two references may lead to the same memory. */
  core(ref: CoreRef): unknown;
}

/** The counter has 16 bits (`CanonicalABI.md`, "canon backpressure.{inc,dec}"). */
const MAX_BACKPRESSURE = 2 ** 16;

/**
 * The built-ins of tasks, for calls that never wait. Every other built-in traps when it is called, and names itself.
 */
export class Builtins {
  readonly #tasks: Tasks;
  readonly #backpressure = new Map<ComponentInstance, number>();

  constructor(tasks: Tasks) {
    this.#tasks = tasks;
  }

  /** Makes the core function of a built-in other than `task.return`. */
  make(canon: Canon, instance: ComponentInstance): CoreFunction {
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
      default:
        return notRun(canon.tag, instance);
    }
  }

  /** @throws Trap when an asynchronous function would have to wait until the instance accepts calls again */
  checkBackpressure(instance: ComponentInstance): void {
    if ((this.#backpressure.get(instance) ?? 0) > 0) throw new Trap(`backpressure: ${NO_TASKS}`);
  }

  #count(instance: ComponentInstance, change: number): undefined {
    const count = (this.#backpressure.get(instance) ?? 0) + change;
    if (count < 0 || count === MAX_BACKPRESSURE) {
      const trap = new Trap('the backpressure counter is out of range');
      raise(instance, failed(instance, trap, CALLING, 'backpressure'));
    }
    this.#backpressure.set(instance, count);
  }

  /**
   * `canon task.return`: checks that the task may return the result, which is then lifted for the caller of the task.
   */
  taskReturn(wiring: TaskReturn, { instance, lifting, core }: TaskReturnContext): CoreFunction {
    const mismatches = new Map<PlanLift, string | undefined>();
    const mismatchWith = (lift: PlanLift): string | undefined => {
      if (!mismatches.has(lift)) mismatches.set(lift, mismatch(lift, wiring, core));
      return mismatches.get(lift);
    };
    const returned = (value: unknown): void => {
      const task = this.#tasks.current;
      task.returned = true;
      task.result = value;
    };
    let [forHost, forComponent]: (CoreFunction | undefined)[] = [];
    return (...flat) => {
      const task = this.#tasks.current;
      try {
        if (!instance.mayLeave) throw cannotLeave();
        mayReturn(task, mismatchWith);
      } catch (error) {
        return raise(instance, failed(instance, error, CALLING, 'task.return'));
      }
      if (task.forHost) return (forHost ??= lifting('host', returned))(...flat);
      return (forComponent ??= lifting('component', returned))(...flat);
    };
  }
}

/** @throws Trap when the task does not return through `task.return`, or has done so already */
function mayReturn(
  { lift, returned, scope }: Task,
  mismatchWith: (lift: PlanLift) => string | undefined,
): void {
  if (lift === undefined || !lift.options.canonical.async) {
    throw new Trap('`task.return` was called by a task that is not asynchronous');
  }
  const found = mismatchWith(lift);
  if (found !== undefined) throw new Trap(found);
  if (returned) throw new Trap('`task.return` was called a second time');
  if (scope.borrows > 0) throw new Trap('borrow handles still remain at the end of the call');
}

/**
 * Returns why a `task.return` does not belong to a lifted function. A result that needs no memory need not name one.
 */
function mismatch(
  lift: PlanLift,
  { type, stringEncoding, memory: own }: TaskReturn,
  core: (ref: CoreRef) => unknown,
): string | undefined {
  if (!isSame(lift.type.result, type)) {
    return 'invalid `task.return` signature: its type is not that of the result';
  }
  const { canonical, memory } = lift.options;
  // `LiftOptions.equal` of `definitions.py` compares the memories, and not the references to them.
  const isSameMemory = own === undefined || (memory !== undefined && core(own) === core(memory));
  if (stringEncoding === canonical.stringEncoding && isSameMemory) return undefined;
  return 'invalid `task.return` options: encoding and memory are not those of the lifted function';
}

/** Compares types, which are plain data. Resource types are the same only if they are the same object. */
function isSame(a: unknown, b: unknown, known: Map<object, Set<object>> = new Map()): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isResource(a) || isResource(b)) return false;
  // A type may contain another one many times.
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
