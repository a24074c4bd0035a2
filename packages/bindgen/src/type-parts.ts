import { partsOf, type PrimitiveType, type Type, type TypeDef } from '@wit-ts/model';

/** The tag of a type definition, or the name of a primitive type. */
export type TypeTag = TypeDef['kind']['tag'] | PrimitiveType;

/** Returns true if one of the types is tagged so, or has a part that is, at any depth. */
export function hasPart(types: Iterable<Type>, tags: ReadonlySet<TypeTag>): boolean {
  const seen = new Set<Type>(types);
  // The set grows while it is walked, and not a stack: hostile types nest deeply.
  for (const each of seen) {
    if (tags.has(typeof each === 'string' ? each : each.kind.tag)) return true;
    if (typeof each === 'object') for (const part of partsOf(each.kind)) seen.add(part);
  }
  return false;
}
