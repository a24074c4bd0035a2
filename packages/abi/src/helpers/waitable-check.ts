import type { WaitableCodec } from '../value-engine.ts';
import type { WaitableCheck } from './host-value-reader.ts';

/** Checks the streams, futures and error contexts of one call, of which each can be given away only once. */
export function waitableCheck(waitables: readonly WaitableCodec[] = []): WaitableCheck {
  const taken = new Set<unknown>();
  return (index, value) => waitables[index]!.mismatch(value, taken);
}
