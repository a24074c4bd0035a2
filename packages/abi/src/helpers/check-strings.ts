import { Trap } from '../trap.ts';
import { checkString } from './lift-strings.ts';
import type { MemoryViews } from './memory.ts';

const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Up to this length, checking each byte is faster than the platform's decoder (measured on V8 14). */
const SHORT = 128;

/** The largest memory, in bytes, in which 32-bit operators can compute the index of a word. */
const MAX_ADDRESS = 2 ** 32 - 1;

/** Checks a utf8 string that another memory gets, as `load_string_from_range` does. @throws Trap */
export function checkUtf8(views: MemoryViews, ptr: number, length: number): void {
  checkString(views.u8.length, ptr, length, 1);
  if (isAscii(views, ptr, length)) return;
  if (length <= SHORT) {
    if (!isUtf8(views.u8, ptr, ptr + length)) throw new Trap('invalid utf-8');
    return;
  }
  try {
    utf8.decode(views.u8.subarray(ptr, ptr + length));
  } catch (error) {
    throw new Trap('invalid utf-8', { cause: error });
  }
}

/** Checks a utf16 string in the same way. The length is in code units. @throws Trap */
export function checkUtf16(views: MemoryViews, ptr: number, length: number): void {
  checkString(views.u8.length, ptr, 2 * length, 2);
  const { u16 } = views;
  const end = ptr / 2 + length;
  for (let at = ptr / 2; at < end; at += 1) {
    const unit = u16[at]!;
    if ((unit & 0xf800) !== 0xd800) continue;
    at += 1;
    if (unit > 0xdbff || at === end || (u16[at]! & 0xfc00) !== 0xdc00) throw new Trap('invalid utf-16');
  }
}

/** Checks a latin1+utf16 string in the same way. The length has no tag. @throws Trap */
export function checkLatin1OrUtf16(views: MemoryViews, ptr: number, length: number, tagged: boolean): void {
  if (tagged) checkUtf16(views, ptr, length);
  else checkString(views.u8.length, ptr, length, 2);
}

/** Returns true when all bytes are below 128. Compares whole words if it can. */
function isAscii({ u8, i32 }: MemoryViews, ptr: number, length: number): boolean {
  const end = ptr + length;
  if (end > MAX_ADDRESS) return false;
  let bits = 0;
  let at = ptr;
  for (; (at & 3) !== 0 && at < end; at += 1) bits |= u8[at]!;
  let word = at >>> 2;
  let words = 0;
  for (const fours = (end >>> 2) - 3; word < fours;) {
    // Most strings that are not ASCII show it in their first bytes.
    for (const stop = Math.min(fours, word + 64); word < stop; word += 4) {
      words |= i32[word]! | i32[word + 1]! | i32[word + 2]! | i32[word + 3]!;
    }
    if ((words & 0x8080_8080) !== 0) return false;
  }
  // After the last whole word there is nothing to compare.
  at = Math.max(at, word * 4);
  if (end - at > 7) {
    words |= i32[at >>> 2]! | i32[(at + 4) >>> 2]!;
    at += 8;
  }
  if (end - at > 3) {
    words |= i32[at >>> 2]!;
    at += 4;
  }
  for (; at < end; at += 1) bits |= u8[at]!;
  return ((bits | words) & 0x8080_8080) === 0;
}

/** The table of well-formed UTF-8 sequences in chapter 3 of Unicode, as comparisons. */
function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead < 0xc2 || lead > 0xf4 || end - at <= more) return false;
    const second = bytes[at + 1]!;
    const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) return false;
    for (let i = 2; i <= more; i += 1) if ((bytes[at + i]! & 0xc0) !== 0x80) return false;
    at += more;
  }
  return true;
}
