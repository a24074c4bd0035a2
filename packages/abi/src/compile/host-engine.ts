import { mentionedTypes, resourcesOf } from '@wit-ts/model/layout';
import { instantiateSource } from './evaluate.ts';
import type { CoreFunction, HostEngine, HostFunction, LiftBinding, LowerBinding } from '../engine.ts';
import { hostHelpers } from '../helpers/host-helpers.ts';
import { coreSignatureOf } from '../layout/core-signature.ts';
import { emitLift } from './lift-function.ts';
import { emitLower } from './lower-function.ts';
import type { compiledResources } from './resources.ts';

type LiftFactory = (binding: LiftBinding) => HostFunction;
type LowerFactory = (binding: LowerBinding) => CoreFunction;

type Helpers = Parameters<typeof instantiateSource>[1];

const lift =
  (helpers: Helpers): HostEngine['lift'] =>
  (spec) => {
    // Invalid types are found now. The text is made when it is known which variant is needed.
    coreSignatureOf(spec.options, spec.type, 'lift');
    let own: LiftFactory | undefined;
    let set: LiftFactory | undefined;
    return {
      resources: resourcesOf(mentionedTypes(spec.type)),
      bind: (binding) => {
        if (binding.caller === undefined && binding.instance.parent === undefined) {
          own ??= instantiateSource<LiftFactory>(emitLift(spec, { entering: 'own' }), helpers);
          return own(binding);
        }
        set ??= instantiateSource<LiftFactory>(emitLift(spec, { entering: 'set' }), helpers);
        return set(binding);
      },
    };
  };

const lower =
  (helpers: Helpers): HostEngine['lower'] =>
  (spec) => {
    coreSignatureOf(spec.options, spec.type, 'lower');
    let factory: LowerFactory | undefined;
    return {
      resources: resourcesOf(mentionedTypes(spec.type)),
      bind: (binding) => {
        factory ??= instantiateSource<LowerFactory>(emitLower(spec), helpers);
        return factory(binding);
      },
    };
  };

/**
 * Returns the part of the compile engine for calls between a component and its host.
 *
 * @param resources absent for a component without resources
 */
export function compileHostEngine(resources?: typeof compiledResources): HostEngine {
  const helpers = { ...hostHelpers, ...resources?.helpers };
  return {
    lift: lift(helpers),
    lower: lower(helpers),
    resourceClass: (...types) => resources!.resourceClass(...types),
    resources: resources?.functions,
  };
}
