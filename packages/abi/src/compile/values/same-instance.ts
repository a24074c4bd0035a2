import { elementLayout } from '@wit-ts/model/layout';
import type { CopySpec, FlatSpec, MoveSpec, ValuesSpec } from '../../value-engine.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { isBytes } from '../fuse/type-traits.ts';
import { emitLiftFlat } from './lift-flat.ts';
import { emitLoad } from './load-values.ts';
import { emitLowerFlat } from './lower-flat.ts';
import { emitStore } from './store-values.ts';

/** Emits the two halves of `ValueEngine.moveFlat` within one instance, which `moveThrough` puts together. */
export function emitMoveWithin({
  params,
  name,
  what,
  ...spec
}: MoveSpec): Readonly<Record<'lift' | 'lower', EmittedFactory>> {
  const common: Omit<FlatSpec, 'maxFlat' | 'options'> = {
    params,
    name,
    peer: 'component',
    ...(what && { what }),
  };
  return {
    lift: emitLiftFlat({ ...common, options: spec.from, maxFlat: spec.fromMaxFlat }),
    lower: emitLowerFlat({ ...common, options: spec.to, maxFlat: spec.toMaxFlat }),
  };
}

/**
 * Emits the two halves of `ValueEngine.copy` within one instance, which `copyThrough` puts together. Returns the size
 * of an element if any bytes are one.
 */
export function emitCopyWithin({
  type,
  name,
  from,
  to,
}: CopySpec): number | Readonly<Record<'load' | 'store', EmittedFactory>> {
  if (isBytes(type)) return elementLayout(type, 'i32').size;
  const common: Omit<ValuesSpec, 'options'> = { type, name, peer: 'component' };
  return { load: emitLoad({ ...common, options: from }), store: emitStore({ ...common, options: to }) };
}
