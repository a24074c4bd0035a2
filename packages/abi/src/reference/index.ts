import type { Engine } from '../engine.ts';
import { flattenFunctype } from '../layout/flatten.ts';
import { resourcesOf, mentionedTypes } from '../layout/mentioned-types.ts';
import { canonFuse } from './canon-fuse.ts';
import { canonLift } from './canon-lift.ts';
import { canonLower } from './canon-lower.ts';

/**
 * The engine that follows the specification heading by heading: slow, and the judge of the other. It makes no code, and so
 * works under any content security policy.
 */
export const referenceEngine: Engine = {
  lift: (spec) => {
    // Types that cannot be are found out now, and not by the first call.
    flattenFunctype(spec.options, spec.type, 'lift');
    const resources = resourcesOf(mentionedTypes(spec.type));
    return { resources, bind: (binding) => canonLift(spec, resources, binding) };
  },
  lower: (spec) => {
    flattenFunctype(spec.options, spec.type, 'lower');
    const resources = resourcesOf(mentionedTypes(spec.type));
    return { resources, bind: (binding) => canonLower(spec, resources, binding) };
  },
  fuse: (spec) => {
    flattenFunctype(spec.caller, spec.type, 'lower');
    flattenFunctype(spec.callee, spec.type, 'lift');
    const resources = resourcesOf(mentionedTypes(spec.type));
    return { resources, bind: (binding) => canonFuse(spec, resources, binding) };
  },
};
