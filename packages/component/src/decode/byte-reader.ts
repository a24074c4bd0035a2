import type { Canon, CoreType, CoreValType, Definition, ExternName } from '../ast.ts';
import { DecodeError } from '../decode-error.ts';

/**
 * In practice components, and types inside types, nest about five deep. Everything that reads them may recurse this
 * deep.
 */
const MAX_DEPTH = 100;

/** The longest name, in bytes. Engines have the same limit for the names of core modules. */
const MAX_NAME = 100_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What reading few components needs, so a page need not load it at once (`rare-decoding.ts` has it): texts of errors
 * that only say more, and definitions that only components with tasks, values, imported core modules or attributes of
 * names have.
 */
export interface RareDecoding {
  /** Fails with what is wrong with a preamble that is not a component's, which begins at the reader's position. */
  failPreamble(reader: ByteReader, head: Uint8Array): never;
  /** What sections are called, by id. */
  readonly sections: readonly string[];
  coreValType(reader: ByteReader): CoreValType;
  /** Reads the definition of a core type. */
  coreType(reader: ByteReader): CoreType;
  /** Reads the contents of a start section. */
  start(reader: ByteReader): Definition;
  /** Reads the definition of a value. */
  value(reader: ByteReader): Definition;
  /** Reads the attributes of the name of an import or export. */
  nameAttributes(reader: ByteReader): Omit<ExternName, 'name'>;
  /** Reads what follows the opcode of a built-in of tasks. Returns `undefined` when it is not the opcode of one. */
  taskBuiltin(reader: ByteReader, opcode: number): Canon | undefined;
}

/**
 * A cursor over the bytes of a binary. It reads no further than `end`, which is the end of the section being read, and
 * fails with `DecodeError` only. Nothing is allocated by a count that the bytes merely claim.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  position = 0;
  end: number;
  /** Absent while it is not loaded. */
  readonly rare: RareDecoding | undefined;
  readonly #base: number;
  #depth = 0;

  /** @param base the offset of the bytes in the outermost bytes, which is added to the offsets of errors */
  constructor(bytes: Uint8Array, base = 0, rare?: RareDecoding) {
    this.bytes = bytes;
    this.rare = rare;
    this.#base = base;
    this.end = bytes.length;
  }

  fail(message: string, offset: number = this.position): never {
    throw new DecodeError(message, this.#base + offset);
  }

  /** Returns what reads rare definitions. Fails when it is not loaded, so that the caller loads it and reads again. */
  forRareDefinition(): RareDecoding {
    return (
      this.rare ?? this.fail('the code that reads this rare definition cannot be loaded on this platform')
    );
  }

  get atEnd(): boolean {
    return this.position >= this.end;
  }

  peek(): number {
    if (this.position >= this.end) this.fail('the input ends in the middle of a definition');
    return this.bytes[this.position]!;
  }

  byte(): number {
    const value = this.peek();
    this.position += 1;
    return value;
  }

  /** A view of the next bytes. */
  take(length: number): Uint8Array {
    const start = this.position;
    if (length > this.end - start) {
      this.fail(`${length} bytes are announced here, but only ${this.end - start} follow`);
    }
    this.position = start + length;
    return this.bytes.subarray(start, this.position);
  }

  /** LEB128, at most five bytes, no bits beyond the 32nd. */
  u32(): number {
    let byte = this.byte();
    if (byte < 0x80) return byte;
    const start = this.position - 1;
    let value = byte & 0x7f;
    for (let shift = 7; shift <= 28; shift += 7) {
      byte = this.byte();
      if (shift === 28 && byte > 0x0f) this.fail('an integer does not fit in 32 bits', start);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }

  u64(): bigint {
    const start = this.position;
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      if (shift === 63n && byte > 1) this.fail('an integer does not fit in 64 bits', start);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  /** A type index where a type's opcode could stand as well: a nonnegative s33 (`Binary.md`, "Type Definitions"). */
  s33Index(): number {
    const start = this.position;
    const index = this.u32();
    const length = this.position - start;
    // The sign is the highest bit that is there; a fifth byte has one beyond those of a u32.
    if (length < 5 && (this.bytes[this.position - 1]! & 0x40) !== 0)
      this.fail('a type index is written as a negative number', start);
    return index;
  }

  /** `core:name`: a length and that many bytes of UTF-8. */
  name(): string {
    const length = this.u32();
    const start = this.position;
    if (length > MAX_NAME) this.fail(`a name has at most ${MAX_NAME} bytes, not ${length}`, start);
    const bytes = this.take(length);
    try {
      return utf8.decode(bytes);
    } catch {
      return this.fail('a name is not valid UTF-8', start);
    }
  }

  vec<T>(item: (reader: ByteReader) => T): T[] {
    const start = this.position;
    const count = this.u32();
    // Every item has at least a byte, so this rejects absurd counts at once and with the better message.
    if (count > this.end - this.position) {
      this.fail(
        `a list of ${count} items is announced, but only ${this.end - this.position} bytes follow`,
        start,
      );
    }
    const items: T[] = [];
    for (let i = 0; i < count; i += 1) items.push(item(this));
    return items;
  }

  /** `<T>?` */
  optional<T>(item: (reader: ByteReader) => T): T | undefined {
    return this.flag('an optional part') ? item(this) : undefined;
  }

  /** A byte that is 0 or 1. */
  flag(what: string): boolean {
    const value = this.byte();
    if (value > 1) this.fail(`${what} must be 0 or 1, not ${hex(value)}`, this.position - 1);
    return value === 1;
  }

  expect(value: number, what: string): void {
    const found = this.byte();
    if (found !== value) this.fail(`expected ${hex(value)} ${what}, found ${hex(found)}`, this.position - 1);
  }

  /** Reads a part of `size` bytes. `read` must consume all of them. */
  within<T>(size: number, what: string, read: (reader: ByteReader) => T): T {
    const start = this.position;
    const outer = this.end;
    if (size > outer - start) this.fail(`${what} announces ${size} bytes, but only ${outer - start} follow`);
    this.end = start + size;
    const value = read(this);
    if (this.position !== this.end) {
      this.fail(`${what} has ${this.end - this.position} bytes left over after its contents`);
    }
    this.end = outer;
    return value;
  }

  /** Bounds recursion: hostile bytes can nest as deep as they are long. */
  nested<T>(read: (reader: ByteReader) => T): T {
    if (this.#depth >= MAX_DEPTH)
      this.fail(`components and types are nested more than ${MAX_DEPTH} levels deep`);
    this.#depth += 1;
    const value = read(this);
    this.#depth -= 1;
    return value;
  }
}

export function hex(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}
