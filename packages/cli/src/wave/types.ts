import { unalias, type Type, type TypeDefKind } from '@wit-ts/model';

/** What a type is, through its names: a primitive's keyword or a kind. */
export type Shape = Exclude<Type, object> | Exclude<TypeDefKind, { tag: 'alias' }>;

export function shapeOf(type: Type): Shape {
  const def = unalias(type);
  return typeof def === 'object' ? def.kind : def;
}

/** An option of an option is tagged in JavaScript, so that `none` and `some(none)` differ. */
export function isTagged(inner: Type): boolean {
  const shape = shapeOf(inner);
  return typeof shape === 'object' && shape.tag === 'option';
}

/** Words that are values or constructors of their own; as labels they are written with `%`. */
export const WAVE_KEYWORDS: ReadonlySet<string> = new Set([
  'true',
  'false',
  'inf',
  'nan',
  'some',
  'none',
  'ok',
  'err',
]);
