import { MAX_BYTE_LENGTH } from './lift-strings.ts';
import { bad } from './mismatch.ts';
import type { MemoryViews } from './memory.ts';

/** Up to this length a loop over the characters beats a call of the platform's encoder (measured on V8 14). */
const SHORT = 24;

const encoder = new TextEncoder();

/** `LiftLowerContext.reallocate`: the guest's realloc under the rules, its result checked. */
export type Reallocate = (old: number, oldSize: number, alignment: number, newSize: number) => number;

/** The length of a host string in code units. @throws the mismatch where the value is no string, or too long */
export function stringLength(value: unknown): number {
  if (typeof value !== 'string') return bad();
  return value.length <= MAX_BYTE_LENGTH ? value.length : bad();
}

/** Writes a string of ASCII characters. False, with something written, where it is not all ASCII. */
export function writeAscii(memory: Uint8Array, text: string, ptr: number, length: number): boolean {
  if (length > SHORT) return encoder.encodeInto(text, memory.subarray(ptr, ptr + length)).read === length;
  for (let i = 0; i < length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return false;
    memory[ptr + i] = unit;
  }
  return true;
}

/**
 * `store_string_to_utf8` from where the first character beyond ASCII was met: room for the worst case, then what is not
 * needed given back. Gives the address, and the length in `views.count`.
 */
export function growUtf8(views: MemoryViews, text: string, ptr: number, reallocate: Reallocate): number {
  const worst = 3 * text.length;
  const at = reallocate(ptr, text.length, 1, worst);
  const { written } = encoder.encodeInto(text, views.u8.subarray(at, at + worst));
  const end = written < worst ? reallocate(at, worst, 1, written) : at;
  // Set last: a realloc may be a lowered function that counts too.
  views.count = written;
  return end;
}

/** `store_string_copy` of a utf16 string. A lone surrogate becomes U+FFFD. */
export function writeUtf16(memory: Uint16Array, text: string, ptr: number): void {
  const units = text.toWellFormed();
  const base = ptr / 2;
  for (let i = 0; i < units.length; i += 1) memory[base + i] = units.charCodeAt(i);
}

/**
 * `store_string_to_latin1_or_utf16` into `length` bytes that were allocated for latin1. Gives the address, and in
 * `views.wide` whether the string was changed to utf16.
 */
export function writeLatin1OrUtf16(
  views: MemoryViews,
  text: string,
  ptr: number,
  reallocate: Reallocate,
): number {
  const memory = views.u8;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0xff) {
      const at = reallocate(ptr, text.length, 2, 2 * text.length);
      writeUtf16(views.u16, text, at);
      views.wide = true;
      return at;
    }
    memory[ptr + i] = unit;
  }
  views.wide = false;
  return ptr;
}
