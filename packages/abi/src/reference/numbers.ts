import { memberKeys, type NumericType } from '@wit-ts/mapping';
import { Trap } from '../trap.ts';
import type { Context } from './context.ts';

type Flags = readonly { readonly name: string }[];

const scratch = new DataView(new ArrayBuffer(8));

export function decodeI32AsFloat(bits: number): number {
  scratch.setUint32(0, bits);
  return canonicalizeNan(scratch.getFloat32(0));
}

export function decodeI64AsFloat(bits: bigint): number {
  scratch.setBigUint64(0, bits);
  return canonicalizeNan(scratch.getFloat64(0));
}

export function encodeFloatAsI32(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

export function encodeFloatAsI64(value: number): bigint {
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
export function unpackFlags(cx: Context, bits: number, flags: Flags): unknown {
  if (cx.mapping?.flags === 'bigint') return BigInt.asUintN(flags.length, BigInt(bits));
  const keys = memberKeys(flags, cx.mapping);
  return Object.fromEntries(keys.map((key, index) => [key, ((bits >>> index) & 1) === 1]));
}

/** `pack_flags_into_int`. Missing flags are false, as missing options are none. */
export function packFlags(cx: Context, value: unknown, flags: Flags): number {
  if (value === undefined || value === null) return 0;
  if (cx.mapping?.flags === 'bigint') return Number(value);
  let bits = 0;
  for (const [index, key] of memberKeys(flags, cx.mapping).entries()) {
    if ((value as Record<string, unknown>)[key] === true) bits |= 1 << index;
  }
  return bits >>> 0;
}

/** Makes the typed array for a list of numbers of its bytes, which lie in memory as they do in the array. */
export const numberLists: Readonly<Record<NumericType, (bytes: ArrayBuffer) => unknown>> = {
  u8: (bytes) => new Uint8Array(bytes),
  s8: (bytes) => new Int8Array(bytes),
  u16: (bytes) => new Uint16Array(bytes),
  s16: (bytes) => new Int16Array(bytes),
  u32: (bytes) => new Uint32Array(bytes),
  s32: (bytes) => new Int32Array(bytes),
  u64: (bytes) => new BigUint64Array(bytes),
  s64: (bytes) => new BigInt64Array(bytes),
  f32: (bytes) => new Float32Array(bytes),
  f64: (bytes) => new Float64Array(bytes),
};
