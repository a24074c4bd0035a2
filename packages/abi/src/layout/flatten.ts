import type { Type } from '@wit-ts/model';
import type { CanonicalOptions, FuncType } from '../engine.ts';
import {
  MAX_FLAT_ASYNC_PARAMS,
  MAX_FLAT_PARAMS,
  MAX_FLAT_RESULTS,
  layoutOf,
  sequenceLayout,
  type AddressType,
  type CoreType,
} from './layout.ts';

/** A core function type, and whether parameters and results go through memory. */
export interface CoreFuncType {
  readonly params: readonly CoreType[];
  readonly results: readonly CoreType[];
  /** The parameters lie in memory, and their address is passed. */
  readonly spillsParams: boolean;
  /** The result lies in memory: lift gets its address back, lower is told where to put it. */
  readonly spillsResult: boolean;
}

/**
 * `CanonicalABI.md`, "Flattening": the core values of a type, or `undefined` where there are more than
 * `MAX_FLAT_PARAMS`, which no function passes as core values.
 */
export function flattenType(type: Type, address: AddressType): readonly CoreType[] | undefined {
  return layoutOf(type, address).flat;
}

/** `flatten_functype`. */
export function flattenFunctype(
  options: CanonicalOptions,
  type: FuncType,
  context: 'lift' | 'lower',
): CoreFuncType {
  const address = options.memory ?? 'i32';
  const params = sequenceLayout(
    type.params.map((param) => param.type),
    address,
  ).layout.flat;
  const results = type.result === undefined ? [] : layoutOf(type.result, address).flat;
  const most = options.async && context === 'lower' ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS;
  const spillsParams = params === undefined || params.length > most;
  const flatParams: readonly CoreType[] = spillsParams ? [address] : params;
  if (options.async) {
    if (context === 'lift') {
      return {
        params: flatParams,
        results: options.callback ? ['i32'] : [],
        spillsParams,
        spillsResult: false,
      };
    }
    const spillsResult = type.result !== undefined;
    return {
      params: spillsResult ? [...flatParams, address] : flatParams,
      results: ['i32'],
      spillsParams,
      spillsResult,
    };
  }
  const spillsResult = results === undefined || results.length > MAX_FLAT_RESULTS;
  if (!spillsResult) return { params: flatParams, results, spillsParams, spillsResult };
  return context === 'lift'
    ? { params: flatParams, results: [address], spillsParams, spillsResult }
    : { params: [...flatParams, address], results: [], spillsParams, spillsResult };
}
