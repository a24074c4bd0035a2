import type { Type, TypeDef } from '@wit-ts/model';
import type { FlatBinding, FlatSpec, LiftFlat, LowerFlat, WaitableCodec } from '../value-engine.ts';
import { asTrap } from '../helpers/traps.ts';
import { readFlat, unloweredFlat } from '../helpers/flat-values.ts';
import type { ResourceType } from '../resource-type.ts';
import { flatTable } from '../values/flat-table.ts';
import { liftingText, loweringText } from '../values/passing-text.ts';
import { Context } from './context.ts';
import { CoreValueIter } from './lift-flat.ts';
import { liftFlatValues, lowerFlatValues } from './values.ts';

/** The resource types and the waitables that types mention, in the order in which a binding has them. */
export interface Mentioned {
  readonly resources: readonly TypeDef[];
  readonly waitables: readonly Type[];
}

/** `lift_flat_values` (`CanonicalABI.md`, "Lifting and Lowering Values"). */
export function flatLifter(spec: FlatSpec, mentioned: Mentioned, binding: FlatBinding): LiftFlat {
  const types = spec.params.map((param) => param.type);
  const resources = boundResources(mentioned, binding.resources);
  const waitables = boundWaitables(mentioned, binding.waitables);
  return (flat, lent) => {
    const cx = new Context(
      spec.options,
      spec.peer !== 'component',
      resources,
      { ...binding, lent },
      waitables,
    );
    try {
      return liftFlatValues(cx, spec.maxFlat, new CoreValueIter(flat), types);
    } catch (error) {
      throw asTrap(error, liftingText(spec.name, spec.what) + binding.instance.name);
    }
  };
}

/** `lower_flat_values` (`CanonicalABI.md`, "Lifting and Lowering Values"). */
export function flatLowerer(spec: FlatSpec, mentioned: Mentioned, binding: FlatBinding): LowerFlat {
  const { instance } = binding;
  const host = spec.peer !== 'component';
  const types = spec.params.map((param) => param.type);
  const resources = boundResources(mentioned, binding.resources);
  const waitables = boundWaitables(mentioned, binding.waitables);
  const where = loweringText(spec.name, spec.what);
  const table = flatTable(spec, mentioned.resources, mentioned.waitables);
  return (values, scope, into) => {
    const given = [spec.name, table, binding.resources, binding.waitables ?? [], values] as const;
    const cx = new Context(spec.options, host, resources, { ...binding, scope }, waitables);
    try {
      const read = host ? readFlat(...given) : values;
      const core = lowerFlatValues(cx, spec.maxFlat, read, types, into);
      cx.moved.giveAway();
      return core;
    } catch (error) {
      if (!host) throw asTrap(error, where + instance.name);
      cx.moved.giveBack(instance, scope);
      throw unloweredFlat(instance, error, where, ...given);
    }
  };
}

export function boundResources(
  { resources }: Mentioned,
  bound: readonly ResourceType[],
): ReadonlyMap<TypeDef, ResourceType> {
  return new Map(resources.map((resource, index) => [resource, bound[index]!]));
}

export function boundWaitables(
  { waitables }: Mentioned,
  bound: readonly WaitableCodec[] | undefined,
): ReadonlyMap<Type, WaitableCodec> {
  return new Map(waitables.map((type, index) => [type, bound![index]!]));
}
