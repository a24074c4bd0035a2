import type { CoreExternType, CoreValType, Limits } from '../ast.ts';
import type { ByteReader } from './byte-reader.ts';
import { hex } from './hex.ts';

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
