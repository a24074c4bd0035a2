import { cannotLeave, type ComponentInstance, type CoreFunction, type CoreValue, Trap } from '@wit-ts/abi';
import { ErrorContext } from '../error-context.ts';
import { coreFunction, variadicCoreFunction } from './core-function.ts';

/** Passes the message of an error context, as a string in the memory of an instance. */
export interface MessageCodec {
  lift(flat: readonly CoreValue[]): string;
  /** Stores the pointer and the length of the message at an address. */
  lower(message: string, into: CoreValue): void;
}

/** `canon error-context.new` (`CanonicalABI.md`). */
export function errorContextNew(instance: ComponentInstance, codec: MessageCodec): CoreFunction {
  return variadicCoreFunction(instance, 'error-context.new', (flat) => {
    if (!instance.mayLeave) throw cannotLeave();
    return instance.handles.add(new ErrorContext(codec.lift(flat)));
  });
}

/** `canon error-context.debug-message`. */
export function errorContextDebugMessage(instance: ComponentInstance, codec: MessageCodec): CoreFunction {
  return coreFunction(instance, 'error-context.debug-message', (index, into) => {
    if (!instance.mayLeave) throw cannotLeave();
    codec.lower(errorContextAt(instance, index as number).debugMessage, into!);
    return undefined;
  });
}

/** `canon error-context.drop`. */
export function errorContextDrop(instance: ComponentInstance): CoreFunction {
  return coreFunction(instance, 'error-context.drop', (index) => {
    if (!instance.mayLeave) throw cannotLeave();
    errorContextAt(instance, index as number);
    instance.handles.free(index as number);
    return undefined;
  });
}

/** @throws Trap when there is no error context at the index */
function errorContextAt(instance: ComponentInstance, index: number): ErrorContext {
  const found = instance.handles.get(index);
  if (!(found instanceof ErrorContext)) throw new Trap(`handle index ${index >>> 0} is not an error context`);
  return found;
}
