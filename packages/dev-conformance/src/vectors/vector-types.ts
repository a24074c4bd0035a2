import type { PrimitiveType, Type, TypeDef, TypeDefKind } from '@wit-ts/model';

/** A type in the notation of the vectors. */
export type VectorType =
  | PrimitiveType
  | { readonly list: VectorType }
  | { readonly 'fixed-length-list': readonly [VectorType, number] }
  | { readonly record: readonly (readonly [string, VectorType])[] }
  | { readonly tuple: readonly VectorType[] }
  | { readonly variant: readonly (readonly [string, VectorType | null])[] }
  | { readonly enum: readonly string[] }
  | { readonly option: VectorType }
  | { readonly result: readonly [VectorType | null, VectorType | null] }
  | { readonly flags: readonly string[] }
  | { readonly map: readonly [VectorType, VectorType] };

/** Converts a vector's type to a type of the model. */
export function typeOf(type: VectorType): Type {
  if (typeof type === 'string') return type;
  const kind = kindOf(type);
  return { kind } satisfies TypeDef;
}

function kindOf(type: Exclude<VectorType, PrimitiveType>): TypeDefKind {
  if ('list' in type) return { tag: 'list', element: typeOf(type.list) };
  if ('fixed-length-list' in type) {
    const [element, length] = type['fixed-length-list'];
    return { tag: 'fixed-length-list', element: typeOf(element), length };
  }
  if ('record' in type) {
    return { tag: 'record', fields: type.record.map(([name, field]) => ({ name, type: typeOf(field) })) };
  }
  if ('tuple' in type) return { tag: 'tuple', types: type.tuple.map(typeOf) };
  if ('variant' in type) {
    return {
      tag: 'variant',
      cases: type.variant.map(([name, payload]) => ({
        name,
        ...(payload !== null && { type: typeOf(payload) }),
      })),
    };
  }
  if ('enum' in type) return { tag: 'enum', cases: type.enum.map((name) => ({ name })) };
  if ('option' in type) return { tag: 'option', type: typeOf(type.option) };
  if ('result' in type) {
    const [ok, err] = type.result;
    return {
      tag: 'result',
      ...(ok !== null && { ok: typeOf(ok) }),
      ...(err !== null && { err: typeOf(err) }),
    };
  }
  if ('flags' in type) return { tag: 'flags', flags: type.flags.map((name) => ({ name })) };
  return { tag: 'map', key: typeOf(type.map[0]), value: typeOf(type.map[1]) };
}
