import type { CoreValType, Limits } from '../ast.ts';
import type { ByteReader } from '../decode/byte-reader.ts';
import { ExplainingReader } from '../decode/explaining-reader.ts';
import { hex } from '../decode/hex.ts';
import {
  coreExternType,
  coreValType,
  readGlobalType,
  readLimits,
  tableType,
  tagType,
} from '../decode/core-types.ts';
import { subType } from '../decode/core-type-definitions.ts';
import { skipConstantExpression } from './constant-expression.ts';
import { RESERVED } from './reserved-names.ts';

/** A section of a core module: its identifier, and where its contents are. */
export interface ModuleSection {
  readonly id: number;
  /** The offset of the identifier. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

interface TableOutline {
  /** The bytes of the type of the table's elements. */
  readonly element: Uint8Array;
  readonly limits: Limits;
  readonly isImported: boolean;
}

interface MemoryOutline {
  readonly limits: Limits;
  readonly isImported: boolean;
}

/** Something in a core module that allocates outside of its memories and tables, in words: `a struct type`. */
type HeapUse = string;

/** What a core module consists of, as far as limits concern it. */
export interface ModuleOutline {
  readonly sections: readonly ModuleSection[];
  /** The number of types in the index space. */
  readonly types: number;
  /** The number of parameters of each type; `undefined` for types that are not of functions. */
  readonly parameters: readonly (number | undefined)[];
  readonly importedFunctions: number;
  readonly functions: number;
  /** The types of the functions that the module defines. */
  readonly functionTypes: readonly number[];
  readonly tables: readonly TableOutline[];
  readonly memories: readonly MemoryOutline[];
  readonly imports: number;
  readonly exports: number;
  /** The function that runs when the module is instantiated. */
  readonly start: number | undefined;
  readonly globals: number;
  readonly importedGlobals: number;
  /** The globals that the module defines, and the elements of segments. */
  readonly cells: number;
  readonly heapUses: ReadonlySet<HeapUse>;
}

const PAGE = 65_536;

/** Returns the size of a memory's pages, in bytes. */
export function pageSize({ pageSizeLog2 }: Limits): number {
  return pageSizeLog2 === undefined ? PAGE : 2 ** pageSizeLog2;
}

/**
 * An exception holds the values that it is thrown with. With few numbers it is smaller than a frame of the stack,
 * without which it cannot exist.
 */
const MAX_PAYLOAD = 16;

/** Reads what limits need to know of a core module. Bodies and data are skipped. @throws DecodeError */
export function moduleOutline(bytes: Uint8Array, base = 0): ModuleOutline {
  return new OutlineReader(bytes, base).read();
}

class OutlineReader {
  readonly #reader: ByteReader;
  readonly #sections: ModuleSection[] = [];
  /** The parameters of function types, which are the payloads of exceptions. */
  readonly #types: (readonly CoreValType[] | undefined)[] = [];
  readonly #tables: TableOutline[] = [];
  readonly #memories: MemoryOutline[] = [];
  readonly #heapUses = new Set<HeapUse>();
  #imports = 0;
  #exports = 0;
  #importedFunctions = 0;
  #globals = 0;
  #importedGlobals = 0;
  #functionTypes: readonly number[] = [];
  #start: number | undefined;
  #cells = 0;

  constructor(bytes: Uint8Array, base: number) {
    this.#reader = new ExplainingReader(bytes, base);
    this.#reader.position = 8;
  }

