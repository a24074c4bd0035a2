import type { PrimitiveType, Type, TypeDef, TypeDefKind } from './types.ts';

/** A definition that is no other name for another. */
export type Defined = TypeDef & { readonly kind: Exclude<TypeDefKind, { tag: 'alias' }> };

/** What a type is behind its names: `type a = b` and `use` lead to what they name. */
export function unalias(type: Type): PrimitiveType | Defined {
  let at = type;
  while (typeof at === 'object' && at.kind.tag === 'alias') at = at.kind.type;
  return at as PrimitiveType | Defined;
}

/** The resource that a type is or is another name for. */
export function resourceOf(type: Type): TypeDef | undefined {
  const def = unalias(type);
  return typeof def === 'object' && def.kind.tag === 'resource' ? def : undefined;
}
