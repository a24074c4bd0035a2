import type { Store } from '../store.ts';
import type { Task } from '../task.ts';

/**
 * Cancels a task when the host aborts the signal of its call. While the host can do that, the call is no deadlock.
 *
 * @returns a function that stops listening
 */
export function cancelOnAbort(store: Store, signal: AbortSignal, task: Task): () => void {
  let isListening = true;
  const stop = (): void => {
    if (!isListening) return;
    isListening = false;
    signal.removeEventListener('abort', abort);
    store.hostOperations -= 1;
    store.scheduleIfStuck();
  };
  const abort = (): void => {
    stop();
    // A function of the host may abort the signal that the component has called. The task is told afterwards.
    store.whenFree(() => cancel(store, task), task.lift.isRunning);
  };
  store.hostOperations += 1;
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort);
  return stop;
}

function cancel(store: Store, task: Task): void {
  if (task.isResolved || store.failure !== undefined) return;
  try {
    task.requestCancellation(undefined, () => store.schedule());
  } catch (error) {
    store.fail(error, task);
  }
}
