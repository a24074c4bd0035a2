/** Views over a memory that are made again when it has grown. */
export interface Views {
  u8: Uint8Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  u64: BigUint64Array<ArrayBuffer>;
  f64: Float64Array<ArrayBuffer>;
}

export type Realloc = (old: number, oldSize: number, align: number, newSize: number) => number;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Up to these lengths, going through the platform's coders costs more than looking at each character; measured. */
const shortToLower = 32;
const shortToLift = 24;

/**
 * Strings into and out of one guest's memory, as someone writes it who knows the engine: no allocation but the string, short
 * ASCII in a loop, anything else through the platform's coders in place.
 */
export class GuestMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #realloc: Realloc;
  views: Views;
  /** Where `lowerString` has put its string, and how many bytes it has. */
  pointer = 0;
  length = 0;

  constructor(memory: WebAssembly.Memory, realloc: Realloc) {
    this.#memory = memory;
    this.#realloc = realloc;
    this.views = makeViews(memory);
  }

  /** A grown memory leaves the old buffer without length. */
  refresh(): Views {
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
    if (count <= shortToLower) {
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

  /** The string is not ASCII: there is room for three bytes a unit, and what is too much is given back. */
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
    if (length > shortToLift) return decoder.decode(u8.subarray(pointer, end));
    let text = '';
    let bits = 0;
    let at = pointer;
    // Each concatenation costs more than a character, so characters go in together.
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

function makeViews({ buffer }: WebAssembly.Memory): Views {
  return {
    u8: new Uint8Array(buffer),
    u32: new Uint32Array(buffer),
    u64: new BigUint64Array(buffer),
    f64: new Float64Array(buffer),
  };
}

/** An array with room for `count` elements; one that grows, or that is told its length, costs twice as much. */
export function slots<T>(count: number): T[] {
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
  const strings = slots<string>(count);
  for (let i = 0, at = pointer >>> 2; i < count; i++, at += 2) {
    strings[i] = guest.liftString(u32[at]!, u32[at + 1]!);
  }
  return strings;
}
