import type { Type } from '@wit-ts/model';
import { mentionedTypes, resourcesOf } from '@wit-ts/model/layout';
import type { Engine, Prepared } from '../engine.ts';
import { ResourceHandle } from '../handle-table.ts';
import { checkStorable, flattenTaskReturn } from '../layout/checked-values.ts';
import { coreSignatureOf } from '../layout/core-signature.ts';
import { resourceClass } from '../resource-class.ts';
import { canonFuse } from './canon-fuse.ts';
import { canonLift } from './canon-lift.ts';
import { canonLower } from './canon-lower.ts';
import { canonTaskReturn, loadValues, storeValues } from './canon-values.ts';

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
    return prepared([spec.type], (resources, binding) => loadValues(spec, resources, binding));
  },
  store: (spec) => {
    checkStorable(spec, 'store');
    return prepared([spec.type], (resources, binding) => storeValues(spec, resources, binding));
  },
  taskReturn: (spec) => {
    flattenTaskReturn(spec.options, spec.type);
    const types = spec.type === undefined ? [] : [spec.type];
    return prepared(types, (resources, binding) => canonTaskReturn(spec, resources, binding));
  },
  resourceClass: (_, type, name) => resourceClass(type, name),
};

function prepared<Binding, Result>(
  types: readonly Type[],
  bind: (resources: Prepared<Binding, Result>['resources'], binding: Binding) => Result,
): Prepared<Binding, Result> {
  const resources = resourcesOf(types);
  return { resources, bind: (binding) => bind(resources, binding) };
}
