import type { MemoryViews } from './memory.ts';

/** `LiftLowerContext.reallocate`: the guest's realloc under the rules, its result checked. */
export type Reallocate = (old: number, oldSize: number, alignment: number, newSize: number) => number;

/**
 * A string of the host counts as one that is in the guest's encoding already, so that it is allocated once and for what it takes
 * (`CanonicalABI.md`, `store_string_copy`): the adapters of WASI refuse to let an allocation grow.
 */
const encoder = new TextEncoder();

/** Where strings are encoded before the guest is asked for memory: longer ones take an array of their own. */
const scratch = new Uint8Array(65_536);

/** A string in UTF-8, valid until the next call. A lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  if (3 * text.length > scratch.length) return encoder.encode(text);
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

/** Up to how many characters a loop beats a call of the platform's encoder (measured on V8 14). */
export const SHORT = 24;

/** Where the characters of a short string are put before the guest is asked for memory. */
export const short = new Uint8Array(SHORT);
const words = new Float64Array(short.buffer);
const halves = new Uint32Array(short.buffer);

/**
 * Copies the first `length` bytes of `short`, in few steps because most strings that cross are short. Eight characters of ASCII are
 * never a NaN, which the platform might change on the way.
 */
export function copyShort(view: DataView, ptr: number, length: number): void {
  let at = 0;
  for (; length - at >= 8; at += 8) view.setFloat64(ptr + at, words[at >>> 3]!, true);
  if (length - at >= 4) {
    view.setUint32(ptr + at, halves[at >>> 2]!, true);
    at += 4;
  }
  for (; at < length; at += 1) view.setUint8(ptr + at, short[at]!);
}

/** `store_string_copy` of a utf16 string. A lone surrogate becomes U+FFFD. */
export function writeUtf16(memory: Uint16Array, text: string, ptr: number): void {
  const units = text.toWellFormed();
  const base = ptr / 2;
  for (let i = 0; i < units.length; i += 1) memory[base + i] = units.charCodeAt(i);
}

/** Whether a string does not fit into latin1. */
export function isWide(text: string): boolean {
  let bits = 0;
  for (let i = 0; i < text.length; i += 1) bits |= text.charCodeAt(i);
  return bits > 0xff;
}

/** A string in the encoding that latin1+utf16 has for it, where `views.wide` says which that is. */
export function writeLatin1OrUtf16(views: MemoryViews, text: string, ptr: number): void {
  if (views.wide) {
    writeUtf16(views.u16, text, ptr);
    return;
  }
  const memory = views.u8;
  for (let i = 0; i < text.length; i += 1) memory[ptr + i] = text.charCodeAt(i);
}
