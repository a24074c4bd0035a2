import { type FlatType, allocates, sequenceLayout } from '@wit-ts/model/layout';
import type { CanonicalOptions } from '../engine.ts';
import type { FlatSpec } from '../value-engine.ts';

/** How several values are passed: as core values of these types or, if there are too many, by one address. */
export interface FlatPassing {
  readonly flat: readonly FlatType[];
  /** The values are in memory, and their address is passed. */
  readonly spills: boolean;
}

/**
 * Returns how values are passed (`lift_flat_values` and `lower_flat_values` of `CanonicalABI.md`).
 *
 * @throws TypeError when values need a memory or realloc that the options lack, which does not happen in a valid
 *   component, and when a type has no layout
 */
export function flatPassing(
  params: FlatSpec['params'],
  maxFlat: number,
  options: CanonicalOptions,
  use: 'lift' | 'lower',
): FlatPassing {
  const types = params.map((param) => param.type);
  const address = options.memory ?? 'i32';
  const { flat } = sequenceLayout(types, address).layout;
  const spills = flat === undefined || flat.length > maxFlat;
  const allocating = types.some(allocates);
  const lacksMemory = (spills || allocating) && options.memory === undefined;
  if (lacksMemory || (use === 'lower' && allocating && !options.realloc))
    throw new TypeError('the canonical options lack a memory or realloc');
  return { flat: spills ? [address] : flat, spills };
}
