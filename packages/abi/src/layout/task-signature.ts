import { type FlatSignature, flattenFunctype } from '@wit-ts/model/layout';
import type { CanonicalOptions, FuncType } from '../engine.ts';
import { coreSignatureOf } from './core-signature.ts';

/**
 * Returns the core type of a function that is lifted or lowered, synchronously or not, and checks its options if it is
 * synchronous.
 *
 * @throws TypeError like `coreSignatureOf`
 */
export function taskSignatureOf(
  options: CanonicalOptions,
  type: FuncType,
  context: 'lift' | 'lower',
): FlatSignature {
  return options.async ? flattenFunctype(options, type, context) : coreSignatureOf(options, type, context);
}
