import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import { STRING_SIZE } from '../layout/lifted-size.ts';
import { Trap } from '../trap.ts';
import type { Context } from './context.ts';
import { FuseContext, SourceString, storeSourceString } from './transcode.ts';

/** The length of a string as core wasm has it, where a bit may mark utf16. */
export interface TaggedLength {
  readonly units: number;
  readonly tagged: boolean;
}

/** `tagged_code_units`: only latin1+utf16 gives the tag a meaning. */
export function readLength(cx: Context, raw: number | bigint): TaggedLength {
  if (cx.options.stringEncoding !== 'latin1+utf16') return { units: cx.length(raw), tagged: false };
  const tag = cx.address === 'i32' ? 1n << 31n : 1n << 63n;
  const bits = BigInt.asUintN(cx.address === 'i32' ? 32 : 64, BigInt(raw));
  return { units: Number(bits & (tag - 1n)), tagged: (bits & tag) !== 0n };
}

export function writeLength(cx: Context, { units, tagged }: TaggedLength): number | bigint {
  if (cx.address === 'i32') return (tagged ? units + 2 ** 31 : units) >>> 0;
  return tagged ? BigInt(units) | (1n << 63n) : BigInt(units);
}

/** `load_string_from_range`. @throws Trap */
export function loadStringFromRange(cx: Context, ptr: number, length: TaggedLength): string | SourceString {
  const text = decode(cx, ptr, length);
  return cx instanceof FuseContext ? new SourceString(text, cx.options.stringEncoding, length) : text;
}

function decode(cx: Context, ptr: number, { units, tagged }: TaggedLength): string {
  switch (cx.options.stringEncoding) {
    case 'utf8':
      return decodeBytes(bytesAt(cx, ptr, units, 1, units), 'utf-8');
    case 'utf16':
      return decodeBytes(bytesAt(cx, ptr, 2 * units, 2, units), 'utf-16le');
    case 'latin1+utf16':
      if (tagged) return decodeBytes(bytesAt(cx, ptr, 2 * units, 2, units), 'utf-16le');
      // The "latin1" of the platform is another encoding.
      return Array.from(bytesAt(cx, ptr, units, 2, units), (byte) => String.fromCharCode(byte)).join('');
  }
}

function bytesAt(cx: Context, ptr: number, byteLength: number, alignment: 1 | 2, units: number): Uint8Array {
  cx.limit(byteLength);
  if (byteLength > MAX_BYTE_LENGTH)
    throw new Trap(`a string of ${byteLength} bytes is longer than ${MAX_BYTE_LENGTH}`);
  if (ptr % alignment !== 0)
    throw new Trap(`unaligned pointer: a string must start at a multiple of ${alignment}`);
  if (ptr + byteLength > cx.memoryLength) throw new Trap('string pointer/length out of bounds of memory');
  cx.spend(units, STRING_SIZE);
  return cx.bytes.slice(ptr, ptr + byteLength);
}

function decodeBytes(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le'): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Trap(encoding === 'utf-8' ? 'invalid utf-8' : 'invalid utf-16', { cause: error });
  }
}

/** `store_string_into_range`. A host's string counts as being in the guest's encoding, and is allocated once. */
export function storeStringIntoRange(
  cx: Context,
  value: string | SourceString,
): readonly [ptr: number, length: TaggedLength] {
  if (typeof value !== 'string') return storeSourceString(cx, value);
  const source = value.toWellFormed();
  switch (cx.options.stringEncoding) {
    case 'utf8':
      return storeUtf8Copy(cx, source);
    case 'utf16':
      return storeUtf16Copy(cx, source);
    case 'latin1+utf16':
      return storeLatin1OrUtf16Copy(cx, source);
  }
}

/** `store_string_copy`. */
function storeUtf16Copy(cx: Context, text: string): readonly [number, TaggedLength] {
  const ptr = cx.allocate(2, 2 * text.length);
  writeUtf16(cx, text, ptr);
  return [ptr, { units: text.length, tagged: false }];
}

/** `store_string_copy` of the host's string as utf8. */
function storeUtf8Copy(cx: Context, text: string): readonly [number, TaggedLength] {
  const encoded = new TextEncoder().encode(text);
  const ptr = cx.allocate(1, encoded.length);
  cx.bytes.set(encoded, ptr);
  return [ptr, { units: encoded.length, tagged: false }];
}

/** `store_string_copy` of the host's string as latin1+utf16. */
function storeLatin1OrUtf16Copy(cx: Context, text: string): readonly [number, TaggedLength] {
  const tagged = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)).some(
    (unit) => unit > 0xff,
  );
  const ptr = cx.allocate(2, tagged ? 2 * text.length : text.length);
  if (tagged) writeUtf16(cx, text, ptr);
  else for (let i = 0; i < text.length; i += 1) cx.view.setUint8(ptr + i, text.charCodeAt(i));
  return [ptr, { units: text.length, tagged }];
}

function writeUtf16(cx: Context, text: string, ptr: number): void {
  for (let i = 0; i < text.length; i += 1) cx.view.setUint16(ptr + 2 * i, text.charCodeAt(i), true);
}
