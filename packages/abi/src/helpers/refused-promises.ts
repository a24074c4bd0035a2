import { withoutPrototype } from '@wit-ts/model';
import { drained, isMap, isSet } from './lower-values.ts';
import { isThenable } from './value-kinds.ts';

/** The number of objects in a refused value that are searched for promises. */
const MOST = 100_000;

/**
 * Makes the error for a value of the host that was refused. Nobody will wait for the promises in the value, so they are
 * marked as handled: a promise that rejects without a handler would end the process. The error's `cause` is the first
 * of them, and as soon as one of them rejects, what it rejects with.
 */
export function refusal(message: string, value: unknown): TypeError {
  const promises = promisesIn(value);
  const error =
    promises.length === 0 ? new TypeError(message) : new TypeError(message, { cause: promises[0] });
  return followed(error, promises);
}

/** Returns an error for a value that was refused, after it is made what `refusal` makes. */
export function withRejection<E extends Error>(error: E, value: unknown): E {
  const promises = promisesIn(value);
  if (promises.length > 0)
    Object.defineProperty(
      error,
      'cause',
      withoutPrototype({ value: promises[0], writable: true, configurable: true }),
    );
  return followed(error, promises);
}

function followed<E extends Error>(error: E, promises: readonly unknown[]): E {
  for (const promise of promises)
    ignoreRejection(promise, (reason) => {
      if (error.cause === promises[0]) error.cause = reason;
    });
  return error;
}

/** Marks a promise as handled, also if it rejects later. Nothing happens to any other value. */
export function ignoreRejection(value: unknown, use: (reason: unknown) => void = () => undefined): void {
  try {
    if (isThenable(value)) Promise.resolve(value).catch(use);
  } catch {
    // A proxy may throw whatever is asked of it.
  }
}

/** Returns the promises in a value, which may be cyclic. */
function promisesIn(value: unknown): readonly unknown[] {
  const found: unknown[] = [];
  // What is added to a set while it is iterated is visited, too.
  const seen = new Set([value]);
  for (const each of seen) {
    try {
      if (isThenable(each)) found.push(each);
      else for (const part of partsOf(each)) if (Object(part) === part && seen.size < MOST) seen.add(part);
    } catch {
      // A proxy or a getter may throw whatever is asked of it.
    }
  }
  return found;
}

function partsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if (isMap(value) || isSet(value)) {
    const parts: unknown[] = [];
    for (const part of value as Iterable<unknown>) if (parts.push(part) === MOST) break;
    return parts.flat();
  }
  const elements = drained.get(value) ?? value;
  return Array.isArray(elements) ? elements.slice(0, MOST) : Object.values(elements);
}
