import { allocates, type FlatSignature, flattenSyncFunctype } from '@wit-ts/model/layout';
import type { CanonicalOptions, FuncType } from '../engine.ts';

/**
 * Returns the core type of a function that is lifted or lowered synchronously (`flatten_functype`), and checks its
 * options. `taskSignatureOf` knows the rest.
 *
 * @throws TypeError when values need a memory or realloc that the options lack, which does not happen in a valid
 *   component
 */
export function coreSignatureOf(
  options: CanonicalOptions,
  type: FuncType,
  context: 'lift' | 'lower',
): FlatSignature {
  const core = flattenSyncFunctype(options, type, context);
  const params = type.params.map((param) => param.type);
  const results = type.result === undefined ? [] : [type.result];
  const lowered = context === 'lift' ? params : results;
  const needsRealloc = lowered.some(allocates) || (context === 'lift' && core.spillsParams);
  const needsMemory = core.spillsParams || core.spillsResult || [...params, ...results].some(allocates);
  if ((needsRealloc && !options.realloc) || (needsMemory && options.memory === undefined)) {
    throw new TypeError('the canonical options lack a memory or realloc');
  }
  return core;
}
