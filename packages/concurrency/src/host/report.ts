import { type ComponentInstance, isError, show } from '@wit-ts/abi';
import type { Store } from '../store.ts';

/**
 * Reports that the host's own source of a stream threw. The reader cannot be told: in WIT a stream ends, and what went
 * wrong is passed beside it. So the host is told, and without an option for it, the console.
 *
 * @param name the function that passed the stream
 * @param instance the instance that received it
 */
export function reportSourceError(
  store: Store,
  name: string,
  instance: ComponentInstance,
  error: unknown,
): void {
  const message = isError(error) ? error.message : show(error);
  const what = `${name} of ${instance.name}: a stream ended early, because the host's source of it threw: ${message}`;
  store.listeners.report(new Error(what, { cause: error }));
}
