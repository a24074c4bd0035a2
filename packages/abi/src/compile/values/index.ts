import type { Type } from '@wit-ts/model';
import { resourcesOf } from '@wit-ts/model/layout';
import type { Prepared, ValueEngine } from '../../engine.ts';
import { checkStorable, flattenTaskReturn } from '../../layout/checked-values.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { allHelpers } from '../all-helpers.ts';
import { instantiateSource } from '../evaluate.ts';
import { emitLoad } from './load-values.ts';
import { emitStore } from './store-values.ts';
import { emitTaskReturn } from './task-return.ts';

/** The part of the compile engine that loads and stores values outside of calls, as emitted JavaScript. */
export const compileValueEngine: ValueEngine = {
  load: (spec) => {
    checkStorable(spec, 'load');
    return prepared([spec.type], () => emitLoad(spec));
  },
  store: (spec) => {
    checkStorable(spec, 'store');
    return prepared([spec.type], () => emitStore(spec));
  },
  taskReturn: (spec) => {
    flattenTaskReturn(spec.options, spec.type);
    return prepared(spec.type === undefined ? [] : [spec.type], () => emitTaskReturn(spec));
  },
};

/** Text is made when the first instance binds it. */
function prepared<Binding, Result>(
  types: readonly Type[],
  emit: () => EmittedFactory,
): Prepared<Binding, Result> {
  let factory: ((binding: Binding) => Result) | undefined;
  return {
    resources: resourcesOf(types),
    bind: (binding) => {
      factory ??= instantiateSource<(binding: Binding) => Result>(emit(), allHelpers);
      return factory(binding);
    },
  };
}
