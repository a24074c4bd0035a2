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

/** In place of a function whose values only tasks can pass. */
export function notLifted(name: string): () => never {
  return () => {
    throw new Trap(`${name}: ${NO_TASKS}`);
  };
}

/** In place of a built-in that a task could wait in, or that is of use only to one that does. */
export function notRun(what: string, instance: ComponentInstance): CoreFunction {
  return () => {
    const trap = instance.mayLeave
      ? new Trap(`the component called \`${what}\`: ${NO_TASKS}`)
      : cannotLeave();
    return raise(instance, failed(instance, trap, CALLING, what));
  };
}
