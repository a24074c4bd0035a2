import { DecodeError } from '../decode-error.ts';
import { coreExternType } from '../decode/core-types.ts';
import { ExplainingReader } from '../decode/explaining-reader.ts';
import type { ByteReader } from '../decode/byte-reader.ts';
import { moduleOutline, type ModuleOutline, type ModuleSection } from '../core/module-outline.ts';
import { type Bytes, concatenate, SECTION, sectionOf, unsigned } from '../core/module-writer.ts';
import { ADDED_TYPES, bulkFunction, emptyFunction } from './added-functions.ts';
import { FUEL_MODULE } from '../core/reserved-names.ts';
import { addedGlobals, addedImports } from './added-globals.ts';
import type { Additions } from './charges.ts';
import { CodeWriter } from './code-writer.ts';
import {
  BRANCH_HINTS,
  isStale,
  movedBranchHints,
  type FunctionHints,
  movedNames,
  readBranchHints,
} from './custom-sections.ts';
import { type CopiedPart, writeMeteredBody } from './metered-body.ts';
import { MovedGlobals } from './moved-globals.ts';

/**
 * Rewrites a core module so that it counts the operators that it executes (`docs/fuel.md`), and traps when it has used
 * up what the host gave it. It then imports three globals more (`FUEL_MODULE`). No index of a type, function, table,
 * memory, tag, local or label changes, and no name of an import or export.
 *
 * Returns the bytes themselves if they have no code. A module that is not valid stays so, and the engine refuses it.
 *
 * @param base the offset of the module in the outermost bytes, for error messages
 * @throws DecodeError when the module cannot be read, has operators that are not known, or imports from `FUEL_MODULE`
 */
export function meterModule(bytes: Uint8Array, base = 0): Uint8Array {
  return new ModuleMeter(bytes, base).metered();
}

/** Sections in the order of the specification, which is not the order of their identifiers. */
const ORDER: readonly number[] = [
  SECTION.type,
  SECTION.import,
  SECTION.function,
  SECTION.table,
  SECTION.memory,
  SECTION.tag,
  SECTION.global,
  SECTION.export,
  SECTION.start,
  SECTION.element,
  SECTION.dataCount,
  SECTION.code,
  SECTION.data,
];

const MOVED: ReadonlySet<number> = new Set([
  SECTION.table,
  SECTION.global,
  SECTION.export,
  SECTION.element,
  SECTION.data,
]);

