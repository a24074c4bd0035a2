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
  checkOptions(options, type, context, spillsParams, spillsResult);
  if (!spillsResult) return { params: flatParams, results, spillsParams, spillsResult };
  return context === 'lift'
    ? { params: flatParams, results: [address], spillsParams, spillsResult }
    : { params: [...flatParams, address], results: [], spillsParams, spillsResult };
}

/** @throws TypeError where values need what the options do not name, which a valid component does not do */
function checkOptions(
  { memory, realloc }: CanonicalOptions,
  { params, result }: FuncType,
  context: 'lift' | 'lower',
  spillsParams: boolean,
  spillsResult: boolean,
): void {
  const allocatesParams = params.some((param) => allocates(param.type));
  const allocatesResult = result !== undefined && allocates(result);
  const lowered = context === 'lift' ? allocatesParams || spillsParams : allocatesResult;
  const needsMemory = allocatesParams || allocatesResult || spillsParams || spillsResult;
  const missing =
    needsMemory && memory === undefined ? 'memory' : lowered && !realloc ? 'realloc' : undefined;
  if (missing !== undefined)
    throw new TypeError(`the canonical options have no ${missing}, which the function's values need`);
}
