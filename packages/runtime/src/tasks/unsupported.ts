import {
  CALLING,
  cannotLeave,
  type ComponentInstance,
  type CoreFunction,
  failed,
  raise,
  Trap,
} from '@wit-ts/abi';

export const NO_TASKS = 'streams, futures and tasks that wait are not part of this version';

/** Returns a function that traps, for a function whose values only tasks can pass. */
export function notLifted(name: string): () => never {
  return () => {
    throw new Trap(`${name}: ${NO_TASKS}`);
  };
}

/** Returns a core function that traps, for a built-in that may wait or that is only useful to a task that waits. */
export function notRun(what: string, instance: ComponentInstance): CoreFunction {
  return () => {
    const trap = instance.mayLeave
      ? new Trap(`the component called \`${what}\`: ${NO_TASKS}`)
      : cannotLeave();
    return raise(instance, failed(instance, trap, CALLING, what));
  };
}