  read(): ModuleOutline {
    const reader = this.#reader;
    while (!reader.atEnd) {
      const start = reader.position;
      const id = reader.byte();
      const size = reader.u32();
      const content = reader.position;
      reader.within(size, `section ${id} of a core module`, () => this.#section(id));
      this.#sections.push({ id, start, content, end: reader.position });
    }
    return {
      sections: this.#sections,
      types: this.#types.length,
      parameters: this.#types.map((parameters) => parameters?.length),
      importedFunctions: this.#importedFunctions,
      functions: this.#functionTypes.length,
      functionTypes: this.#functionTypes,
      tables: this.#tables,
      memories: this.#memories,
      imports: this.#imports,
      exports: this.#exports,
      globals: this.#globals,
      importedGlobals: this.#importedGlobals,
      start: this.#start,
      cells: this.#cells,
      heapUses: this.#heapUses,
    };
  }

  #section(id: number): void {
    const reader = this.#reader;
    switch (id) {
      case 1:
        reader.vec(() => this.#recursiveTypes());
        return;
      case 2:
        this.#imports = reader.vec(() => this.#import()).length;
        return;
      case 3:
        this.#functionTypes = reader.vec(() => reader.u32());
        return;
      case 4:
        reader.vec(() => this.#definedTable());
        return;
      case 5:
        reader.vec(() => this.#memories.push({ limits: readLimits(reader), isImported: false }));
        return;
      case 6:
        reader.vec(() => {
          this.#globals += 1;
          this.#cells += 1;
          this.#allowed(readGlobalType(reader).type, 'a global');
          skipConstantExpression(reader);
        });
        return;
      case 7:
        this.#exports = reader.vec(() => {
          const at = reader.position;
          const name = reader.name();
          if (name.startsWith(RESERVED))
            reader.fail(`the export ${JSON.stringify(name)} has a name that is reserved`, at);
          reader.byte();
          reader.u32();
        }).length;
        return;
      case 8:
        this.#start = reader.u32();
        return;
      case 9:
        reader.vec(() => this.#elements());
        return;
      case 13:
        reader.vec(() => this.#tag(tagType(reader).type));
        return;
      default:
        reader.take(reader.end - reader.position);
    }
  }

  #recursiveTypes(): void {
    const reader = this.#reader;
    if (reader.peek() !== 0x4e) this.#type();
    else {
      reader.byte();
      reader.vec(() => this.#type());
    }
  }

  #type(): void {
    const type = subType(this.#reader);
    if (type.tag !== 'func') this.#heapUses.add(`${type.tag === 'array' ? 'an array' : 'a struct'} type`);
    this.#types.push(type.tag === 'func' ? type.params : undefined);
  }

  #import(): void {
    const reader = this.#reader;
    reader.name();
    reader.name();
    const start = reader.position;
    const type = coreExternType(reader);
    switch (type.tag) {
      case 'func':
        this.#importedFunctions += 1;
        return;
      case 'table': {
        this.#allowed(type.element, 'a table');
        // The element type follows the sort.
        const element = new ExplainingReader(reader.bytes.subarray(start + 1, reader.position));
        coreValType(element);
        const text = element.bytes.subarray(0, element.position);
        this.#tables.push({ element: text, limits: type.limits, isImported: true });
        return;
      }
      case 'memory':
        this.#memories.push({ limits: type.limits, isImported: true });
        return;
      case 'global':
        this.#globals += 1;
        this.#importedGlobals += 1;
        this.#allowed(type.type, 'a global');
        return;
      case 'tag':
        this.#tag(type.type);
    }
  }

  #definedTable(): void {
    const reader = this.#reader;
    const isInitialised = reader.peek() === 0x40;
    if (isInitialised) {
      reader.byte();
      reader.expect(0x00, 'after 0x40 in a table with an initial value');
    }
    const start = reader.position;
    coreValType(reader);
    const element = reader.bytes.subarray(start, reader.position);
    reader.position = start;
    const type = tableType(reader);
    if (isInitialised) skipConstantExpression(reader);
    this.#allowed(type.element, 'a table');
    this.#tables.push({ element, limits: type.limits, isImported: false });
  }

  #elements(): void {
    const reader = this.#reader;
    const start = reader.position;
    const form = reader.u32();
    if (form > 7) reader.fail(`${hex(form)} is not a form of element segment`, start);
    if ((form & 1) === 0) {
      if ((form & 2) !== 0) reader.u32();
      skipConstantExpression(reader);
    }
    if (form === 0) this.#cells += reader.vec(() => reader.u32()).length;
    else if (form === 4) this.#cells += reader.vec(skipConstantExpression).length;
    else if (form < 4) {
      reader.expect(0x00, 'for the kind of an element segment');
      this.#cells += reader.vec(() => reader.u32()).length;
    } else {
      this.#allowed(coreValType(reader), 'an element segment');
      this.#cells += reader.vec(skipConstantExpression).length;
    }
  }

  #tag(type: number): void {
    const payload = this.#types[type] ?? [];
    if (payload.length > MAX_PAYLOAD) this.#heapUses.add(`an exception tag with ${payload.length} values`);
    for (const each of payload) this.#allowed(each, 'an exception tag');
  }

  /** Records a type whose values the collector of garbage manages. Functions and the host's objects exist anyway. */
  #allowed(type: CoreValType, where: string): void {
    if (
      type.includes('ref') &&
      !/^(?:\(ref )?(?:null)?(?:func|extern)/u.test(type) &&
      !this.#isFunction(type)
    )
      this.#heapUses.add(`${where} of ${type}`);
  }

  /** Returns true for a reference to a function type that the module defines. */
  #isFunction(type: CoreValType): boolean {
    const index = /^\(ref (?:null )?(\d+)\)$/u.exec(type)?.[1];
    return index !== undefined && this.#types[Number(index)] !== undefined;
  }
}
