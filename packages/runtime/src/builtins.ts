import {
  CALLING,
  cannotLeave,
  type ComponentInstance,
  type CoreFunction,
  failed,
  raise,
  Trap,
} from '@wit-ts/abi';
import type { Canon } from '@wit-ts/component';

/** `CanonicalABI.md`, "canon backpressure.{inc,dec}": the counter is one of 16 bits. */
const MAX_BACKPRESSURE = 2 ** 16;

/** Built-ins that may be called even while the instance may not leave. */
const ALWAYS: ReadonlySet<string> = new Set(['context.get', 'context.set']);

/**
 * The built-ins of concurrency, as far as synchronous calls reach: a component that brings them runs as long as it does not
 * need a task to wait. One that does is told so by a trap that names the built-in.
 */
export class Builtins {
  readonly #backpressure = new Map<ComponentInstance, number>();

  /** The core function of a built-in. */
  make(canon: Canon, instance: ComponentInstance): CoreFunction {
    switch (canon.tag) {
      case 'backpressure.inc':
        return () => this.#count(instance, 1);
      case 'backpressure.dec':
        return () => this.#count(instance, -1);
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
}

/** In place of a built-in, or of an asynchronous `canon lower`, that needs tasks. */
export function notRun(what: string, instance: ComponentInstance): CoreFunction {
  return () => {
    const mayLeave = instance.mayLeave || ALWAYS.has(what);
    const trap = mayLeave ? new Trap(`the component called \`${what}\`: ${NO_TASKS}`) : cannotLeave();
    return raise(instance, failed(instance, trap, CALLING, what));
  };
}

export const NO_TASKS = 'asynchronous tasks are not run by this version';
