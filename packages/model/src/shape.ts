import type { PrimitiveType } from './primitives.ts';
import type { Type, TypeDefKind } from './types.ts';
import { unalias } from './unalias.ts';

/**
 * The structure of a type without its names: the keyword of a primitive type, or the kind of a definition that is not
 * an alias.
 */
export type Shape = PrimitiveType | Exclude<TypeDefKind, { readonly tag: 'alias' }>;

/** Returns the shape of a type, through any number of aliases. */
export function shapeOf(type: Type): Shape {
  const def = unalias(type);
  return typeof def === 'object' ? def.kind : def;
}
