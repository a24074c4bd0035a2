import { allocates, type FlatSignature, flattenFunctype as flatten } from '@wit-ts/model/layout';
import type { CanonicalOptions, FuncType } from '../engine.ts';

/**
 * Returns the core type of a function that is lifted or lowered (`flatten_functype`), and checks its options.
 *
 * @throws TypeError when values need a memory or realloc that the options lack, which does not happen in a valid
 *   component
 */
export function coreSignatureOf(
  options: CanonicalOptions,
  type: FuncType,
  context: 'lift' | 'lower',
): FlatSignature {
  const core = flatten(options, type, context);
  if (options.async) return core;
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
