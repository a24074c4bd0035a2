import type { Type } from '@wit-ts/model';
import type { CopySpec, CopyValues, MoveBinding, MoveFlat, MoveSpec } from '../value-engine.ts';
import { asTrap } from '../helpers/traps.ts';
import { liftingText, loadingText, loweringText, storingText } from '../values/passing-text.ts';
import { boundResources, boundWaitables, type Mentioned } from './canon-flat.ts';
import { CoreValueIter } from './lift-flat.ts';
import { loadListFromValidRange } from './load.ts';
import { storeListIntoValidRange } from './store.ts';
import { FuseContext } from './transcode.ts';
import { liftFlatValues, lowerFlatValues } from './values.ts';

/** `lift_flat_values` of one component, and `lower_flat_values` of another one, for the same values. */
export function flatMover(spec: MoveSpec, mentioned: Mentioned, binding: MoveBinding): MoveFlat {
  const { from, to } = binding;
  const types = spec.params.map((param) => param.type);
  const resources = boundResources(mentioned, binding.resources);
  const [taken, given] = [from, to].map((party) => boundWaitables(mentioned, party.waitables));
  return (flat, lent, scope, into) => {
    let values: unknown[];
    try {
      const cx = new FuseContext(spec.from, false, resources, { ...from, lent }, taken);
      values = liftFlatValues(cx, spec.fromMaxFlat, new CoreValueIter(flat), types);
    } catch (error) {
      throw asTrap(error, liftingText(spec.name, spec.what) + from.instance.name);
    }
    try {
      const cx = new FuseContext(spec.to, false, resources, { ...to, scope }, given);
      return lowerFlatValues(cx, spec.toMaxFlat, values, types, into);
    } catch (error) {
      throw asTrap(error, loweringText(spec.name, spec.what) + to.instance.name);
    }
  };
}

/** `load_list_from_valid_range` of one component, and `store_list_into_valid_range` of another one. */
export function valuesCopier(spec: CopySpec, mentioned: Mentioned, binding: MoveBinding): CopyValues {
  const { from, to } = binding;
  const { type, name } = spec;
  const list: Type = { kind: { tag: 'list', element: type } };
  const resources = boundResources(mentioned, binding.resources);
  const [taken, given] = [from, to].map((party) => boundWaitables(mentioned, party.waitables));
  return (source, target, count) => {
    let values: unknown[];
    try {
      const cx = new FuseContext(spec.from, false, resources, from, taken);
      cx.startBudget([list]);
      values = loadListFromValidRange(cx, source, count, type);
    } catch (error) {
      throw asTrap(error, loadingText(name) + from.instance.name);
    }
    try {
      const cx = new FuseContext(spec.to, false, resources, to, given);
      storeListIntoValidRange(cx, values, count, type, target);
    } catch (error) {
      throw asTrap(error, storingText(name) + to.instance.name);
    }
  };
}
