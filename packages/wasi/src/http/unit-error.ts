import { ComponentError } from '@wit-ts/runtime';

/** The error of a function whose `result` has no error type. */
export function unitError(message: string): ComponentError<undefined> {
  return new ComponentError(undefined, message);
}
