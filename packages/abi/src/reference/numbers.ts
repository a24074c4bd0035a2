import type { NumericType } from '@wit-ts/mapping';
import { Trap } from '../trap.ts';

const scratch = new DataView(new ArrayBuffer(8));

export function f32FromBits(bits: number): number {
  scratch.setUint32(0, bits);
  return canonicalizeNan(scratch.getFloat32(0));
}

export function f64FromBits(bits: bigint): number {
  scratch.setBigUint64(0, bits);
  return canonicalizeNan(scratch.getFloat64(0));
}

export function bitsOfF32(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

export function bitsOfF64(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigUint64(0);
}

/** `canonicalize_nan32` and `canonicalize_nan64`. */
export function canonicalizeNan(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value;
}

/** `convert_i32_to_char`. @throws Trap */
export function charFromCode(code: number): string {
  if (code >= 0x11_0000) throw new Trap('invalid `char` bit pattern');
  if (code >= 0xd800 && code <= 0xdfff) throw new Trap('invalid `char` bit pattern');
  return String.fromCodePoint(code);
}

/** `unpack_flags_from_int`. */
export function unpackFlags(bits: number, keys: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(keys.map((key, index) => [key, ((bits >>> index) & 1) === 1]));
}

/** `pack_flags_into_int`. Missing flags are false, as missing options are none. */
export function packFlags(value: unknown, keys: readonly string[]): number {
  if (value === undefined || value === null) return 0;
  let bits = 0;
  for (const [index, key] of keys.entries()) {
    if ((value as Record<string, unknown>)[key] === true) bits |= 1 << index;
  }
  return bits >>> 0;
}

/** Makes the typed array for a list of numbers. */
export const numberLists: Readonly<Record<NumericType, (elements: readonly never[]) => unknown>> = {
  u8: (elements) => Uint8Array.from(elements),
  s8: (elements) => Int8Array.from(elements),
  u16: (elements) => Uint16Array.from(elements),
  s16: (elements) => Int16Array.from(elements),
  u32: (elements) => Uint32Array.from(elements),
  s32: (elements) => Int32Array.from(elements),
  u64: (elements) => BigUint64Array.from(elements),
  s64: (elements) => BigInt64Array.from(elements),
  f32: (elements) => Float32Array.from(elements),
  f64: (elements) => Float64Array.from(elements),
};
