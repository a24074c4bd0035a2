import { ByteReader } from '../decode/byte-reader.ts';
import { ASK_TYPE, askFunction, growFunction, growType, ZERO_GLOBAL } from './growth-functions.ts';
import { findLimited } from './instructions.ts';
import { moduleOutline, type ModuleOutline, type ModuleSection, pageSize } from './module-outline.ts';
import { LIMITS_EXPORTS } from './reserved-names.ts';
import { type Bytes, concatenate, coreName, EXTERN, SECTION, sectionOf, unsigned } from './module-writer.ts';

/** What a core module takes from the limits of the instance that it belongs to, each time it is instantiated. */
export interface ModuleUse {
  readonly memories: number;
  /** The bytes of its memories, before they grow. */
  readonly memoryBytes: number;
  readonly tables: number;
  /** The entries of its tables, before they grow. */
  readonly tableEntries: number;
  /** About how many bytes the engine takes for its imports, exports, functions, globals and segments. */
  readonly bookkeepingBytes: number;
  /** What allocates in the heap of the JavaScript engine, in words: `a struct type`. */
  readonly heapUses: readonly string[];
}

/** A core module whose memories and tables ask before they grow. */
export interface LimitedModule {
  /** The module itself when nothing in it grows. */
  readonly bytes: Uint8Array;
  readonly use: ModuleUse;
}

/**
 * Rewrites a core module so that `memory.grow` and `table.grow` ask the host first, also for memories and tables that
 * the module imports. Nothing else about the module changes: no index of it, and no code without these instructions.
 *
 * @param base the offset of the module in the outermost bytes, for error messages
 * @throws DecodeError when the module cannot be read, or has instructions that are not known
 */
export function limitModule(bytes: Uint8Array, base = 0): LimitedModule {
  const outline = moduleOutline(bytes, base);
  const growing = new GrowingCode(bytes, outline, base);
  const use = useOf(outline, growing.usesGc);
  // An invalid module could use what is added, at the ends of its index spaces. The engine refuses it as it is.
  if (!growing.grows || !WebAssembly.validate(bytes as BufferSource)) return { bytes, use };
  return { bytes: rewritten(bytes, outline, growing), use };
}

/** The bytes of an import, an export, or a function that a reference was made of, measured on V8 14. */
const FUNCTION_BYTES = 160;
/** The bytes of a global, or of an element of a segment. */
const CELL_BYTES = 16;

function useOf(outline: ModuleOutline, usesGc: boolean): ModuleUse {
  const memories = outline.memories.filter((memory) => !memory.isImported);
  const tables = outline.tables.filter((table) => !table.isImported);
  const heapUses = new Set(outline.heapUses);
  if (usesGc) heapUses.add('an instruction of WasmGC');
  return {
    memories: memories.length,
    memoryBytes: memories.reduce((sum, { limits }) => sum + Number(limits.minimum) * pageSize(limits), 0),
    tables: tables.length,
    tableEntries: tables.reduce((sum, { limits }) => sum + Number(limits.minimum), 0),
    bookkeepingBytes:
      FUNCTION_BYTES * (outline.imports + outline.exports + outline.functions) + CELL_BYTES * outline.cells,
    heapUses: [...heapUses],
  };
}

/** The bodies of a module that grow memories or tables, which then call functions that are added to the module. */
class GrowingCode {
  usesGc = false;
  /** The added functions, by the memory or table that they grow. */
  readonly helpers: { readonly what: 'memory' | 'table'; readonly index: number }[] = [];
  /** The parts of the code section's contents, after the number of bodies. */
  readonly parts: Bytes[] = [];
  readonly #bytes: Uint8Array;
  readonly #base: number;
  readonly #outline: ModuleOutline;
  #count = 0;

  constructor(bytes: Uint8Array, outline: ModuleOutline, base: number) {
    this.#bytes = bytes;
    this.#base = base;
    this.#outline = outline;
    const code = outline.sections.find(({ id }) => id === SECTION.code);
    if (code !== undefined) this.#read(code);
  }

  get grows(): boolean {
    return this.helpers.length > 0;
  }

  /** The number of bodies. */
  get count(): number {
    return this.#count;
  }

