import { cannotLeave, type ComponentInstance, type CoreFunction, Trap } from '@wit-ts/abi';
import { waitUntil } from '../blocking.ts';
import type { Store } from '../store.ts';
import { Subtask } from '../subtask.ts';
import { coreFunction } from './core-function.ts';
import { BLOCKED } from './core-values.ts';
import { checkNotInSet } from './in-waitable-set.ts';

/** `canon subtask.cancel` (`CanonicalABI.md`): returns the state of the subtask, or `BLOCKED`. */
export function subtaskCancel(store: Store, instance: ComponentInstance, isAsync: boolean): CoreFunction {
  return coreFunction(instance, 'subtask.cancel', (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    const subtask = subtaskAt(instance, index as number);
    if (subtask.isDelivered) throw new Trap('cannot cancel a subtask which has already resolved');
    if (subtask.isCancellationRequested) throw new Trap('the subtask was told to cancel before');
    checkNotInSet(subtask);
    if (subtask.isResolved) return delivered(subtask);
    subtask.isCancellationRequested = true;
    const thread = store.current;
    let resume: (() => void) | undefined;
    let isPaused = false;
    subtask.call.cancelCallee(() => {
      isPaused = true;
      resume?.();
    });
    const finish = (): number | undefined => afterCancel(store, subtask, isAsync);
    if (isPaused || !thread.onStack) return finish();
    return store.stacks.pass((later) => (resume = later), finish);
  });
}

function afterCancel(store: Store, subtask: Subtask, isAsync: boolean): number | undefined {
  if (subtask.isResolved) return delivered(subtask);
  if (isAsync) return BLOCKED;
  const thread = store.current;
  return waitUntil(store, {
    cancellable: false,
    reason: { what: `the cancelled call of \`${subtask.name}\`` },
    // An event that the subtask has started may be pending already.
    ready: () => subtask.isResolved,
    started: () => (subtask.syncWaiter = thread),
    stopped: () => (subtask.syncWaiter = undefined),
    finish: () => delivered(subtask),
  }) as number | undefined;
}

function delivered(subtask: Subtask): number {
  subtask.takePendingEvent();
  return subtask.state;
}

/** `canon subtask.drop`. */
export function subtaskDrop(instance: ComponentInstance): CoreFunction {
  return coreFunction(instance, 'subtask.drop', (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    const subtask = subtaskAt(instance, index as number);
    instance.handles.free(index as number);
    subtask.drop();
    return undefined;
  });
}

/** @throws Trap when there is no subtask at the index */
function subtaskAt(instance: ComponentInstance, index: number): Subtask {
  const subtask = instance.handles.get(index);
  if (!(subtask instanceof Subtask)) throw new Trap(`handle index ${index >>> 0} is not a subtask`);
  return subtask;
}
