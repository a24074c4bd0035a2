import type { Type } from '@wit-ts/model';
import type { CanonicalOptions, FuncType } from '../engine.ts';
import { allocates } from './contains.ts';
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

/** `flatten_functype`. @throws TypeError where values need what the options do not name, which a valid component does not do */
export function flattenFunctype(
  options: CanonicalOptions,
  type: FuncType,
  context: 'lift' | 'lower',
): CoreFuncType {
  const address = options.memory ?? 'i32';
  const params = type.params.map((param) => param.type);
  const results = type.result === undefined ? [] : [type.result];
  const paramsFlat = sequenceLayout(params, address).layout.flat;
  const resultsFlat = sequenceLayout(results, address).layout.flat;
  const most = options.async && context === 'lower' ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS;
  const spillsParams = paramsFlat === undefined || paramsFlat.length > most;
  const flatParams: readonly CoreType[] = spillsParams ? [address] : paramsFlat;
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
  const spillsResult = resultsFlat === undefined || resultsFlat.length > MAX_FLAT_RESULTS;
  const lowered = context === 'lift' ? params : results;
  const needsRealloc = lowered.some(allocates) || (context === 'lift' && spillsParams);
  const needsMemory = spillsParams || spillsResult || [...params, ...results].some(allocates);
  if ((needsRealloc && !options.realloc) || (needsMemory && options.memory === undefined)) {
    throw new TypeError('values of the function need a memory or realloc that its canonical options lack');
  }
  if (!spillsResult) return { params: flatParams, results: resultsFlat, spillsParams, spillsResult };
  return context === 'lift'
    ? { params: flatParams, results: [address], spillsParams, spillsResult }
    : { params: [...flatParams, address], results: [], spillsParams, spillsResult };
}
