import type { PrimitiveType } from './primitives.ts';
import type { Type, TypeDef, TypeDefKind } from './types.ts';

/** A definition that is not an alias. */
export type Defined = TypeDef & { readonly kind: Exclude<TypeDefKind, { tag: 'alias' }> };

/** Chains longer than this are followed once. Others are short enough to be followed again. */
const LONG_CHAIN = 20;

const ends = new WeakMap<TypeDef, PrimitiveType | Defined>();

/** Follows aliases (`type a = b` and `use`) to the type that they name. */
export function unalias(type: Type): PrimitiveType | Defined {
  let at = type;
  for (let i = 0; typeof at === 'object' && at.kind.tag === 'alias'; i += 1) {
    if (i > LONG_CHAIN) return endOf(at);
    at = at.kind.type;
  }
  return at as PrimitiveType | Defined;
}

/** Every alias of a chain of a hundred thousand may be asked about, so their common end is remembered. */
function endOf(type: TypeDef): PrimitiveType | Defined {
  const chain: TypeDef[] = [];
  let at: Type = type;
  let end: PrimitiveType | Defined | undefined;
  while (typeof at === 'object' && at.kind.tag === 'alias' && (end = ends.get(at)) === undefined) {
    chain.push(at);
    at = at.kind.type;
  }
  end ??= at as PrimitiveType | Defined;
  for (const alias of chain) ends.set(alias, end);
  return end;
}

/** Returns the resource that a type is, also through aliases; `undefined` for any other type. */
export function resourceOf(type: Type): TypeDef | undefined {
  const def = unalias(type);
  return typeof def === 'object' && def.kind.tag === 'resource' ? def : undefined;
}
