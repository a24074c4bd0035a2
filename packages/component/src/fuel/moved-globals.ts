import { coreValType, readGlobalType, tableType } from '../decode/core-types.ts';
import type { ByteReader } from '../decode/byte-reader.ts';
import type { ModuleSection } from '../core/module-outline.ts';
import { type Bytes, EXTERN, SECTION, unsigned } from '../core/module-writer.ts';
import { readOpcode, skipImmediates } from '../core/operators.ts';
import { GLOBAL_COUNT } from './added-globals.ts';
import { CodeWriter } from './code-writer.ts';

/**
 * Writes sections outside of code again whose indices of globals grow: global, table, element and data sections have
 * them in constant expressions, and export sections in exports.
 */
export class MovedGlobals {
  readonly #importedGlobals: number;
  readonly #reader: ByteReader;
  readonly #out = new CodeWriter();
  #copied = 0;

  /** @param reader stands at the content of a section, which ends where the reader does */
  constructor(reader: ByteReader, importedGlobals: number) {
    this.#reader = reader;
    this.#importedGlobals = importedGlobals;
  }

  /** Returns the new section, in parts. The reader stands at its content. */
  section({ id, start, end }: ModuleSection): Bytes[] {
    const reader = this.#reader;
    this.#copied = reader.position;
    const count = reader.u32();
    for (let index = 0; index < count; index += 1) this.#item(id);
    if (this.#out.length === 0) return [reader.bytes.subarray(start, end)];
    this.#copyUntil(end);
    return [[id], unsigned(this.#out.length), this.#out.written];
  }

  #item(id: number): void {
    const reader = this.#reader;
    switch (id) {
      case SECTION.table:
        if (reader.peek() === 0x40) {
          reader.take(2);
          tableType(reader);
          this.#expression();
        } else tableType(reader);
        return;
      case SECTION.global:
        readGlobalType(reader);
        this.#expression();
        return;
      case SECTION.export: {
        reader.name();
        const sort = reader.byte();
        if (sort === EXTERN.global) this.#index();
        else reader.u32();
        return;
      }
      case SECTION.element:
        this.#elements();
        return;
      default:
        this.#data();
    }
  }

  /** The forms of element segments are a set of flags (core specification, "Element Section"). */
  #elements(): void {
    const reader = this.#reader;
    const form = reader.u32();
    const isActive = (form & 1) === 0;
    const hasIndexOrKind = (form & 3) !== 0;
    const hasExpressions = (form & 4) !== 0;
    if (isActive) {
      if ((form & 2) !== 0) reader.u32();
      this.#expression();
    }
    if (hasIndexOrKind) {
      if (hasExpressions) coreValType(reader);
      else reader.byte();
    }
    for (let left = reader.u32(); left > 0; left -= 1) {
      if (hasExpressions) this.#expression();
      else reader.u32();
    }
  }

  #data(): void {
    const reader = this.#reader;
    const form = reader.u32();
    if (form === 2) reader.u32();
    if (form !== 1) this.#expression();
    reader.take(reader.u32());
  }

  #expression(): void {
    const reader = this.#reader;
    for (;;) {
      const start = reader.position;
      const opcode = readOpcode(reader);
      if (opcode === 0x0b) return;
      if (opcode === 0x23) this.#index();
      else skipImmediates(reader, opcode, start);
    }
  }

  /** Reads the index of a global, and writes the new one. */
  #index(): void {
    const reader = this.#reader;
    const start = reader.position;
    const index = reader.u32();
    if (index < this.#importedGlobals) return;
    this.#copyUntil(start);
    this.#out.unsigned(index + GLOBAL_COUNT);
    this.#copied = reader.position;
  }

  #copyUntil(end: number): void {
    this.#out.bytes(this.#reader.bytes, this.#copied, end);
  }
}
