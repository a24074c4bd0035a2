import type { Canon, CoreType, CoreValType, Definition, ExternName, ExternType } from '../ast.ts';
import { DecodeError, NOT_LOADED } from '../decode-error.ts';
import type { DecodeTexts } from './decode-texts.ts';

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
  /** Reads what follows the sort in the type of an import or export of a core module or a value. */
  externType(reader: ByteReader, sort: 'core module' | 'value'): ExternType;
  /** Reads the attributes of the name of an import or export. */
  nameAttributes(reader: ByteReader): Omit<ExternName, 'name'>;
  /** Reads what follows the opcode of a built-in of tasks. Returns `undefined` when it is not the opcode of one. */
  taskBuiltin(reader: ByteReader, opcode: number): Canon | undefined;
}

/**
 * A cursor over the bytes of a binary. It reads no further than `end`, which is the end of the section being read, and
 * fails with `DecodeError` only. Nothing is allocated by a count that the bytes merely claim.
 *
 * The message of a fault is only its code, and there is no code for rare definitions. `ExplainingReader` has both, and
 * is loaded on demand.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  position = 0;
  end: number;
  readonly rare: RareDecoding | undefined = undefined;
  readonly #base: number;
  #depth = 0;

  /** @param base the offset of the bytes in the outermost bytes, which is added to the offsets of errors */
  constructor(bytes: Uint8Array, base = 0) {
    this.bytes = bytes;
    this.#base = base;
    this.end = bytes.length;
  }

  fail(message: string, offset: number = this.position): never {
    throw new DecodeError(message, this.#base + offset);
  }

  /** Fails with a fault whose message is made of its details. */
  fault<Code extends keyof DecodeTexts>(
    code: Code,
    offset?: number,
    ..._details: Parameters<DecodeTexts[Code]>
  ): never {
    this.fail(`the component is not valid: ${code}`, offset);
  }

  /** Returns what reads rare definitions. Fails when it is not loaded, so that the caller loads it and reads again. */
  forRareDefinition(): RareDecoding {
    return this.rare ?? this.fail(NOT_LOADED);
  }

  get atEnd(): boolean {
    return this.position >= this.end;
  }

  peek(): number {
    if (this.position >= this.end) this.fault('unexpected-end');
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
    if (length > this.end - start) this.fault('too-few-bytes', start, length, this.end - start);
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
      if (shift === 28 && byte > 0x0f) this.fault('integer-too-large', start, 32);
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
      if (shift === 63n && byte > 1) this.fault('integer-too-large', start, 64);
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
    if (length < 5 && (this.bytes[this.position - 1]! & 0x40) !== 0) this.fault('negative-index', start);
    return index;
  }

  /** `core:name`: a length and that many bytes of UTF-8. */
  name(): string {
    const length = this.u32();
    const start = this.position;
    if (length > MAX_NAME) this.fault('name-too-long', start, MAX_NAME, length);
    const bytes = this.take(length);
    try {
      return utf8.decode(bytes);
    } catch {
      return this.fault('not-utf8', start);
    }
  }

  vec<T>(item: (reader: ByteReader) => T): T[] {
    const start = this.position;
    const count = this.u32();
    // Every item has at least a byte, so this rejects absurd counts at once and with the better message.
    if (count > this.end - this.position) this.fault('list-too-long', start, count, this.end - this.position);
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
    if (value > 1) this.fault('not-a-flag', this.position - 1, what, value);
    return value === 1;
  }

  expect(value: number, what: string): void {
    const found = this.byte();
    if (found !== value) this.fault('unexpected-byte', this.position - 1, value, what, found);
  }

  /** Reads a part of `size` bytes. `read` must consume all of them. */
  within<T>(size: number, what: string, read: (reader: ByteReader) => T): T {
    const start = this.position;
    const outer = this.end;
    if (size > outer - start) this.fault('part-too-long', start, what, size, outer - start);
    this.end = start + size;
    const value = read(this);
    const left = this.end - this.position;
    if (left !== 0) this.fault('bytes-left-over', this.position, what, left);
    this.end = outer;
    return value;
  }

  /** Bounds recursion: hostile bytes can nest as deep as they are long. */
  nested<T>(read: (reader: ByteReader) => T): T {
    if (this.#depth >= MAX_DEPTH) this.fault('nested-too-deep', this.position, MAX_DEPTH);
    this.#depth += 1;
    const value = read(this);
    this.#depth -= 1;
    return value;
  }
}
