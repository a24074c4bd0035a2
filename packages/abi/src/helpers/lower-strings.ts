import type { MemoryViews } from './memory.ts';

/** `LiftLowerContext.reallocate`: calls the guest's realloc and checks its result. */
export type Reallocate = (old: number, oldSize: number, alignment: number, newSize: number) => number;

/**
 * A host's string counts as being in the guest's encoding already, so it is allocated once, in its final size
 * (`CanonicalABI.md`, `store_string_copy`). The adapters of WASI refuse to grow an allocation.
 */
const encoder = /* @__PURE__ */ new TextEncoder();

/** A buffer for strings that are encoded before the guest is asked for memory. Longer strings take a new array. */
const scratch = new Uint8Array(65_536);

/** Encodes a string in UTF-8. The bytes are valid until the next call. A lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  if (3 * text.length > scratch.length) return encoder.encode(text);
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

/** Up to this length, a loop is faster than the platform's encoder (measured on V8 14). */
export const SHORT = 24;

/** The bytes of a short string, four in a word, before the guest is asked for memory. */
const packed = new Int32Array(SHORT / 4);

/**
 * Packs a short ASCII string and returns the one to three bytes that are left over, or a negative number if another
 * character is in it. The string is read once and written in words: most strings that cross are short, and a byte
 * that was just written is slow to read as part of a word (measured on V8 14).
 */
export function packShort(text: string, length: number): number {
  let bits = 0;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    const a = text.charCodeAt(at);
    const b = text.charCodeAt(at + 1);
    const c = text.charCodeAt(at + 2);
    const d = text.charCodeAt(at + 3);
    bits |= a | b | c | d;
    packed[at >>> 2] = a | (b << 8) | (c << 16) | (d << 24);
  }
  let rest = 0;
  for (let shift = 0; at < length; at += 1, shift += 8) {
    const unit = text.charCodeAt(at);
    bits |= unit;
    rest |= unit << shift;
  }
  return bits < 0x80 ? rest : -1;
}

/** Writes the string that `packShort` has packed. */
export function writePacked(view: DataView, ptr: number, length: number, rest: number): void {
  let at = ptr;
  for (let i = 0; i < length >>> 2; i += 1, at += 4) view.setInt32(at, packed[i]!, true);
  if ((length & 2) !== 0) {
    view.setInt16(at, rest, true);
    if ((length & 1) !== 0) view.setInt8(at + 2, rest >>> 16);
  } else if ((length & 1) !== 0) view.setInt8(at, rest);
}

/** `store_string_copy` for utf16. A lone surrogate becomes U+FFFD. */
export function writeUtf16(memory: Uint16Array, text: string, ptr: number): void {
  const units = text.toWellFormed();
  const base = ptr / 2;
  for (let i = 0; i < units.length; i += 1) memory[base + i] = units.charCodeAt(i);
}

/** Returns true when a string does not fit into latin1. */
export function isWide(text: string): boolean {
  let bits = 0;
  for (let i = 0; i < text.length; i += 1) bits |= text.charCodeAt(i);
  return bits > 0xff;
}

/** Writes a string in latin1 or utf16, as `views.wide` says. */
export function writeLatin1OrUtf16(views: MemoryViews, text: string, ptr: number): void {
  if (views.wide) {
    writeUtf16(views.u16, text, ptr);
    return;
  }
  const memory = views.u8;
  for (let i = 0; i < text.length; i += 1) memory[ptr + i] = text.charCodeAt(i);
}
