/** The keywords of the primitive types (`WIT.md`, "Types"). */
export const primitiveTypes = [
  'bool',
  'u8',
  'u16',
  'u32',
  'u64',
  's8',
  's16',
  's32',
  's64',
  'f32',
  'f64',
  'char',
  'string',
  'error-context',
] as const;

/** A primitive type, written as its keyword. */
export type PrimitiveType = (typeof primitiveTypes)[number];

/** Returns whether the values of a primitive type are numbers. */
export function isNumericType(type: PrimitiveType): boolean {
  return /^[usf]\d/u.test(type);
}

/** Returns whether the keys of a map may have a primitive type: its values can be compared (`WIT.md`, "Types"). */
export function isMapKeyType(type: PrimitiveType): boolean {
  return type !== 'f32' && type !== 'f64' && type !== 'error-context';
}
