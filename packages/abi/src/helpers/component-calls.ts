import type { ComponentInstance } from '../instance.ts';
import { Trap } from '../trap.ts';
import { asTrap, cannotEnter, cannotLeave, raise } from './traps.ts';

/** The step of a call from one component to another at which an error is thrown. */
export const ARGUMENTS = 0;
export const PASSING = 1;
export const RUNNING = 2;
export const RESULT = 3;
export const RETURNING_TO = 4;
export const FINISHING = 5;

/** Ends a call because the caller may not leave its instance. */
export function refuseLeaving(caller: ComponentInstance, name: string): never {
  return raise(caller, asTrap(cannotLeave(), `${caller.name} calling \`${name}\``));
}

/** Ends a call because the callee, or an instance around it, is running or has trapped. */
export function refuseEntering(caller: ComponentInstance, entered: ComponentInstance, name: string): never {
  return raise(caller, cannotEnter(entered, name));
}

/** Marks the instances as running, or ends the call if one of them may not be entered. */
export function enterFrom(
  caller: ComponentInstance,
  instances: readonly ComponentInstance[],
  name: string,
): void {
  for (const instance of instances) if (!instance.mayEnter) refuseEntering(caller, instance, name);
  for (let i = 0; i < instances.length; i += 1) instances[i]!.mayEnter = false;
}

/** Ends a call with a trap after it entered the callee. Caller and callee are unusable from now on. */
export function raiseBetween(
  caller: ComponentInstance,
  callee: ComponentInstance,
  error: unknown,
  step: number,
  name: string,
): never {
  const trap = asTrap(error, where(caller, callee, step, name));
  // The caller has noted the error itself, in case that making a better one fails.
  if (callee.failure === error) callee.failure = trap;
  callee.failure ??= trap;
  return raise(caller, trap);
}

function where(caller: ComponentInstance, callee: ComponentInstance, step: number, name: string): string {
  const func = `\`${name}\``;
  switch (step) {
    case ARGUMENTS:
      return `lifting the arguments of ${func} for ${caller.name}`;
    case PASSING:
      return `lowering the arguments of ${func} of ${callee.name}`;
    case RESULT:
      return `lifting the result of ${func} of ${callee.name}`;
    case RETURNING_TO:
      return `lowering the result of ${func} for ${caller.name}`;
    case FINISHING:
      return `in the post-return of ${func} of ${callee.name}`;
    default:
      return `running ${func} of ${callee.name}`;
  }
}

/** Traps for bits that are not a character (`convert_i32_to_char`). */
export function badChar(): never {
  throw new Trap('invalid `char` bit pattern');
}
