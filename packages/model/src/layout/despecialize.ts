import type { PrimitiveType } from '../primitives.ts';
import { type Shape, shapeOf } from '../shape.ts';
import type { Type, TypeDef, TypeDefKind } from '../types.ts';
import { unalias } from '../unalias.ts';

/** The deepest nesting of types. Deeper ones come from a hostile component, or from a model that is not a tree. */
export const MAX_DEPTH = 256;

/** Returns the resource that a handle type is for, through `use` and `type a = b`. */
export function resolveResource(resource: TypeDef): TypeDef {
  const resolved = unalias(resource);
  if (typeof resolved === 'string') throw new TypeError(`a handle is for a resource, not for ${resolved}`);
  return resolved;
}

/** Returns true if a shape is of one of these kinds; always false for a primitive. */
export function isKind<Tag extends TypeDefKind['tag']>(
  shape: Shape,
  ...kinds: readonly Tag[]
): shape is Extract<Shape, { readonly tag: Tag }> {
  return typeof shape === 'object' && kinds.some((kind) => kind === shape.tag);
}

/** Returns the shape of a type if it is of one of these kinds, and `undefined` otherwise. */
export function shapeAs<Tag extends TypeDefKind['tag']>(
  type: Type,
  ...kinds: readonly Tag[]
): Extract<Shape, { readonly tag: Tag }> | undefined {
  const shape = shapeOf(type);
  return isKind(shape, ...kinds) ? shape : undefined;
}

export function tooDeep(): TypeError {
  return new TypeError(`types nest deeper than ${MAX_DEPTH} levels`);
}

/** The shapes that are left after despecialization. */
export type Despecialized =
  | PrimitiveType
  | { readonly tag: 'record'; readonly types: readonly Type[] }
  | { readonly tag: 'variant'; readonly cases: readonly (Type | undefined)[] }
  | { readonly tag: 'list'; readonly element: Element }
  | { readonly tag: 'fixed-length-list'; readonly element: Type; readonly length: number }
  | { readonly tag: 'flags'; readonly count: number }
  | { readonly tag: 'handle' };

/** The type of a list's elements, or the types of a map's pairs. */
export type Element = Type | readonly [key: Type, value: Type];

/**
 * `CanonicalABI.md`, "Despecialization": tuples are records, enums, options and results are variants, maps are lists of
 * pairs. The result has only what the layout depends on. Handles, streams and futures are all indices of the table.
 */
export function despecialize(type: Type): Despecialized {
  const shape = shapeOf(type);
  if (typeof shape === 'string') return shape === 'error-context' ? { tag: 'handle' } : shape;
  switch (shape.tag) {
    case 'record':
      return { tag: 'record', types: shape.fields.map((field) => field.type) };
    case 'tuple':
      return { tag: 'record', types: shape.types };
    case 'variant':
      return { tag: 'variant', cases: shape.cases.map((item) => item.type) };
    case 'enum':
      return { tag: 'variant', cases: shape.cases.map(() => undefined) };
    case 'option':
      return { tag: 'variant', cases: [undefined, shape.type] };
    case 'result':
      return { tag: 'variant', cases: [shape.ok, shape.err] };
    case 'map':
      return { tag: 'list', element: [shape.key, shape.value] };
    case 'list':
    case 'fixed-length-list':
      return shape;
    case 'flags':
      return { tag: 'flags', count: shape.flags.length };
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
      return { tag: 'handle' };
    case 'resource':
      throw new TypeError('a resource is not a value, but its handles are');
  }
}
