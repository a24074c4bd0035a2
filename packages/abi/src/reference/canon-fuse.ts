import type { TypeDef } from '@wit-ts/model';
import { MAX_FLAT_PARAMS, MAX_FLAT_RESULTS } from '@wit-ts/model/layout';
import type { CoreFunction, FuseBinding, FuseSpec } from '../engine.ts';
import {
  ARGUMENTS,
  FINISHING,
  PASSING,
  RESULT,
  RETURNING_TO,
  RUNNING,
  enterFrom,
  raiseBetween,
  refuseLeaving,
} from '../helpers/component-calls.ts';
import { enteringSet } from '../instance.ts';
import { checkBorrows, endLends } from './host-helpers.ts';
import { CoreValueIter } from './lift-flat.ts';
import { FuseContext } from './transcode.ts';
import { liftFlatValues, lowerFlatValues } from './values.ts';

/**
 * Synchronous `canon lower` of a `canon lift` (`CanonicalABI.md`), in the order of the specification with `on_start`
 * and `on_resolve` in place.
 */
export function canonFuse(
  spec: FuseSpec,
  resources: readonly TypeDef[],
  { core, postReturn, caller, callee, ...binding }: FuseBinding,
): CoreFunction {
  const params = spec.type.params.map((param) => param.type);
  const results = spec.type.result === undefined ? [] : [spec.type.result];
  const types = new Map(resources.map((resource, index) => [resource, binding.resources[index]!]));
  const entered = enteringSet(callee.instance, caller.instance);

  return (...flatArgs) => {
    if (!caller.instance.mayLeave) refuseLeaving(caller.instance, spec.name);
    enterFrom(caller.instance, entered, spec.name);
    let step = ARGUMENTS;
    try {
      const lower = new FuseContext(spec.caller, false, types, caller);
      const lift = new FuseContext(spec.callee, false, types, callee);
      const args = liftFlatValues(lower, MAX_FLAT_PARAMS, new CoreValueIter(flatArgs), params);
      step = PASSING;
      const flat = lowerFlatValues(lift, MAX_FLAT_PARAMS, args, params);
      step = RUNNING;
      const returned = core(...flat);
      const flatResults = returned === undefined ? [] : [returned];
      if (results.length > 0) step = RESULT;
      const values = liftFlatValues(lift, MAX_FLAT_RESULTS, new CoreValueIter(flatResults), results);
      checkBorrows(lift.scope);
      if (results.length > 0) step = RETURNING_TO;
      const [result] = lowerFlatValues(lower, MAX_FLAT_RESULTS, values, results, flatArgs.at(-1));
      if (spec.callee.postReturn) {
        step = FINISHING;
        callee.instance.mayLeave = false;
        postReturn!(...flatResults);
        callee.instance.mayLeave = true;
      }
      for (let i = 0; i < entered.length; i += 1) entered[i]!.mayEnter = true;
      endLends(lower.lent);
      return result;
    } catch (error) {
      callee.instance.failure ??= error as Error;
      return raiseBetween(caller.instance, callee.instance, error, step, spec.name);
    }
  };
}
