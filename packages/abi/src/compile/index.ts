import { instantiateSource } from './evaluate.ts';
import type { CoreFunction, Engine, HostFunction, LiftBinding, LowerBinding } from '../engine.ts';
import { flattenFunctype } from '../layout/flatten.ts';
import { mentionedTypes, resourcesOf } from '../layout/mentions.ts';
import { fuse } from './fuse/index.ts';
import { emitLift } from './lift-function.ts';
import { emitLower } from './lower-function.ts';

export type { Emitted } from './emitted.ts';
export { emitFuse, type FuseOptions } from './fuse/fuse-function.ts';
export { emitLift, type LiftOptions } from './lift-function.ts';
export { emitLower } from './lower-function.ts';
export { typeTableFunction } from './type-table-text.ts';

type LiftFactory = (binding: LiftBinding) => HostFunction;
type LowerFactory = (binding: LowerBinding) => CoreFunction;

/**
 * The engine that emits JavaScript specialised for a function type and its options. It needs a platform that lets it make
 * functions from text; under a strict content security policy use the reference engine, or transpile beforehand.
 */
export const compileEngine: Engine = {
  lift: (spec) => {
    // Types that cannot be are found out now; text is made when it is known which is needed.
    flattenFunctype(spec.options, spec.type, 'lift');
    let own: LiftFactory | undefined;
    let set: LiftFactory | undefined;
    return {
      resources: resourcesOf(mentionedTypes(spec.type)),
      bind: (binding) => {
        if (binding.caller === undefined && binding.instance.parent === undefined) {
          own ??= instantiateSource<LiftFactory>(emitLift(spec, { entering: 'own' }));
          return own(binding);
        }
        set ??= instantiateSource<LiftFactory>(emitLift(spec, { entering: 'set' }));
        return set(binding);
      },
    };
  },
  lower: (spec) => {
    flattenFunctype(spec.options, spec.type, 'lower');
    let factory: LowerFactory | undefined;
    return {
      resources: resourcesOf(mentionedTypes(spec.type)),
      bind: (binding) => {
        factory ??= instantiateSource<LowerFactory>(emitLower(spec));
        return factory(binding);
      },
    };
  },
  fuse,
};
