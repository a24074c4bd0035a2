import type {
  CoreExternType,
  CoreFuncType,
  CoreModuleDeclaration,
  CoreType,
  CoreValType,
  Limits,
} from '../ast.ts';
import { hex, type ByteReader } from './byte-reader.ts';

const NUMBER_TYPES = ['v128', 'f64', 'f32', 'i64', 'i32'] as const;
const FIRST_NUMBER_TYPE = 0x7b;

const HEAP_TYPES = 'exn array struct i31 eq any extern func none noextern nofunc noexn'.split(' ');
const FIRST_HEAP_TYPE = 0x69;

/** The text of a nullable reference to a heap type, whose opcode alone means just that: `funcref`, `nullref`. */
function nullableReference(heap: string): string {
  return heap === 'none' ? 'nullref' : `${heap.replace(/^no/u, 'null')}ref`;
}

/** `core:valtype`. `(ref null func)` and `funcref` read as the same text, so that types compare by it. */
export function coreValType(reader: ByteReader): CoreValType {
  const start = reader.position;
  const opcode = reader.byte();
  const number = NUMBER_TYPES[opcode - FIRST_NUMBER_TYPE];
  if (number !== undefined) return number;
  const abstract = HEAP_TYPES[opcode - FIRST_HEAP_TYPE];
  if (abstract !== undefined) return nullableReference(abstract);
  if (opcode !== 0x63 && opcode !== 0x64) reader.fail(`${hex(opcode)} is not a core value type`, start);
  const nullable = opcode === 0x63;
  const known = HEAP_TYPES[reader.peek() - FIRST_HEAP_TYPE];
  if (known === undefined) return `(ref ${nullable ? 'null ' : ''}${reader.s33Index()})`;
  reader.byte();
  return nullable ? nullableReference(known) : `(ref ${known})`;
}

function coreFuncType(reader: ByteReader): CoreFuncType {
  return { params: reader.vec(coreValType), results: reader.vec(coreValType) };
}

/** `core:type`: where a component defines one, and in the declarations of types. */
export function coreType(reader: ByteReader): CoreType {
  const start = reader.position;
  switch (reader.peek()) {
    case 0x60:
      reader.byte();
      return { tag: 'func', ...coreFuncType(reader) };
    case 0x50:
      reader.byte();
      return { tag: 'module', declarations: reader.nested(() => reader.vec(moduleDeclaration)) };
    case 0x00:
      // A non-final `sub` needs this prefix here, because its own opcode means a module type.
      reader.byte();
      reader.expect(0x50, 'after the prefix 0x00 of a core type');
      subTypeRest(reader);
      return { tag: 'other', bytes: reader.bytes.subarray(start, reader.position), count: 1 };
    case 0x4e: {
      reader.byte();
      const count = reader.vec(subType).length;
      return { tag: 'other', bytes: reader.bytes.subarray(start, reader.position), count };
    }
    default:
      subType(reader);
      return { tag: 'other', bytes: reader.bytes.subarray(start, reader.position), count: 1 };
  }
}

/** Returns the function type, or `undefined` for a type of another kind. */
export function subType(reader: ByteReader): CoreFuncType | undefined {
  const opcode = reader.peek();
  if (opcode !== 0x50 && opcode !== 0x4f) return compType(reader);
  reader.byte();
  return subTypeRest(reader);
}

function subTypeRest(reader: ByteReader): CoreFuncType | undefined {
  reader.vec((inner) => inner.u32());
  return compType(reader);
}

function compType(reader: ByteReader): CoreFuncType | undefined {
  const start = reader.position;
  let opcode = reader.byte();
  if (opcode === 0x65) opcode = reader.byte();
  switch (opcode) {
    case 0x60:
      return coreFuncType(reader);
    case 0x5f:
      reader.vec(fieldType);
      return undefined;
    case 0x5e:
      fieldType(reader);
      return undefined;
    default:
      return reader.fail(`${hex(opcode)} is not the opcode of a core type`, start);
  }
}

function fieldType(reader: ByteReader): void {
  const packed = reader.peek() === 0x78 || reader.peek() === 0x77;
  if (packed) reader.byte();
  else coreValType(reader);
  reader.flag('the mutability of a field');
}

function moduleDeclaration(reader: ByteReader): CoreModuleDeclaration {
  const start = reader.position;
  const opcode = reader.byte();
  switch (opcode) {
    case 0x00:
      return { tag: 'import', module: reader.name(), name: reader.name(), type: coreExternType(reader) };
    case 0x01:
      return { tag: 'type', type: coreType(reader) };
    case 0x02:
      reader.expect(0x10, 'for the sort `type` in an alias of a module type');
      reader.expect(0x01, 'for an outer alias in a module type');
      return { tag: 'alias', count: reader.u32(), index: reader.u32() };
    case 0x03:
      return { tag: 'export', name: reader.name(), type: coreExternType(reader) };
    default:
      return reader.fail(`${hex(opcode)} is not the opcode of a declaration in a module type`, start);
  }
}

/** `core:externtype`, as imports of modules and exports of module types spell it. */
export function coreExternType(reader: ByteReader): CoreExternType {
  const start = reader.position;
  const opcode = reader.byte();
  switch (opcode) {
    case 0x00:
      return { tag: 'func', type: reader.u32() };
    case 0x01:
      return { tag: 'table', ...tableType(reader) };
    case 0x02:
      return { tag: 'memory', limits: readLimits(reader) };
    case 0x03:
      return { tag: 'global', ...readGlobalType(reader) };
    case 0x04:
      return tagType(reader);
    default:
      return reader.fail(`${hex(opcode)} is not a kind of core import or export`, start);
  }
}

export function tableType(reader: ByteReader): { element: CoreValType; limits: Limits } {
  const start = reader.position;
  const element = coreValType(reader);
  if (!element.includes('ref')) reader.fail(`a table holds references, not ${element}`, start);
  return { element, limits: readLimits(reader) };
}

export function readGlobalType(reader: ByteReader): { type: CoreValType; mutable: boolean } {
  return { type: coreValType(reader), mutable: reader.flag('the mutability of a global') };
}

export function tagType(reader: ByteReader): { readonly tag: 'tag'; readonly type: number } {
  reader.expect(0x00, 'for the attribute of a tag');
  return { tag: 'tag', type: reader.u32() };
}

const HAS_MAXIMUM = 1;
const SHARED = 2;
const ADDRESS_64 = 4;
const PAGE_SIZE = 8;

export function readLimits(reader: ByteReader): Limits {
  const start = reader.position;
  const flags = reader.byte();
  if (flags > 15) reader.fail(`${hex(flags)} is not a valid form of limits`, start);
  const memory64 = (flags & ADDRESS_64) !== 0;
  const size = (): bigint => (memory64 ? reader.u64() : BigInt(reader.u32()));
  const minimum = size();
  const maximum = (flags & HAS_MAXIMUM) === 0 ? undefined : size();
  const pageSizeLog2 = (flags & PAGE_SIZE) === 0 ? undefined : reader.u32();
  return {
    minimum,
    ...(maximum === undefined ? {} : { maximum }),
    shared: (flags & SHARED) !== 0,
    memory64,
    ...(pageSizeLog2 === undefined ? {} : { pageSizeLog2 }),
  };
}
