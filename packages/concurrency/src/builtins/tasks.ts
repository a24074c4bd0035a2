import { cannotLeave, type ComponentInstance, type CoreFunction, Trap } from '@wit-ts/abi';
import type { Store } from '../store.ts';
import { coreFunction, variadicCoreFunction } from './core-function.ts';

/** `canon context.get` (`CanonicalABI.md`): reads thread-local storage. */
export function contextGet(store: Store, slot: number, type: string): CoreFunction {
  const zero = type === 'i64' ? 0n : 0;
  return slot === 0 ? () => store.current.slot0 || zero : () => store.current.slot1 || zero;
}

/** `canon context.set`. */
export function contextSet(store: Store, slot: number): CoreFunction {
  return (value) => {
    if (slot === 0) store.current.slot0 = value!;
    else store.current.slot1 = value!;
    return undefined;
  };
}

/** `canon backpressure.inc` and `canon backpressure.dec`. */
export function backpressure(store: Store, instance: ComponentInstance, change: 1 | -1): CoreFunction {
  const state = store.instanceTasks(instance);
  return coreFunction(instance, change === 1 ? 'backpressure.inc' : 'backpressure.dec', () => {
    state.countBackpressure(change);
    return undefined;
  });
}

/**
 * `canon task.return`.
 *
 * @param returns what the function must have been lifted with; equal declarations are the same object
 */
export function taskReturn(store: Store, instance: ComponentInstance, returns: ReturnsCheck): CoreFunction {
  return variadicCoreFunction(instance, 'task.return', (flat) => {
    if (!instance.mayLeave) throw cannotLeave();
    const { task } = store.current;
    if (!task.lift.isAsync) throw new Trap('`task.return` was called by a task that is not asynchronous');
    const mismatch = returns(task.lift.returns);
    if (mismatch !== undefined) throw new Trap(mismatch);
    task.return(flat);
    return undefined;
  });
}

/** Says why a `task.return` does not belong to a lifted function, if it does not. */
type ReturnsCheck = (returns: object) => string | undefined;

/** `canon task.cancel`. */
export function taskCancel(store: Store, instance: ComponentInstance): CoreFunction {
  return coreFunction(instance, 'task.cancel', () => {
    if (!instance.mayLeave) throw cannotLeave();
    const { task } = store.current;
    if (!task.lift.isAsync) throw new Trap('`task.cancel` was called by a task that is not asynchronous');
    task.cancel();
    return undefined;
  });
}
