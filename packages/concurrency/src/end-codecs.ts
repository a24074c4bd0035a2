import { type ComponentInstance, isError, show, Trap, type WaitableCodec } from '@wit-ts/abi';
import { type CopyType, ReadableEnd, type ReadableShared } from './copy-end.ts';
import { ErrorContext } from './error-context.ts';

/**
 * Takes the readable end of a stream or future out of the table of an instance (`lift_async_value` in
 * `CanonicalABI.md`).
 *
 * @throws Trap when there is no such end at the index, or it is in use or in a waitable set
 */
export function liftEnd(instance: ComponentInstance, type: CopyType, index: number): ReadableShared {
  const end = instance.handles.get(index);
  if (!(end instanceof ReadableEnd) || end.shared.type !== type)
    throw new Trap(`handle index ${index} is not a readable end of a ${type.tag} of this type`);
  if (end.state === 'done') {
    const why =
      type.tag === 'stream' ? 'being notified that the writable end dropped' : 'previous read succeeded';
    throw new Trap(`cannot lift ${type.tag} after ${why}`);
  }
  if (end.state !== 'idle') throw new Trap(`cannot remove busy ${type.tag}`);
  if (end.inWaitableSet) throw new Trap(`cannot lift ${type.tag} while it's in a waitable set`);
  instance.handles.free(index);
  return end.shared;
}

/** Adds a readable end to the table of an instance (`lower_stream`, `lower_future`). */
export function lowerEnd(instance: ComponentInstance, shared: ReadableShared): number {
  return instance.handles.add(new ReadableEnd(shared));
}

/** Passes ends from one component to another: the value is what both share. */
export function componentEndCodec(instance: ComponentInstance, type: CopyType): WaitableCodec {
  return {
    lift: (index) => liftEnd(instance, type, index),
    lower: (shared) => lowerEnd(instance, shared as ReadableShared),
    mismatch: () => undefined,
  };
}

/** Passes error contexts, to the host as well as to components (`lift_error_context`, `lower_error_context`). */
export function errorContextCodec(instance: ComponentInstance): WaitableCodec {
  return {
    lift: (index) => {
      const found = instance.handles.get(index);
      if (found instanceof ErrorContext) return found;
      throw new Trap(`handle index ${index} is not an error context`);
    },
    lower: (value) =>
      instance.handles.add(
        value instanceof ErrorContext
          ? value
          : new ErrorContext(String((value as Error).message), { cause: value }),
      ),
    mismatch: (value) => (isError(value) ? undefined : `expected an Error, got ${show(value)}`),
  };
}