  #read({ content, end }: ModuleSection): void {
    const reader = new ByteReader(this.#bytes, this.#base);
    reader.position = content;
    reader.end = end;
    let copied = -1;
    reader.vec(() => {
      const start = reader.position;
      if (copied < 0) copied = start;
      const size = reader.u32();
      const body = reader.position;
      reader.take(size);
      this.#count += 1;
      if (!mayBeLimited(this.#bytes, body, reader.position, this.#outline.memories.length)) return;
      const changed = this.#body(body, reader.position);
      if (changed === undefined) return;
      this.parts.push(this.#bytes.subarray(copied, start), unsigned(changed.length), changed);
      copied = reader.position;
    });
    if (copied >= 0) this.parts.push(this.#bytes.subarray(copied, end));
  }

  /** Returns the body with calls instead of instructions that grow, or nothing if there are none. */
  #body(start: number, end: number): Uint8Array | undefined {
    const reader = new ByteReader(this.#bytes, this.#base);
    reader.position = start;
    reader.end = end;
    const parts: Bytes[] = [];
    let copied = start;
    findLimited(reader, (instruction, index, from, to) => {
      if (instruction === 'gc') {
        this.usesGc = true;
        return;
      }
      const helper = this.#helper(instruction === 'memory.grow' ? 'memory' : 'table', index);
      parts.push(this.#bytes.subarray(copied, from), [0x10], unsigned(helper));
      copied = to;
    });
    if (parts.length === 0) return undefined;
    return concatenate([...parts, this.#bytes.subarray(copied, end)]);
  }

  /** Returns the index of the added function that grows a memory or table. */
  #helper(what: 'memory' | 'table', index: number): number {
    let at = this.helpers.findIndex((helper) => helper.what === what && helper.index === index);
    if (at < 0) at = this.helpers.push({ what, index }) - 1;
    return this.#outline.importedFunctions + this.#outline.functions + at;
  }
}

/**
 * Returns false when a body surely has none of the instructions. Most have none, and need not be read.
 *
 * @param memories the number of memories, which are the indices that `memory.grow` may have
 */
function mayBeLimited(bytes: Uint8Array, start: number, end: number, memories: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    // The empty block type is the same byte as `memory.grow`. Few opcodes are as small as the index of a memory.
    if (byte === 0x40 && (bytes[at + 1]! < memories || bytes[at + 1]! >= 0x80)) return true;
    if (byte === 0xfc && (bytes[at + 1]! & 0x7f) === 15) return true;
    if (byte === 0xfb) return true;
  }
  return false;
}

function rewritten(bytes: Uint8Array, outline: ModuleOutline, code: GrowingCode): Uint8Array {
  const { helpers } = code;
  const { types, globals } = outline;
  const functions = outline.importedFunctions + outline.functions + helpers.length;
  const table = outline.tables.length;
  const added = new Map<number, readonly Bytes[]>([
    [SECTION.type, [ASK_TYPE, ...helpers.map((helper) => growType(helper, outline))]],
    [SECTION.function, [...helpers.map((_, index) => types + 1 + index), types, types].map(unsigned)],
    // A table of two functions that stays as large.
    [SECTION.table, [[0x70, 0x01, 2, 2]]],
    [SECTION.global, [ZERO_GLOBAL, ZERO_GLOBAL]],
    [
      SECTION.export,
      [
        exported(LIMITS_EXPORTS.table, EXTERN.table, table),
        ...LIMITS_EXPORTS.functions.map((name, index) => exported(name, EXTERN.func, functions + index)),
        ...LIMITS_EXPORTS.globals.map((name, index) => exported(name, EXTERN.global, globals + index)),
        ...(outline.start === undefined ? [] : [exported(LIMITS_EXPORTS.start, EXTERN.func, outline.start)]),
      ],
    ],
  ]);
  const bodies = [
    ...helpers.map((helper) => growFunction(helper, outline, { type: types, table })),
    askFunction(globals),
    askFunction(globals + 1),
  ];
  const parts: Bytes[] = [bytes.subarray(0, 8)];
  const pending = [...added.keys()];
  const flush = (before: number): void => {
    // Sections are in the order of their identifiers, except for tags (13) after memories and data counts (12).
    while (pending.length > 0 && pending[0]! < before)
      parts.push(extended(bytes, undefined, pending[0]!, added.get(pending.shift()!)!));
  };
  for (const section of outline.sections) {
    const { id } = section;
    if (id !== 0) flush(id === 13 ? SECTION.memory + 1 : id);
    if (id === SECTION.start) continue;
    if (id === SECTION.code) {
      const whole = [unsigned(code.count + bodies.length), ...code.parts, ...bodies.flatMap(sized)];
      parts.push(sectionOf(id, concatenate(whole)));
    } else if (pending[0] === id) parts.push(extended(bytes, section, id, added.get(pending.shift()!)!));
    else parts.push(bytes.subarray(section.start, section.end));
  }
  return concatenate(parts);
}

function exported(name: string, sort: number, index: number): Bytes {
  return concatenate([coreName(name), [sort], unsigned(index)]);
}

function sized(body: Bytes): Bytes[] {
  return [unsigned(body.length), body];
}

/** Returns a section with items added at its end. */
function extended(
  bytes: Uint8Array,
  section: ModuleSection | undefined,
  id: number,
  items: readonly Bytes[],
): Uint8Array {
  if (section === undefined) return sectionOf(id, concatenate([unsigned(items.length), ...items]));
  const reader = new ByteReader(bytes);
  reader.position = section.content;
  const count = reader.u32();
  const all = [unsigned(count + items.length), bytes.subarray(reader.position, section.end), ...items];
  return sectionOf(id, concatenate(all));
}
