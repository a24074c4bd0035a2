import { elementLayout } from '@wit-ts/model/layout';
import type {
  CopySpec,
  CopyValues,
  FlatBinding,
  FlatSpec,
  LiftFlat,
  LoadValues,
  LowerFlat,
  MoveBinding,
  MoveFlat,
  MoveSpec,
  StoreValues,
  ValuesBinding,
  ValuesSpec,
} from '../../value-engine.ts';
import { allHelpers } from '../all-helpers.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { instantiateSource } from '../evaluate.ts';
import { isBytes } from '../fuse/type-traits.ts';
import { emitLiftFlat } from './lift-flat.ts';
import { emitLoad } from './load-values.ts';
import { emitLowerFlat } from './lower-flat.ts';
import { emitStore } from './store-values.ts';

/*
 * Values that an instance passes to itself. Its realloc may change the memory that they are in, so all of them become
 * JavaScript values before the first is lowered.
 */

/** `ValueEngine.moveFlat` within one instance. */
export function moveWithin(spec: MoveSpec, { from, to, resources }: MoveBinding): MoveFlat {
  const { params, name, what } = spec;
  const common: Omit<FlatSpec, 'maxFlat' | 'options'> = {
    params,
    name,
    peer: 'component',
    ...(what && { what }),
  };
  const lift = bound<FlatBinding, LiftFlat>(
    emitLiftFlat({ ...common, options: spec.from, maxFlat: spec.fromMaxFlat }),
    { ...from, resources },
  );
  const lower = bound<FlatBinding, LowerFlat>(
    emitLowerFlat({ ...common, options: spec.to, maxFlat: spec.toMaxFlat }),
    { ...to, resources },
  );
  return (flat, lent, scope, into) => lower(lift(flat, lent), scope, into);
}

/** `ValueEngine.copy` within one instance. The ranges may overlap. */
export function copyWithin({ type, name, from, to }: CopySpec, binding: MoveBinding): CopyValues {
  const [source, target] = [binding.from.memory!, binding.to.memory!];
  if (isBytes(type)) {
    const { size } = elementLayout(type, 'i32');
    return (ptr, into, count) =>
      new Uint8Array(target.buffer).set(new Uint8Array(source.buffer, ptr, count * size), into);
  }
  const { resources } = binding;
  const common: Omit<ValuesSpec, 'options'> = { type, name, peer: 'component' };
  const load = bound<ValuesBinding, LoadValues>(emitLoad({ ...common, options: from }), {
    ...binding.from,
    memory: source,
    resources,
  });
  const store = bound<ValuesBinding, StoreValues>(emitStore({ ...common, options: to }), {
    ...binding.to,
    memory: target,
    resources,
  });
  return (ptr, into, count) => store(load(ptr, count), into);
}

function bound<Binding, Result>(emitted: EmittedFactory, binding: Binding): Result {
  return instantiateSource<(binding: Binding) => Result>(emitted, allHelpers)(binding);
}
