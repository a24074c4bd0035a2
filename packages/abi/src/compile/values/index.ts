import type { Type } from '@wit-ts/model';
import { mentionedTypes, resourcesOf, waitablesOf } from '@wit-ts/model/layout';
import type {
  CopySpec,
  CopyValues,
  MoveBinding,
  MoveFlat,
  MoveSpec,
  PreparedValues,
  ValueEngine,
} from '../../value-engine.ts';
import { checkCopied, checkStorable } from '../../layout/checked-values.ts';
import { flatPassing } from '../../layout/flat-values.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { allHelpers } from '../all-helpers.ts';
import { instantiateSource } from '../evaluate.ts';
import { emitCopyValues } from './copy-values.ts';
import { emitLiftFlat } from './lift-flat.ts';
import { emitLoad } from './load-values.ts';
import { emitLowerFlat } from './lower-flat.ts';
import { emitMoveFlat } from './move-flat.ts';
import { copyBytesWithin, copyThrough, moveThrough, passing } from '../../values/pass-within.ts';
import { emitCopyWithin, emitMoveWithin } from './same-instance.ts';
import { emitStore } from './store-values.ts';

/** The part of the compile engine for tasks, streams and futures: it passes values by emitted JavaScript. */
export const compileValueEngine: ValueEngine = {
  load: (spec) => {
    checkStorable(spec, 'load');
    return prepared([spec.type], () => emitLoad(spec));
  },
  store: (spec) => {
    checkStorable(spec, 'store');
    return prepared([spec.type], () => emitStore(spec));
  },
  liftFlat: (spec) => {
    flatPassing(spec.params, spec.maxFlat, spec.options, 'lift');
    return prepared(mentionedTypes(spec), () => emitLiftFlat(spec));
  },
  lowerFlat: (spec) => {
    flatPassing(spec.params, spec.maxFlat, spec.options, 'lower');
    return prepared(mentionedTypes(spec), () => emitLowerFlat(spec));
  },
  moveFlat: (spec) => {
    flatPassing(spec.params, spec.fromMaxFlat, spec.from, 'lift');
    flatPassing(spec.params, spec.toMaxFlat, spec.to, 'lower');
    return preparedMove(
      mentionedTypes(spec),
      () => emitMoveFlat(spec),
      () => moveWithin(spec),
    );
  },
  copy: (spec) => {
    checkCopied(spec);
    return preparedMove(
      [spec.type],
      () => emitCopyValues(spec),
      () => copyWithin(spec),
    );
  },
};

/** Text is made when the first instance binds it. */
function prepared<Binding, Result>(
  types: readonly Type[],
  emit: () => EmittedFactory,
): PreparedValues<Binding, Result> {
  let factory: Factory<Binding, Result> | undefined;
  return {
    resources: resourcesOf(types),
    waitables: waitablesOf(types),
    bind: (binding) => {
      factory ??= made(emit());
      return factory(binding);
    },
  };
}

/** Prepares passing between two instances. An instance that passes values to itself is served by `within`. */
function preparedMove<Result>(
  types: readonly Type[],
  emit: () => EmittedFactory,
  within: () => Factory<MoveBinding, Result>,
): PreparedValues<MoveBinding, Result> {
  const between = prepared<MoveBinding, Result>(types, emit);
  let inside: Factory<MoveBinding, Result> | undefined;
  return { ...between, bind: passing(between.bind, (binding) => (inside ??= within())(binding)) };
}

type Factory<Binding, Result> = (binding: Binding) => Result;

function made<Binding, Result>(emitted: EmittedFactory): Factory<Binding, Result> {
  return instantiateSource<Factory<Binding, Result>>(emitted, allHelpers);
}

function copyWithin(spec: CopySpec): Factory<MoveBinding, CopyValues> {
  const emitted = emitCopyWithin(spec);
  if (typeof emitted === 'number') return copyBytesWithin(emitted);
  return copyThrough(made(emitted.load), made(emitted.store));
}

function moveWithin(spec: MoveSpec): Factory<MoveBinding, MoveFlat> {
  const { lift, lower } = emitMoveWithin(spec);
  return moveThrough(made(lift), made(lower));
}
