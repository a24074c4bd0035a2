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
import type { CoreRef, PlanLift, PlanOptions, Trampoline } from '@wit-ts/plan';
import { notRun } from './not-run.ts';
import type { Task, Tasks } from './tasks.ts';

type Builtin = Extract<Trampoline, { tag: 'builtin' }>;

/** Makes a core function that lifts its arguments and hands them on: to the host, or as components have them. */
export type Taking = (callee: HostFunction, forHost: boolean) => CoreFunction;

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

  /** The core function of a built-in. @param taking for `task.return` */
  make(builtin: Builtin, instance: ComponentInstance, taking: Taking): CoreFunction {
    const { canon } = builtin;
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
        return this.#taskReturn(builtin, instance, taking);
      default:
        return notRun(canon.tag, instance);
    }
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
  #taskReturn(builtin: Builtin, instance: ComponentInstance, taking: Taking): CoreFunction {
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
        mayReturn(task, builtin);
      } catch (error) {
        return raise(instance, failed(instance, error, CALLING, 'task.return'));
      }
      if (task.forHost) return (forHost ??= taking(put, true))(...flat);
      return (forComponent ??= taking(put, false))(...flat);
    };
  }
}

/** @throws Trap where the task is not one that returns so, or did already */
function mayReturn(task: Task, { type, options, canon }: Builtin): void {
  const { lift } = task;
  if (lift === undefined || !lift.options.canonical.async) {
    throw new Trap('`task.return` was called by a task that is not asynchronous');
  }
  if (canon.tag === 'task.return' && !isSame(lift.type.result, type)) {
    throw new Trap('invalid `task.return` signature: its type is not that of the result');
  }
  if (options === undefined || !areSame(lift, options)) {
    throw new Trap('invalid `task.return` options: encoding and memory are not those of the lifted function');
  }
  if (task.returned) throw new Trap('`task.return` was called a second time');
}

/** `LiftOptions.equal` of `definitions.py`. What needs no memory need not name the one of the parameters. */
function areSame(lift: PlanLift, { canonical, memory }: PlanOptions): boolean {
  const { options } = lift;
  return (
    options.canonical.stringEncoding === canonical.stringEncoding &&
    (memory === undefined || isSameRef(options.memory, memory))
  );
}

function isSameRef(a: CoreRef | undefined, b: CoreRef | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Types are trees of plain data, but for resources, which only are the same if they are one. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isResource(a) || isResource(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

function isResource(type: object): boolean {
  const kind: unknown = Reflect.get(type, 'kind');
  return typeof kind === 'object' && kind !== null && Reflect.get(kind, 'tag') === 'resource';
}
