import type { MemoryViews } from './memory.ts';

const encoder = new TextEncoder();

/** `LiftLowerContext.reallocate`: the guest's realloc under the rules, its result checked. */
export type Reallocate = (old: number, oldSize: number, alignment: number, newSize: number) => number;

/**
 * Writes as much of a string as fits into a byte for each of its code units, which is all of it where it is ASCII. Gives how
 * many units that were, and the number of bytes in `views.count`.
 */
export function writeUtf8(views: MemoryViews, text: string, ptr: number): number {
  const { read, written } = encoder.encodeInto(text, views.u8.subarray(ptr, ptr + text.length));
  views.count = written;
  return read;
}

/**
 * `store_string_to_utf8` from where the string needs more room than a byte for each unit: `read` units are in the first
 * `written` bytes. There is room for the worst case, then what is not needed is given back. Gives the address, and the length
 * in `views.count`.
 */
export function growUtf8(
  views: MemoryViews,
  text: string,
  ptr: number,
  reallocate: Reallocate,
  read: number,
  written: number,
): number {
  const worst = 3 * text.length;
  const at = reallocate(ptr, text.length, 1, worst);
  const rest = encoder.encodeInto(text.slice(read), views.u8.subarray(at + written, at + worst));
  const length = written + rest.written;
  const end = length < worst ? reallocate(at, worst, 1, length) : at;
  // Set last: a realloc may be a lowered function that counts too.
  views.count = length;
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
