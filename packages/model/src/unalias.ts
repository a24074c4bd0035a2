import type { PrimitiveType } from './primitives.ts';
import type { Type, TypeDef, TypeDefKind } from './types.ts';

/** A definition that is not an alias. */
export type Defined = TypeDef & { readonly kind: Exclude<TypeDefKind, { tag: 'alias' }> };

/** Follows aliases (`type a = b` and `use`) to the type that they name. */
export function unalias(type: Type): PrimitiveType | Defined {
  let at = type;
  while (typeof at === 'object' && at.kind.tag === 'alias') at = at.kind.type;
  return at as PrimitiveType | Defined;
}

/** Returns the resource that a type is, also through aliases; `undefined` for any other type. */
export function resourceOf(type: Type): TypeDef | undefined {
  const def = unalias(type);
  return typeof def === 'object' && def.kind.tag === 'resource' ? def : undefined;
}
