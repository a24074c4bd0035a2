import type { Type } from '@wit-ts/model';
import { elementLayout } from '@wit-ts/model/layout';
import type { LoadValues, StoreValues, ValuesBinding, ValuesSpec } from '../value-engine.ts';
import { badList } from '../helpers/lift-values.ts';
import { readValues, unloaded, unstored } from '../helpers/values.ts';
import { ValuesTableBuilder } from '../values/values-table.ts';
import { boundResources, boundWaitables, type Mentioned } from './canon-flat.ts';
import { Context } from './context.ts';
import { loadListFromRange } from './load.ts';
import { storeListIntoValidRange } from './store.ts';

/** Loads values with `load_list_from_range` (`CanonicalABI.md`, "Loading"). */
export function loadValues(
  { type, options, name, peer }: ValuesSpec,
  mentioned: Mentioned,
  binding: ValuesBinding,
): LoadValues {
  const resources = boundResources(mentioned, binding.resources);
  const waitables = boundWaitables(mentioned, binding.waitables);
  return (ptr, count) => {
    const cx = new Context(options, peer !== 'component', resources, binding, waitables);
    try {
      cx.startBudget([{ kind: { tag: 'list', element: type } }]);
      return loadListFromRange(cx, ptr, count, type) as ArrayLike<unknown>;
    } catch (error) {
      throw unloaded(binding.instance, error, name);
    }
  };
}

/**
 * Stores values with `store_list_into_valid_range` (`CanonicalABI.md`, "Storing"), once the range is known to be
 * valid.
 */
export function storeValues(
  { type, options, name, peer }: ValuesSpec,
  mentioned: Mentioned,
  binding: ValuesBinding,
): StoreValues {
  const host = peer !== 'component';
  const resources = boundResources(mentioned, binding.resources);
  const waitables = boundWaitables(mentioned, binding.waitables);
  const codecs = binding.waitables ?? [];
  const list: Type = { kind: { tag: 'list', element: type } };
  const builder = new ValuesTableBuilder({ options, ...mentioned });
  const table = builder.table([], host ? list : undefined, undefined);
  return (given, ptr) => {
    const cx = new Context(options, host, resources, binding, waitables);
    try {
      const { size, alignment } = elementLayout(type, cx.address);
      const values = host ? readValues(table, binding.resources, given, codecs) : given;
      const { length } = values;
      if (ptr % alignment !== 0 || ptr + length * size > cx.memoryLength)
        badList(ptr, length * size, alignment);
      storeListIntoValidRange(cx, values, length, type, ptr);
      cx.moved.giveAway();
    } catch (error) {
      cx.moved.giveBack(binding.instance, cx.scope);
      throw unstored(binding.instance, error, name, table, binding.resources, given, codecs);
    }
  };
}
