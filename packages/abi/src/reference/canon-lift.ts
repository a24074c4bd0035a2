import { argumentPaths } from '../values/argument-paths.ts';
import type { TypeDef } from '@wit-ts/model';
import { MAX_FLAT_PARAMS, MAX_FLAT_RESULTS } from '@wit-ts/model/layout';
import type { HostFunction, LiftBinding, LiftSpec } from '../engine.ts';
import { CALLING, LIFTING, LOWERING, RETURNING, failed } from '../helpers/traps.ts';
import { orThrow } from '../values/or-throw.ts';
import { TypeTableBuilder } from '../values/type-table.ts';
import { checkBorrows, enter, entered, readArguments, unlowered } from './host-helpers.ts';
import { Context } from './context.ts';
import { CoreValueIter } from './lift-flat.ts';
import { liftFlatValues, lowerFlatValues } from './values.ts';

/** Synchronous `canon lift` (`CanonicalABI.md`). */
export function canonLift(spec: LiftSpec, resources: readonly TypeDef[], binding: LiftBinding): HostFunction {
  const { type, options, name, call } = spec;
  const { core, postReturn, instance } = binding;
  const host = spec.peer !== 'component';
  const params = type.params.map((param) => param.type);
  const results = type.result === undefined ? [] : [type.result];
  const instances = entered(instance, binding.caller);
  const types = new Map(resources.map((resource, index) => [resource, binding.resources[index]!]));

  // The names of the parameters in messages.
  const names = argumentPaths(type.params, call, options.mapping);
  const builder = new TypeTableBuilder({ options, resources });
  const table = host
    ? builder.table(
        params.map((param, index) => [names[index]!, param]),
        undefined,
        undefined,
      )
    : builder.table([], undefined, undefined);

  function lifted(this: unknown, ...given: unknown[]): unknown {
    const all = call === 'method' ? [this, ...given] : given;
    const args = params.map((_, index) => all[index]);
    const cx = new Context(options, host, types, binding);
    enter(instances, name);
    let step = LOWERING;
    let lowering = true;
    let result: unknown;
    try {
      const values = host ? readArguments(table, binding.resources, args) : args;
      const flatArgs = lowerFlatValues(cx, MAX_FLAT_PARAMS, values, params);
      cx.moved.giveAway();
      step = CALLING;
      lowering = false;
      const flatResult = core(...flatArgs);
      if (type.result !== undefined) step = LIFTING;
      const flatResults = flatResult === undefined ? [] : [flatResult];
      [result] = liftFlatValues(cx, MAX_FLAT_RESULTS, new CoreValueIter(flatResults), results);
      checkBorrows(cx.scope);
      if (options.postReturn) {
        step = RETURNING;
        instance.mayLeave = false;
        postReturn!(...flatResults);
        instance.mayLeave = true;
      }
    } catch (error) {
      // What follows may fail at the end of the stack. The instance would then count as running for good.
      if (lowering && instance.mayLeave)
        for (let i = 0; i < instances.length; i += 1) instances[i]!.mayEnter = true;
      else instance.failure ??= error as Error;
      if (step === LOWERING) cx.moved.giveBack(instance, cx.scope);
      throw step === LOWERING
        ? unlowered(instances, instance, error, name, table, binding.resources, args)
        : failed(instance, error, step, name);
    }
    for (let i = 0; i < instances.length; i += 1) instances[i]!.mayEnter = true;
    return host ? orThrow(type, result, options.mapping) : result;
  }
  return lifted;
}
