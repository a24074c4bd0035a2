import type { Reallocate } from './lower-strings.ts';
import type { MemoryViews } from './memory.ts';

/**
 * Moves a string from one memory to another, as `store_string_into_range` does (`CanonicalABI.md`), with the same calls
 * of realloc. The string is already checked. Returns the new address.
 *
 * `length` is the number of code units at `ptr`. `to.count` becomes the number of code units at the new address, and
 * `to.wide` says whether latin1+utf16 became utf16. Both are set last, because realloc may be a function that sets them
 * too.
 */
type MoveString = (
  from: MemoryViews,
  ptr: number,
  length: number,
  to: MemoryViews,
  reallocate: Reallocate,
) => number;

const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });
const utf16 = /* @__PURE__ */ new TextDecoder('utf-16le', { ignoreBOM: true });
const encoder = /* @__PURE__ */ new TextEncoder();

const MAX_ADDRESS = 2 ** 32 - 1;

/** Up to this length, a loop is faster than the platform's copy (measured on V8 14). */
const SHORT = 32;

/** Copies bytes. Both ranges are in bounds. */
export function copyBytes(
  from: MemoryViews,
  ptr: number,
  to: MemoryViews,
  target: number,
  length: number,
): void {
  const source = from.u8;
  if (length > SHORT) {
    to.u8.set(source.subarray(ptr, ptr + length), target);
    return;
  }
  let i = 0;
  // Allocators return aligned addresses, and most strings are aligned too. Beyond 4 GiB, 32-bit operators cannot
  // compute the index of a word.
  if (((ptr | target) & 3) === 0 && ptr + length <= MAX_ADDRESS && target + length <= MAX_ADDRESS) {
    const words = from.i32;
    const memory = to.i32;
    for (; length - i >= 4; i += 4) memory[(target + i) >>> 2] = words[(ptr + i) >>> 2]!;
  }
  const memory = to.u8;
  for (; i < length; i += 1) memory[target + i] = source[ptr + i]!;
}

/** `store_string_copy` of utf16. */
export const copyUtf16: MoveString = (from, ptr, length, to, reallocate) => {
  const target = reallocate(0, 0, 2, 2 * length);
  copyBytes(from, ptr, to, target, 2 * length);
  to.count = length;
  return target;
};

/** `store_string_copy` of latin1. */
export const copyLatin1: MoveString = (from, ptr, length, to, reallocate) => {
  const target = reallocate(0, 0, 2, length);
  copyBytes(from, ptr, to, target, length);
  to.count = length;
  to.wide = false;
  return target;
};

/** `store_utf8_to_utf16`. */
export const utf8ToUtf16: MoveString = (from, ptr, length, to, reallocate) => {
  const worst = 2 * length;
  let target = reallocate(0, 0, 2, worst);
  let units = widenAscii(from.u8, ptr, length, to.u16, target / 2);
  if (units < length) {
    const rest = utf8.decode(from.u8.subarray(ptr + units, ptr + length));
    writeUnits(rest, to.u16, target / 2 + units);
    units += rest.length;
    if (2 * units < worst) target = reallocate(target, worst, 2, 2 * units);
  }
  to.count = units;
  return target;
};

/** `store_utf16_to_utf8`. */
export const utf16ToUtf8: MoveString = (from, ptr, length, to, reallocate) => {
  let target = reallocate(0, 0, 1, length);
  let bytes = narrow(from.u16, ptr / 2, length, to.u8, target, 0x7f);
  if (bytes < length) {
    const worst = 3 * length;
    target = reallocate(target, length, 1, worst);
    const rest = utf16.decode(from.u8.subarray(ptr + 2 * bytes, ptr + 2 * length));
    bytes += encoder.encodeInto(rest, to.u8.subarray(target + bytes, target + worst)).written;
    if (bytes < worst) target = reallocate(target, worst, 1, bytes);
  }
  to.count = bytes;
  return target;
};

/** `store_latin1_to_utf8`. */
export const latin1ToUtf8: MoveString = (from, ptr, length, to, reallocate) => {
  let target = reallocate(0, 0, 1, length);
  let { u8 } = to;
  const source = from.u8;
  let i = 0;
  for (; i < length && source[ptr + i]! < 0x80; i += 1) u8[target + i] = source[ptr + i]!;
  let bytes = i;
  if (i < length) {
    const worst = 2 * length;
    target = reallocate(target, length, 1, worst);
    ({ u8 } = to);
    for (; i < length; i += 1) {
      const code = source[ptr + i]!;
      if (code < 0x80) u8[target + bytes] = code;
      else {
        u8[target + bytes] = 0xc0 | (code >>> 6);
        bytes += 1;
        u8[target + bytes] = 0x80 | (code & 0x3f);
      }
      bytes += 1;
    }
    if (bytes < worst) target = reallocate(target, worst, 1, bytes);
  }
  to.count = bytes;
  return target;
};