class ModuleMeter {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  readonly #outline: ModuleOutline;
  readonly #added: Additions;
  /** Items that are added at the ends of sections. */
  readonly #items: ReadonlyMap<number, readonly Bytes[]>;
  readonly #parts: Bytes[] = [];
  /** The branch hints, and which part they become when the new offsets are known. */
  #hints: { readonly functions: readonly FunctionHints[]; readonly part: number } | undefined;
  /** The copied parts of the bodies that have branch hints, by the index of the function. */
  readonly #hinted = new Map<number, CopiedPart[]>();

  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes;
    this.#base = base;
    this.#outline = moduleOutline(bytes, base);
    const { importedFunctions, functions, importedGlobals, types } = this.#outline;
    const all = importedFunctions + functions;
    const globals = addedGlobals(importedGlobals);
    this.#added = { counter: globals.counter, empty: all, bulk: all + 1, longBulk: all + 2 };
    const bodies = [
      emptyFunction(globals),
      bulkFunction(globals, all, false),
      bulkFunction(globals, all, true),
    ];
    this.#items = new Map<number, readonly Bytes[]>([
      [SECTION.type, ADDED_TYPES],
      [SECTION.import, addedImports()],
      [SECTION.function, bodies.map((_, index) => unsigned(types + index))],
      [SECTION.code, bodies.map((body) => concatenate([unsigned(body.length), body]))],
    ]);
  }

  metered(): Uint8Array {
    const { sections } = this.#outline;
    for (const section of sections) if (section.id === SECTION.import) this.#checkImports(section);
    if (!sections.some(({ id }) => id === SECTION.code)) return this.#bytes;
    const parts = this.#parts;
    parts.push(this.#bytes.subarray(0, 8));
    const pending = [...this.#items.keys()];
    for (const section of sections) {
      if (section.id === 0) {
        this.#custom(section);
        continue;
      }
      const place = ORDER.indexOf(section.id);
      while (pending.length > 0 && ORDER.indexOf(pending[0]!) < place) {
        const id = pending.shift()!;
        const items = this.#items.get(id)!;
        parts.push(sectionOf(id, concatenate([unsigned(items.length), ...items])));
      }
      if (pending[0] === section.id) pending.shift();
      parts.push(...this.#section(section));
    }
    if (this.#hints !== undefined)
      parts[this.#hints.part] = movedBranchHints(this.#hints.functions, this.#hinted);
    return concatenate(parts);
  }

  #readerOf({ content, end }: ModuleSection): ByteReader {
    const reader = new ExplainingReader(this.#bytes, this.#base);
    reader.position = content;
    reader.end = end;
    return reader;
  }

  /** Returns the new section, in parts. */
  #section(section: ModuleSection): Bytes[] {
    const { id } = section;
    const reader = this.#readerOf(section);
    const items = this.#items.get(id);
    if (id === SECTION.code) return this.#code(reader, items!);
    if (items !== undefined) {
      const count = reader.u32();
      const own = this.#bytes.subarray(reader.position, section.end);
      return [sectionOf(id, concatenate([unsigned(count + items.length), own, ...items]))];
    }
    if (MOVED.has(id) && this.#outline.globals > this.#outline.importedGlobals)
      return new MovedGlobals(reader, this.#outline.importedGlobals).section(section);
    return [this.#bytes.subarray(section.start, section.end)];
  }

  /** A guest must not get at the counter. */
  #checkImports(section: ModuleSection): void {
    const reader = this.#readerOf(section);
    reader.vec(() => {
      const start = reader.position;
      const module = reader.name();
      reader.name();
      coreExternType(reader);
      if (module === FUEL_MODULE) reader.fail(`the import module \`${FUEL_MODULE}\` is reserved`, start);
    });
  }

  #code(reader: ByteReader, added: readonly Bytes[]): Bytes[] {
    const { parameters, functionTypes, importedFunctions, functions, importedGlobals } = this.#outline;
    const around = { ...this.#outline, functions: importedFunctions + functions, importedGlobals };
    const { end } = reader;
    const count = reader.u32();
    if (count !== functions) reader.fail(`there are ${functions} functions and ${count} bodies`);
    const out = new CodeWriter(Math.ceil(1.5 * (end - reader.position)) + 1024);
    out.unsigned(count + added.length);
    const body = new CodeWriter();
    for (let index = 0; index < count; index += 1) {
      const size = reader.u32();
      if (size > end - reader.position) reader.fail('a body is longer than the code section');
      reader.end = reader.position + size;
      body.clear();
      const copied = this.#hinted.get(importedFunctions + index);
      writeMeteredBody(body, reader, parameters[functionTypes[index]!] ?? 0, around, this.#added, copied);
      reader.end = end;
      out.unsigned(body.length);
      out.bytes(body.written);
    }
    if (!reader.atEnd) reader.fail('bytes follow the last body');
    for (const each of added) out.bytes(Uint8Array.from(each));
    // The code is large, so it is copied no more than once.
    return [[SECTION.code], unsigned(out.length), out.written];
  }

  /** Engines ignore custom sections that cannot be read, so these are left out. */
  #custom(section: ModuleSection): void {
    const reader = this.#readerOf(section);
    try {
      const name = reader.name();
      if (name === 'name') this.#parts.push(movedNames(reader, this.#outline.importedGlobals));
      else if (name === BRANCH_HINTS) {
        const functions = readBranchHints(reader);
        for (const hints of functions) this.#hinted.set(hints.function, []);
        this.#hints = { functions, part: this.#parts.push([]) - 1 };
      } else if (!isStale(name)) this.#parts.push(this.#bytes.subarray(section.start, section.end));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
    }
  }
}
