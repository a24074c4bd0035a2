import { Trap } from '../trap.ts';
import { badRange } from './lift-strings.ts';

/** Traps for the range of a list, with the checks of `load_list_from_range` in their order. */
export function badList(ptr: number, byteLength: number, alignment: number): never {
  badRange('list', ptr, byteLength, alignment);
}

/**
 * Traps for values that exceed a limit of the instance.
 *
 * @param byteLength of the string or list that is too long; absent when all values of a call are too large together
 */
export function overLimit(limit: number, byteLength?: number): never {
  const what =
    byteLength === undefined
      ? 'the size in JavaScript of the values of a call (`liftedBytes`)'
      : `a string or list of ${byteLength} bytes`;
  throw new Trap(`${what} exceeds the limit of this instance: ${limit} bytes`, { code: 'over-limit' });
}

/** Traps for the address of values in memory, with the checks of `lift_flat_values` and `lower_flat_values`. */
export function badPointer(ptr: number, alignment: number): never {
  if (ptr % alignment !== 0)
    throw new Trap(`unaligned pointer: values must start at a multiple of ${alignment}`);
  throw new Trap('pointer out of bounds of memory');
}

/** Traps for the result of realloc. */
export function badRealloc(ptr: number, alignment: number): never {
  throw new Trap(
    ptr % alignment === 0 ? 'realloc return: beyond end of memory' : 'realloc return: result not aligned',
  );
}

export function invalidDiscriminant(): never {
  throw new Trap('invalid variant discriminant');
}

/** `convert_i32_to_char`. The number may be signed. @throws Trap */
export function liftChar(code: number): string {
  const unsigned = code >>> 0;
  if (unsigned >= 0x11_0000 || (unsigned >= 0xd800 && unsigned <= 0xdfff))
    throw new Trap('invalid `char` bit pattern');
  return String.fromCodePoint(unsigned);
}

const scratch = new DataView(new ArrayBuffer(8));

export function f32FromBits(bits: number): number {
  scratch.setInt32(0, bits);
  return scratch.getFloat32(0);
}

export function f64FromBits(bits: bigint): number {
  scratch.setBigInt64(0, bits);
  return scratch.getFloat64(0);
}

export function bitsOfF32(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getInt32(0);
}

export function bitsOfF64(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigInt64(0);
}