/** `store_string_copy` of latin1 to utf16. */
export const latin1ToUtf16: MoveString = (from, ptr, length, to, reallocate) => {
  const target = reallocate(0, 0, 2, 2 * length);
  widen(from.u8, ptr, length, to.u16, target / 2);
  to.count = length;
  return target;
};

/** `store_string_to_latin1_or_utf16` of utf8. */
export const utf8ToLatin1OrUtf16: MoveString = (from, ptr, length, to, reallocate) => {
  let target = reallocate(0, 0, 2, length);
  const source = from.u8;
  const { u8 } = to;
  let units = 0;
  let at = ptr;
  const end = ptr + length;
  for (; at < end; at += 1) {
    const lead = source[at]!;
    // A sequence that begins with 0xc4 or more is a character beyond latin1.
    if (lead > 0xc3) return toUtf16(from, at, end, target, length, units, to, reallocate);
    if (lead < 0x80) u8[target + units] = lead;
    else {
      at += 1;
      u8[target + units] = ((lead & 3) << 6) | (source[at]! & 0x3f);
    }
    units += 1;
  }
  if (units < length) target = reallocate(target, length, 2, units);
  to.count = units;
  to.wide = false;
  return target;
};

/**
 * Continues `store_string_to_latin1_or_utf16` once a character does not fit into latin1. `units` characters are
 * written.
 */
function toUtf16(
  from: MemoryViews,
  at: number,
  end: number,
  ptr: number,
  length: number,
  units: number,
  to: MemoryViews,
  reallocate: Reallocate,
): number {
  const worst = 2 * length;
  let target = reallocate(ptr, length, 2, worst);
  widenInPlace(to, target, units);
  const rest = utf8.decode(from.u8.subarray(at, end));
  writeUnits(rest, to.u16, target / 2 + units);
  const count = units + rest.length;
  if (2 * count < worst) target = reallocate(target, worst, 2, 2 * count);
  to.count = count;
  to.wide = true;
  return target;
}

/** `store_string_to_latin1_or_utf16` of utf16. */
export const utf16ToLatin1OrUtf16: MoveString = (from, ptr, length, to, reallocate) => {
  let target = reallocate(0, 0, 2, length);
  const units = narrow(from.u16, ptr / 2, length, to.u8, target, 0xff);
  const wide = units < length;
  if (wide) {
    target = reallocate(target, length, 2, 2 * length);
    widenInPlace(to, target, units);
    copyBytes(from, ptr + 2 * units, to, target + 2 * units, 2 * (length - units));
  }
  to.count = length;
  to.wide = wide;
  return target;
};

/** `store_probably_utf16_to_latin1_or_utf16`. */
export const probablyUtf16ToLatin1OrUtf16: MoveString = (from, ptr, length, to, reallocate) => {
  let target = reallocate(0, 0, 2, 2 * length);
  copyBytes(from, ptr, to, target, 2 * length);
  const { u16 } = from;
  let bits = 0;
  for (let at = ptr / 2, end = at + length; at < end; at += 1) bits |= u16[at]!;
  const wide = bits > 0xff;
  if (!wide) {
    const { u8 } = to;
    for (let i = 0; i < length; i += 1) u8[target + i] = u8[target + 2 * i]!;
    target = reallocate(target, 2 * length, 1, length);
  }
  to.count = length;
  to.wide = wide;
  return target;
};

function widen(source: Uint8Array, ptr: number, length: number, units: Uint16Array, target: number): void {
  for (let i = 0; i < length; i += 1) units[target + i] = source[ptr + i]!;
}

/** Returns the number of characters before the first that is not ASCII. */
function widenAscii(
  source: Uint8Array,
  ptr: number,
  length: number,
  units: Uint16Array,
  target: number,
): number {
  let i = 0;
  for (; i < length; i += 1) {
    const code = source[ptr + i]!;
    if (code > 0x7f) break;
    units[target + i] = code;
  }
  return i;
}

/** Returns the number of code units before the first that is larger than `most`. */
function narrow(
  source: Uint16Array,
  start: number,
  length: number,
  bytes: Uint8Array,
  target: number,
  most: number,
): number {
  let i = 0;
  for (; i < length; i += 1) {
    const unit = source[start + i]!;
    if (unit > most) break;
    bytes[target + i] = unit;
  }
  return i;
}

/** Backwards, because the written range overlaps the read range. */
function widenInPlace({ u8, u16 }: MemoryViews, ptr: number, length: number): void {
  const start = ptr / 2;
  for (let i = length - 1; i >= 0; i -= 1) u16[start + i] = u8[ptr + i]!;
}

function writeUnits(text: string, units: Uint16Array, target: number): void {
  for (let i = 0; i < text.length; i += 1) units[target + i] = text.charCodeAt(i);
}
