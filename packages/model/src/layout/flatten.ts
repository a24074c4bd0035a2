import type { Func, Type } from '../types.ts';
import {
  type AddressType,
  type FlatType,
  layoutOf,
  MAX_FLAT_PARAMS,
  MAX_FLAT_RESULTS,
  sequenceLayout,
} from './layout.ts';

/** A core function type, and whether parameters and results go through memory. */
export interface FlatSignature {
  readonly params: readonly FlatType[];
  readonly results: readonly FlatType[];
  /** The parameters lie in memory, and their address is passed. */
  readonly spillsParams: boolean;
  /**
   * The result lies in memory: a lifted function returns its address, a lowered one is passed the address to store it
   * at.
   */
  readonly spillsResult: boolean;
}

/**
 * Returns the core types of a type's values (`CanonicalABI.md`, "Flattening"), or `undefined` when there are more than
 * `MAX_FLAT_PARAMS`: such a value always goes through memory.
 */
export function flattenType(type: Type, address: AddressType): readonly FlatType[] | undefined {
  return layoutOf(type, address).flat;
}

/**
 * Returns the core type of a function that is lifted or lowered synchronously. `flattenFunctype` knows the rest.
 *
 * @param memory the address type of the memory; i32 when there is none
 * @throws TypeError when a type has no layout; see `layoutOf`
 */
export function flattenSyncFunctype(
  { memory: address = 'i32' }: { readonly memory?: AddressType },
  type: Pick<Func, 'params' | 'result'>,
  context: 'lift' | 'lower',
): FlatSignature {
  const params = flattenTypes(
    type.params.map((param) => param.type),
    address,
  );
  const spillsParams = params === undefined || params.length > MAX_FLAT_PARAMS;
  const flatParams: readonly FlatType[] = spillsParams ? [address] : params;
  const results = flattenTypes(type.result === undefined ? [] : [type.result], address);
  if (results !== undefined && results.length <= MAX_FLAT_RESULTS) {
    return { params: flatParams, results, spillsParams, spillsResult: false };
  }
  return context === 'lift'
    ? { params: flatParams, results: [address], spillsParams, spillsResult: true }
    : { params: [...flatParams, address], results: [], spillsParams, spillsResult: true };
}

/** Returns the core types of several values, or `undefined` when there are more than `MAX_FLAT_PARAMS`. */
export function flattenTypes(types: readonly Type[], address: AddressType): readonly FlatType[] | undefined {
  return sequenceLayout(types, address).layout.flat;
}
