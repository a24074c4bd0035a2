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
 * Returns a built-in as a function that core wasm calls. What it throws ends the calling instance with a trap that the
 * guest cannot catch.
 *
 * @param name the built-in or the called function in messages
 */
export function coreFunction(
  instance: ComponentInstance,
  name: string,
  func: (...args: CoreValue[]) => CoreValue | undefined,
): CoreFunction {
  return (...args) => {
    try {
      return func(...args);
    } catch (error) {
      if (error instanceof PendingTrap) return raise(instance, error);
      return raise(instance, failed(instance, error, CALLING, name));
    }
  };
}
