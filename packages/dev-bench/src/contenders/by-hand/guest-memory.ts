/** Views over a core memory. They become useless when the memory grows. */
interface GuestViews {
  u8: Uint8Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  u64: BigUint64Array<ArrayBuffer>;
  f64: Float64Array<ArrayBuffer>;
}

export type Realloc = (old: number, oldSize: number, align: number, newSize: number) => number;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Up to these lengths a loop over the characters was measured to be faster than the platform's encoder and decoder. */
const SHORT_TO_LOWER = 32;
const SHORT_TO_LIFT = 24;

/**
 * Lowers and lifts strings in one guest's memory, as someone who knows the engine would write it. It allocates nothing
 * but the string; a loop copies short ASCII strings, and the platform's encoder and decoder work in place on all
 * others.
 */
export class GuestMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #realloc: Realloc;
  views: GuestViews;
  /** The address and the length in bytes of the string that `lowerString` wrote last. */
  pointer = 0;
  length = 0;

  constructor(memory: WebAssembly.Memory, realloc: Realloc) {
    this.#memory = memory;
    this.#realloc = realloc;
    this.views = makeViews(memory);
  }

  /** Returns views of the current buffer. The old buffer has length 0 after the memory has grown. */
  refresh(): GuestViews {
    if (this.views.u8.length === 0) this.views = makeViews(this.#memory);
    return this.views;
  }

  allocate(align: number, size: number): number {
    return this.#realloc(0, 0, align, size) >>> 0;
  }

  lowerString(text: string): void {
    const count = text.length;
    const pointer = this.allocate(1, count);
    const { u8 } = this.refresh();
    let written = 0;
    if (count <= SHORT_TO_LOWER) {
      while (written < count) {
        const unit = text.charCodeAt(written);
        if (unit > 0x7f) break;
        u8[pointer + written] = unit;
        written += 1;
      }
    } else {
      const first = encoder.encodeInto(text, u8.subarray(pointer, pointer + count));
      written = first.written;
      if (first.read < count) {
        this.#lowerRest(text, first.read, pointer, count, written);
        return;
      }
    }
    if (written < count) {
      this.#lowerRest(text, written, pointer, count, written);
      return;
    }
    this.pointer = pointer;
    this.length = count;
  }

  /**
   * Lowers the rest of a string from the first character that is not ASCII. Reserves three bytes for each, then
   * shrinks.
   */
  #lowerRest(text: string, read: number, pointer: number, size: number, written: number): void {
    const rest = text.slice(read);
    const roomy = written + rest.length * 3;
    const moved = this.#realloc(pointer, size, 1, roomy) >>> 0;
    const { u8 } = this.refresh();
    const more = encoder.encodeInto(rest, u8.subarray(moved + written, moved + roomy));
    this.length = written + more.written;
    this.pointer = this.length === roomy ? moved : this.#realloc(moved, roomy, 1, this.length) >>> 0;
  }

  liftString(pointer: number, length: number): string {
    const { u8 } = this.views;
    const end = pointer + length;
    if (length > SHORT_TO_LIFT) return decoder.decode(u8.subarray(pointer, end));
    let text = '';
    let bits = 0;
    let at = pointer;
    // A concatenation costs more than reading a character, so eight characters are appended at a time.
    for (; at + 8 <= end; at += 8) {
      const a = u8[at]!;
      const b = u8[at + 1]!;
      const c = u8[at + 2]!;
      const d = u8[at + 3]!;
      const e = u8[at + 4]!;
      const f = u8[at + 5]!;
      const g = u8[at + 6]!;
      const h = u8[at + 7]!;
      bits |= a | b | c | d | e | f | g | h;
      text += String.fromCharCode(a, b, c, d, e, f, g, h);
    }
    if (at + 4 <= end) {
      const a = u8[at]!;
      const b = u8[at + 1]!;
      const c = u8[at + 2]!;
      const d = u8[at + 3]!;
      bits |= a | b | c | d;
      text += String.fromCharCode(a, b, c, d);
      at += 4;
    }
    for (; at < end; at++) {
      const unit = u8[at]!;
      bits |= unit;
      text += String.fromCharCode(unit);
    }
    return bits > 0x7f ? decoder.decode(u8.subarray(pointer, end)) : text;
  }
}

function makeViews({ buffer }: WebAssembly.Memory): GuestViews {
  return {
    u8: new Uint8Array(buffer),
    u32: new Uint32Array(buffer),
    u64: new BigUint64Array(buffer),
    f64: new Float64Array(buffer),
  };
}

/**
 * Makes an array with room for `count` elements. Growing an array, or assigning its `length`, was measured twice as
 * slow.
 */
export function arrayOfLength<T>(count: number): T[] {
  // oxlint-disable-next-line unicorn/no-new-array
  return new Array<T>(count);
}

export function lowerStrings(guest: GuestMemory, strings: readonly string[]): number {
  const pointer = guest.allocate(4, strings.length * 8);
  for (let i = 0, at = pointer >>> 2; i < strings.length; i++, at += 2) {
    guest.lowerString(strings[i]!);
    const { u32 } = guest.refresh();
    u32[at] = guest.pointer;
    u32[at + 1] = guest.length;
  }
  return pointer;
}

export function liftStrings(guest: GuestMemory, pointer: number, count: number): string[] {
  const { u32 } = guest.views;
  const strings = arrayOfLength<string>(count);
  for (let i = 0, at = pointer >>> 2; i < count; i++, at += 2) {
    strings[i] = guest.liftString(u32[at]!, u32[at + 1]!);
  }
  return strings;
}
