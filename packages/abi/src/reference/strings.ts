import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import { Trap } from '../trap.ts';
import type { Context } from './context.ts';

/** The length of a string as core wasm has it, where the bit that marks utf16 may be set. */
export interface TaggedLength {
  readonly units: number;
  readonly tagged: boolean;
}

/** `tagged_code_units`: only latin1+utf16 gives the tag a meaning. */
export function readLength(cx: Context, raw: number | bigint): TaggedLength {
  if (cx.options.stringEncoding !== 'latin1+utf16') return { units: cx.pointer(raw), tagged: false };
  const tag = cx.address === 'i32' ? 1n << 31n : 1n << 63n;
  const bits = BigInt.asUintN(cx.address === 'i32' ? 32 : 64, BigInt(raw));
  return { units: Number(bits & (tag - 1n)), tagged: (bits & tag) !== 0n };
}

export function writeLength(cx: Context, { units, tagged }: TaggedLength): number | bigint {
  if (cx.address === 'i32') return (tagged ? units + 2 ** 31 : units) >>> 0;
  return tagged ? BigInt(units) | (1n << 63n) : BigInt(units);
}

/** `load_string_from_range`. @throws Trap */
export function loadStringFromRange(cx: Context, ptr: number, { units, tagged }: TaggedLength): string {
  switch (cx.options.stringEncoding) {
    case 'utf8':
      return decode(cx, ptr, units, 1, 'utf-8');
    case 'utf16':
      return decode(cx, ptr, 2 * units, 2, 'utf-16le');
    case 'latin1+utf16':
      return tagged ? decode(cx, ptr, 2 * units, 2, 'utf-16le') : decode(cx, ptr, units, 2, 'latin1');
  }
}

function decode(
  cx: Context,
  ptr: number,
  byteLength: number,
  alignment: number,
  encoding: 'utf-8' | 'utf-16le' | 'latin1',
): string {
  cx.limit(byteLength);
  if (byteLength > MAX_BYTE_LENGTH) throw new Trap(`a string of ${byteLength} bytes is too long`);
  if (ptr % alignment !== 0) throw new Trap('unaligned pointer');
  if (ptr + byteLength > cx.memoryLength) throw new Trap('string pointer/length out of bounds of memory');
  cx.spend(byteLength);
  const bytes = cx.bytes.slice(ptr, ptr + byteLength);
  // What the platform calls latin1 is another encoding.
  if (encoding === 'latin1') return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Trap(`invalid ${encoding}`, { cause: error });
  }
}

/** `store_string_into_range`, of a source in utf16, which is what JavaScript's strings are. */
export function storeStringIntoRange(
  cx: Context,
  text: string,
): readonly [ptr: number, length: TaggedLength] {
  const source = text.toWellFormed();
  switch (cx.options.stringEncoding) {
    case 'utf8':
      return storeUtf16ToUtf8(cx, source);
    case 'utf16':
      return storeUtf16Copy(cx, source);
    case 'latin1+utf16':
      return storeStringToLatin1OrUtf16(cx, source);
  }
}

/** `store_string_copy`. */
function storeUtf16Copy(cx: Context, text: string): readonly [number, TaggedLength] {
  const ptr = cx.allocate(2, 2 * text.length);
  writeUtf16(cx, text, ptr);
  return [ptr, { units: text.length, tagged: false }];
}

/** `store_utf16_to_utf8`, by way of `store_string_to_utf8`. */
function storeUtf16ToUtf8(cx: Context, text: string): readonly [number, TaggedLength] {
  let ptr = cx.allocate(1, text.length);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      cx.view.setUint8(ptr + i, unit);
      continue;
    }
    const worst = 3 * text.length;
    ptr = cx.reallocate(ptr, text.length, 1, worst);
    const encoded = new TextEncoder().encode(text);
    cx.bytes.set(encoded.subarray(i), ptr + i);
    if (worst > encoded.length) ptr = cx.reallocate(ptr, worst, 1, encoded.length);
    return [ptr, { units: encoded.length, tagged: false }];
  }
  return [ptr, { units: text.length, tagged: false }];
}

/** `store_string_to_latin1_or_utf16`. */
function storeStringToLatin1OrUtf16(cx: Context, text: string): readonly [number, TaggedLength] {
  let ptr = cx.allocate(2, text.length);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0xff) {
      ptr = cx.reallocate(ptr, text.length, 2, 2 * text.length);
      writeUtf16(cx, text, ptr);
      return [ptr, { units: text.length, tagged: true }];
    }
    cx.view.setUint8(ptr + i, unit);
  }
  return [ptr, { units: text.length, tagged: false }];
}

function writeUtf16(cx: Context, text: string, ptr: number): void {
  for (let i = 0; i < text.length; i += 1) cx.view.setUint16(ptr + 2 * i, text.charCodeAt(i), true);
}
