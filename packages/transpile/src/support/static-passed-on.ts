import { passOn } from '@wit-ts/abi/helpers';
import type { FuncType, HostFunction, ResourceType } from '@wit-ts/abi';

/** Does what `passedOn` of the runtime does for a function whose type has its table as `code`. */
export function staticPassedOn(
  type: FuncType & { readonly code: Parameters<typeof passOn>[0] },
  name: string,
  call: (...args: readonly unknown[]) => unknown,
  resourceTypes: () => readonly ResourceType[],
): HostFunction {
  return passOn(type.code, name, call, resourceTypes());
}
