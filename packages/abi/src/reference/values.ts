import type { Type } from '@wit-ts/model';
import { sequenceLayout } from '@wit-ts/model/layout';
import { Trap } from '../trap.ts';
import type { Context } from './context.ts';
import { CoreValueIter, flatCount, liftFlat } from './lift-flat.ts';
import { loadAll } from './load.ts';
import { address, lowerFlat } from './lower-flat.ts';
import { storeAll } from './store.ts';

/** `lift_flat_values` (`CanonicalABI.md`, "Lifting and Lowering Values"). @throws Trap */
export function liftFlatValues(
  cx: Context,
  maxFlat: number,
  source: CoreValueIter,
  types: readonly Type[],
): unknown[] {
  cx.startBudget(types);
  if (flatCount(cx, types) <= maxFlat) return types.map((type) => liftFlat(cx, source, type));
  const ptr = cx.pointer(source.next(cx.address));
  checkAddress(cx, ptr, types);
  return loadAll(cx, ptr, types);
}

/** `lower_flat_values`. `out` is the address for values that are not passed as core values. @throws Trap */
export function lowerFlatValues(
  cx: Context,
  maxFlat: number,
  values: readonly unknown[],
  types: readonly Type[],
  out?: number | bigint,
): (number | bigint)[] {
  if (flatCount(cx, types) <= maxFlat)
    return types.flatMap((type, index) => lowerFlat(cx, values[index], type));
  const { size, alignment } = sequenceLayout(types, cx.address).layout;
  const ptr = out === undefined ? cx.allocate(alignment, size) : cx.pointer(out);
  checkAddress(cx, ptr, types);
  storeAll(cx, values, types, ptr);
  return out === undefined ? [address(cx, ptr)] : [];
}

function checkAddress(cx: Context, ptr: number, types: readonly Type[]): void {
  const { size, alignment } = sequenceLayout(types, cx.address).layout;
  if (ptr % alignment !== 0)
    throw new Trap(`unaligned pointer: values must start at a multiple of ${alignment}`);
  if (ptr + size > cx.memoryLength) throw new Trap('pointer out of bounds of memory');
}
