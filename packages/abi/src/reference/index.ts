import type { Type } from '@wit-ts/model';
import { mentionedTypes, resourcesOf, waitablesOf } from '@wit-ts/model/layout';
import type { Engine, Prepared } from '../engine.ts';
import type { PreparedValues } from '../value-engine.ts';
import { ResourceHandle } from '../handle-table.ts';
import { checkCopied, checkStorable } from '../layout/checked-values.ts';
import { coreSignatureOf } from '../layout/core-signature.ts';
import { flatPassing } from '../layout/flat-values.ts';
import { resourceFunctions } from '../resource-functions.ts';
import { resourceClass } from '../resource-class.ts';
import { flatLifter, flatLowerer, type Mentioned } from './canon-flat.ts';
import { canonFuse } from './canon-fuse.ts';
import { canonLift } from './canon-lift.ts';
import { canonLower } from './canon-lower.ts';
import { flatMover, valuesCopier } from './canon-move.ts';
import { loadValues, storeValues } from './canon-values.ts';

/**
 * The engine that follows the specification heading by heading. It is slow, and the compile engine is tested against
 * it. It makes no code from text, so it works under any content security policy.
 */
export const referenceEngine: Engine = {
  handleClass: ResourceHandle,
  lift: (spec) => {
    // Invalid types are found now, and not by the first call.
    coreSignatureOf(spec.options, spec.type, 'lift');
    return prepared(mentionedTypes(spec.type), (resources, binding) => canonLift(spec, resources, binding));
  },
  lower: (spec) => {
    coreSignatureOf(spec.options, spec.type, 'lower');
    return prepared(mentionedTypes(spec.type), (resources, binding) => canonLower(spec, resources, binding));
  },
  fuse: (spec) => {
    coreSignatureOf(spec.caller, spec.type, 'lower');
    coreSignatureOf(spec.callee, spec.type, 'lift');
    return prepared(mentionedTypes(spec.type), (resources, binding) => canonFuse(spec, resources, binding));
  },
  load: (spec) => {
    checkStorable(spec, 'load');
    return preparedValues([spec.type], (mentioned, binding) => loadValues(spec, mentioned, binding));
  },
  store: (spec) => {
    checkStorable(spec, 'store');
    return preparedValues([spec.type], (mentioned, binding) => storeValues(spec, mentioned, binding));
  },
  liftFlat: (spec) => {
    flatPassing(spec.params, spec.maxFlat, spec.options, 'lift');
    return preparedValues(mentionedTypes(spec), (mentioned, binding) => flatLifter(spec, mentioned, binding));
  },
  lowerFlat: (spec) => {
    flatPassing(spec.params, spec.maxFlat, spec.options, 'lower');
    return preparedValues(mentionedTypes(spec), (mentioned, binding) =>
      flatLowerer(spec, mentioned, binding),
    );
  },
  moveFlat: (spec) => {
    flatPassing(spec.params, spec.fromMaxFlat, spec.from, 'lift');
    flatPassing(spec.params, spec.toMaxFlat, spec.to, 'lower');
    return preparedValues(mentionedTypes(spec), (mentioned, binding) => flatMover(spec, mentioned, binding));
  },
  copy: (spec) => {
    checkCopied(spec);
    return preparedValues([spec.type], (mentioned, binding) => valuesCopier(spec, mentioned, binding));
  },
  resourceClass: (_, type, name) => resourceClass(type, name),
  resources: resourceFunctions,
};

function prepared<Binding, Result>(
  types: readonly Type[],
  bind: (resources: Prepared<Binding, Result>['resources'], binding: Binding) => Result,
): Prepared<Binding, Result> {
  const resources = resourcesOf(types);
  return { resources, bind: (binding) => bind(resources, binding) };
}

function preparedValues<Binding, Result>(
  types: readonly Type[],
  bind: (mentioned: Mentioned, binding: Binding) => Result,
): PreparedValues<Binding, Result> {
  const mentioned: Mentioned = { resources: resourcesOf(types), waitables: waitablesOf(types) };
  return { ...mentioned, bind: (binding) => bind(mentioned, binding) };
}
