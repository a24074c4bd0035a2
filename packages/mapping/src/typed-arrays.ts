import { unalias, type PrimitiveType, type Type } from '@wit-ts/model';

/** The typed array of each element type: lists of all other types are arrays. */
export const typedArrays = {
  u8: 'Uint8Array',
  s8: 'Int8Array',
  u16: 'Uint16Array',
  s16: 'Int16Array',
  u32: 'Uint32Array',
  s32: 'Int32Array',
  u64: 'BigUint64Array',
  s64: 'BigInt64Array',
  f32: 'Float32Array',
  f64: 'Float64Array',
} as const satisfies Partial<Record<PrimitiveType, string>>;

/** A primitive type whose lists are typed arrays. */
export type NumericType = keyof typeof typedArrays;

/** Returns the element type behind its aliases if lists of it are typed arrays; `undefined` for all other types. */
export function numericType(element: Type): NumericType | undefined {
  const target = unalias(element);
  return typeof target === 'string' && Object.hasOwn(typedArrays, target)
    ? (target as NumericType)
    : undefined;
}
