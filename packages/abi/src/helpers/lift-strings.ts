import { Trap } from '../trap.ts';

/** `MAX_STRING_BYTE_LENGTH` and `MAX_LIST_BYTE_LENGTH` of `CanonicalABI.md`. */
export const MAX_BYTE_LENGTH = 0x0fff_ffff;

/**
 * Up to this length, building a string from its characters is faster than the platform's decoder (measured on V8 14).
 */
const SHORT = 24;

const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16 = /* @__PURE__ */ new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });
// The "latin1" of the platform is windows-1252, which differs from 0x80 to 0x9f.
const windows1252 = /* @__PURE__ */ new TextDecoder('latin1');

const characters = String.fromCharCode;

/** `load_string_from_range`, utf8. `memory` is the whole memory. @throws Trap */
export function liftUtf8(memory: Uint8Array, ptr: number, length: number): string {
  checkString(memory.length, ptr, length, 1);
  if (length <= SHORT) {
    let text = '';
    let bits = 0;
    let at = ptr;
    const end = ptr + length;
    for (; end - at >= 8; at += 8) {
      const a = memory[at]!;
      const b = memory[at + 1]!;
      const c = memory[at + 2]!;
      const d = memory[at + 3]!;
      const e = memory[at + 4]!;
      const f = memory[at + 5]!;
      const g = memory[at + 6]!;
      const h = memory[at + 7]!;
      bits |= a | b | c | d | e | f | g | h;
      text += characters(a, b, c, d, e, f, g, h);
    }
    if (end - at >= 4) {
      const a = memory[at]!;
      const b = memory[at + 1]!;
      const c = memory[at + 2]!;
      const d = memory[at + 3]!;
      bits |= a | b | c | d;
      text += characters(a, b, c, d);
      at += 4;
    }
    switch (end - at) {
      case 3: {
        const a = memory[at]!;
        const b = memory[at + 1]!;
        const c = memory[at + 2]!;
        bits |= a | b | c;
        text += characters(a, b, c);
        break;
      }
      case 2: {
        const a = memory[at]!;
        const b = memory[at + 1]!;
        bits |= a | b;
        text += characters(a, b);
        break;
      }
      case 1: {
        const a = memory[at]!;
        bits |= a;
        text += characters(a);
        break;
      }
    }
    if (bits < 0x80) return text;
  }
  return decode(utf8, memory, ptr, length, 'invalid utf-8');
}

/** `load_string_from_range`, utf16; the length is in code units. @throws Trap */
export function liftUtf16(memory: Uint8Array, ptr: number, length: number): string {
  checkString(memory.length, ptr, 2 * length, 2);
  return decodeUtf16(memory, ptr, length);
}

/** `load_string_from_range`, latin1+utf16, for a length without its tag. @throws Trap */
export function liftLatin1OrUtf16(memory: Uint8Array, ptr: number, length: number, tagged: boolean): string {
  if (tagged) return liftUtf16(memory, ptr, length);
  checkString(memory.length, ptr, length, 2);
  const end = ptr + length;
  if (length > SHORT) {
    let ascii = true;
    for (let at = ptr; at < end && ascii; at += 1) ascii = memory[at]! < 0x80;
    if (ascii) return windows1252.decode(memory.subarray(ptr, end));
  }
  return fromUnits(memory, ptr, end);
}

export function checkString(memoryLength: number, ptr: number, byteLength: number, alignment: 1 | 2): void {
  if (byteLength > MAX_BYTE_LENGTH || ptr % alignment !== 0 || ptr + byteLength > memoryLength)
    badRange('string', ptr, byteLength, alignment);
}

/** Traps for a range that no string or list can have, with the specification's checks in their order. */
export function badRange(what: 'string' | 'list', ptr: number, byteLength: number, alignment: number): never {
  if (byteLength > MAX_BYTE_LENGTH)
    throw new Trap(`a ${what} of ${byteLength} bytes is longer than ${MAX_BYTE_LENGTH}`);
  if (ptr % alignment !== 0)
    throw new Trap(`unaligned pointer: a ${what} must start at a multiple of ${alignment}`);
  throw new Trap(`${what} pointer/length out of bounds of memory`);
}

function decodeUtf16(memory: Uint8Array, ptr: number, length: number): string {
  if (length > SHORT) return decode(utf16, memory, ptr, 2 * length, 'invalid utf-16');
  const text = shortUtf16(memory, ptr, ptr + 2 * length);
  if (!text.isWellFormed()) throw new Trap('invalid utf-16');
  return text;
}

/** Builds a string of few pieces: each piece is a separate object until the string is flattened. */
function shortUtf16(memory: Uint8Array, ptr: number, end: number): string {
  const unit = (at: number): number => memory[at]! | (memory[at + 1]! << 8);
  let text = '';
  let at = ptr;
  for (; end - at >= 16; at += 16) {
    text += characters(
      unit(at),
      unit(at + 2),
      unit(at + 4),
      unit(at + 6),
      unit(at + 8),
      unit(at + 10),
      unit(at + 12),
      unit(at + 14),
    );
  }
  if (end - at >= 8) {
    text += characters(unit(at), unit(at + 2), unit(at + 4), unit(at + 6));
    at += 8;
  }
  switch (end - at) {
    case 6:
      return text + characters(unit(at), unit(at + 2), unit(at + 4));
    case 4:
      return text + characters(unit(at), unit(at + 2));
    case 2:
      return text + characters(unit(at));
    default:
      return text;
  }
}

/**
 * Builds a string of characters below 256. It works in pieces, because the stack limits the arguments of one call.
 */
function fromUnits(memory: Uint8Array, ptr: number, end: number): string {
  let text = '';
  for (let at = ptr; at < end; at += 4096) {
    text += characters.apply(null, memory.subarray(at, Math.min(at + 4096, end)) as unknown as number[]);
  }
  return text;
}

function decode(
  decoder: TextDecoder,
  memory: Uint8Array,
  ptr: number,
  length: number,
  problem: string,
): string {
  try {
    return decoder.decode(memory.subarray(ptr, ptr + length));
  } catch (error) {
    throw new Trap(problem, { cause: error });
  }
}
