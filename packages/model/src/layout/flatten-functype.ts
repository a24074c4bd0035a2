import type { Func } from '../types.ts';
import { type FlatSignature, flattenSyncFunctype, flattenTypes } from './flatten.ts';
import { type AddressType, type FlatType, MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS } from './layout.ts';

/** The canonical options that decide on a function's core type. */
export interface FlatteningOptions {
  /** The address type of the memory; i32 when there is none. */
  readonly memory?: AddressType;
  readonly async: boolean;
  readonly callback: boolean;
}

/**
 * Returns the core type of a function that is lifted or lowered (`flatten_functype`).
 *
 * @throws TypeError when a type has no layout; see `layoutOf`
 */
export function flattenFunctype(
  options: FlatteningOptions,
  type: Pick<Func, 'params' | 'result'>,
  context: 'lift' | 'lower',
): FlatSignature {
  if (!options.async) return flattenSyncFunctype(options, type, context);
  const address = options.memory ?? 'i32';
  const params = flattenTypes(
    type.params.map((param) => param.type),
    address,
  );
  const most = context === 'lower' ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS;
  const spillsParams = params === undefined || params.length > most;
  const flatParams: readonly FlatType[] = spillsParams ? [address] : params;
  if (context === 'lift') {
    const results: readonly FlatType[] = options.callback ? ['i32'] : [];
    return { params: flatParams, results, spillsParams, spillsResult: false };
  }
  const spillsResult = type.result !== undefined;
  return {
    params: spillsResult ? [...flatParams, address] : flatParams,
    results: ['i32'],
    spillsParams,
    spillsResult,
  };
}
