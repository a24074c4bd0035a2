import {
  CALLING,
  type ComponentInstance,
  type CoreFunction,
  type CoreValue,
  failed,
  raise,
} from '@wit-ts/abi';
import { PendingTrap } from '../stack/pending-trap.ts';

/**
 * Returns a built-in of at most three parameters as a function that core wasm calls. What it throws ends the calling
 * instance with a trap that the guest cannot catch.
 *
 * @param name the built-in or the called function in messages
 */
export function coreFunction(
  instance: ComponentInstance,
  name: string,
  func: (a?: CoreValue, b?: CoreValue, c?: CoreValue) => CoreValue | undefined,
): CoreFunction {
  return (a, b, c) => {
    try {
      return func(a, b, c);
    } catch (error) {
      return trapped(instance, name, error);
    }
  };
}

/** The same for a function whose parameters depend on types: it receives them in an array. */
export function variadicCoreFunction(
  instance: ComponentInstance,
  name: string,
  func: (flat: readonly CoreValue[]) => CoreValue | undefined,
): CoreFunction {
  return (...flat) => {
    try {
      return func(flat);
    } catch (error) {
      return trapped(instance, name, error);
    }
  };
}

function trapped(instance: ComponentInstance, name: string, error: unknown): never {
  if (error instanceof PendingTrap) return raise(instance, error);
  return raise(instance, failed(instance, error, CALLING, name));
}
