import type { ComponentInstance } from '../instance.ts';
import { Trap } from '../trap.ts';
import { unreachable } from './unreachable.ts';
import { isError } from './value-kinds.ts';

/** The step of a call at which an error is thrown. */
export const LOWERING = 0;
export const CALLING = 1;
export const LIFTING = 2;
export const LOWERING_ERROR = 3;
export const RETURNING = 4;

/** The steps of a lifted function, as messages of traps describe them. */
const STEPS: Readonly<Record<number, string>> = {
  [LOWERING]: 'lowering the arguments of',
  [CALLING]: 'running',
  [LIFTING]: 'lifting the result of',
  [RETURNING]: 'in the post-return of',
};

export function cannotEnter(instance: ComponentInstance, name: string): Trap {
  const { failure } = instance;
  const reason = failure === undefined ? 'it is running' : `it failed before: ${failure.message}`;
  return new Trap(`cannot enter component instance: ${reason} (calling ${qualified(name, instance)})`, {
    cause: failure,
  });
}

export function cannotLeave(): Trap {
  return new Trap('cannot leave component instance');
}

/**
 * Returns the error that a lifted function throws when the component failed. The instance is unusable from now on.
 *
 * @param step the step of the call that failed
 */
export function failed(instance: ComponentInstance, error: unknown, step: number, name: string): Error {
  const trap = asTrap(error, `${STEPS[step]} ${qualified(name, instance)}`);
  // The caller has noted the error itself, in case that making a better one fails.
  const failure = instance.failure === error ? trap : (instance.failure ?? trap);
  instance.failure = failure;
  close(instance, failure);
  return failure;
}

/** Marks an instance and the instances around it as failed. They report the same error when they are called again. */
function close(instance: ComponentInstance, error: Error): void {
  for (let at: ComponentInstance | undefined = instance; at !== undefined; at = at.parent) {
    at.failure ??= error;
    at.mayEnter = false;
  }
}

function qualified(name: string, instance: ComponentInstance): string {
  return `\`${name}\` of ${instance.name}`;
}

/**
 * Errors whose message already says where they happened. They keep that message when they pass through other
 * instances.
 */
export const withLocation = new WeakSet<Error>();

/**
 * Turns an error that left core wasm into a trap that says where it happened, or returns the reason why the call was
 * ended. The wasm stack is the stack of the cause, or of the trap itself if JavaScript found it.
 */
export function asTrap(error: unknown, where: string): Error {
  const reason = reasonOf(error);
  if (withLocation.has(reason as Error)) return reason as Error;
  let trap: Trap;
  try {
    trap = trapOf(reason, where);
  } catch {
    trap = new Trap(`an exception that cannot be read left the component (${where})`, { cause: error });
  }
  withLocation.add(trap);
  return trap;
}

function trapOf(error: unknown, where: string): Trap {
  if (error instanceof Trap) {
    const { cause, code } = error;
    return new Trap(`${error.message} (${where})`, { cause, code });
  }
  const what =
    error instanceof WebAssembly.RuntimeError || error instanceof RangeError
      ? `wasm trap: ${error.message}`
      : `an exception left the component: ${isError(error) ? error.message : 'an exception that the component did not catch'}`;
  return new Trap(`${what} (${where})`, { cause: error });
}

/** The reasons why calls were ended, by the trap that ended each. */
const reasons = new WeakMap<object, Error>();

/** Ends a call out of a component with a trap that the component cannot catch. */
export function raise(instance: ComponentInstance, error: Error): never {
  withLocation.add(error);
  close(instance, error);
  try {
    // A guest's `catch_all` could catch a JavaScript error. It cannot catch a trap, which also stays a trap when it
    // is rethrown.
    unreachable()();
  } catch (trap) {
    reasons.set(trap as object, error);
    throw trap;
  }
  throw error;
}

let findReason: ((error: unknown) => Error | undefined) | undefined;

/** Gives `reasonOf` another source: what `find` knows of traps that code of guests was rewritten to cause. */
export function addReasons(find: (error: unknown) => Error | undefined): void {
  findReason = find;
}

/** Returns the reason behind an error that left core wasm: the trap of `raise` itself does not contain it. */
export function reasonOf(error: unknown): unknown {
  return reasons.get(error as object) ?? findReason?.(error) ?? error;
}
