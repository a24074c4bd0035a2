import { mentionedTypes, resourcesOf } from '@wit-ts/model/layout';
import type { CoreFunction, FuseBinding, FuseSpec, Prepared } from '../../engine.ts';
import { enteringSet } from '../../instance.ts';
import { coreSignatureOf } from '../../layout/core-signature.ts';
import { allHelpers } from '../all-helpers.ts';
import { instantiateSource } from '../evaluate.ts';
import { emitFuse, type FuseOptions } from './fuse-function.ts';

type Factory = (binding: FuseBinding) => CoreFunction;

/** `FuseEngine.fuse` of the compile engine. The code is emitted when `bind` knows which instances a call enters. */
export function fuse(spec: FuseSpec): Prepared<FuseBinding, CoreFunction> {
  coreSignatureOf(spec.caller, spec.type, 'lower');
  coreSignatureOf(spec.callee, spec.type, 'lift');
  const factories = new Map<FuseOptions['entering'], Factory>();
  return {
    resources: resourcesOf(mentionedTypes(spec.type)),
    bind: (binding) => {
      const { caller, callee } = binding;
      const entering = enteringSet(callee.instance, caller.instance).length === 1 ? 'callee' : 'set';
      let factory = factories.get(entering);
      if (factory === undefined) {
        factory = instantiateSource<Factory>(emitFuse(spec, { entering }), allHelpers);
        factories.set(entering, factory);
      }
      return factory(binding);
    },
  };
}
