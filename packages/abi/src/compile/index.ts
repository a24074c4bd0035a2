import { instantiateSource } from './evaluate.ts';
import type { CoreFunction, Engine, HostFunction, LiftBinding, LowerBinding } from '../engine.ts';
import { emitLift } from './lift-function.ts';
import { emitLower } from './lower-function.ts';

export type { Emitted } from './emitted.ts';
export { emitLift, type LiftOptions } from './lift-function.ts';
export { emitLower } from './lower-function.ts';

type LiftFactory = (binding: LiftBinding) => HostFunction;
type LowerFactory = (binding: LowerBinding) => CoreFunction;

/**
 * The engine that emits JavaScript specialised for a function type and its options. It needs a platform that lets it make
 * functions from text; under a strict content security policy use the reference engine, or transpile beforehand.
 */
export const compileEngine: Engine = {
  lift: (spec) => {
    const general = emitLift(spec);
    let own: LiftFactory | undefined;
    let set: LiftFactory | undefined;
    return {
      resources: general.resources,
      bind: (binding) => {
        if (binding.caller === undefined && binding.instance.parent === undefined) {
          own ??= instantiateSource<LiftFactory>(emitLift(spec, { entering: 'own' }));
          return own(binding);
        }
        set ??= instantiateSource<LiftFactory>(general);
        return set(binding);
      },
    };
  },
  lower: (spec) => {
    const emitted = emitLower(spec);
    let factory: LowerFactory | undefined;
    return {
      resources: emitted.resources,
      bind: (binding) => {
        factory ??= instantiateSource<LowerFactory>(emitted);
        return factory(binding);
      },
    };
  },
};
