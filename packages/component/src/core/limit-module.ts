import type { Limits } from '../ast.ts';
import { coreValType, readLimits } from '../decode/core-types.ts';
import { ByteReader } from '../decode/byte-reader.ts';
import { skipConstantExpression } from './constant-expression.ts';
import { concatenate, SECTION, sectionOf, unsigned, vector } from './module-writer.ts';

/** The largest sizes of the memories and tables that a core module defines. */
export interface ModuleLimits {
  /** The most bytes that each memory may have, rounded down to whole pages. */
  readonly memory?: number;
  /** The most entries that each table may have. */
  readonly table?: number;
}

/** A memory or table whose initial size is larger than the limit. */
export interface TooLarge {
  readonly what: 'memory' | 'table';
  /** In bytes or entries. */
  readonly minimum: number;
  readonly limit: number;
}

/**
 * Returns the core module with the limits written into it as the maximum of each memory and table that it defines:
 * beyond it `memory.grow` and `table.grow` return -1, as they do when there is no more memory. Returns the given bytes
 * if the module's own limits are as strict. Imported memories and tables are limited where they are defined. Returns a
 * list instead when memories or tables are larger than the limit from the start.
 *
 * @throws DecodeError when the definitions cannot be read
 */
export function limitModule(bytes: Uint8Array, within: ModuleLimits): Uint8Array | readonly TooLarge[] {
  const reader = new ByteReader(bytes);
  reader.position = 8;
  const excess: TooLarge[] = [];
  const parts: Uint8Array[] = [];
  let copied = 0;
  while (!reader.atEnd) {
    const start = reader.position;
    const id = reader.byte();
    const size = reader.u32();
    const limit = id === SECTION.memory ? within.memory : id === SECTION.table ? within.table : undefined;
    if (limit === undefined) {
      reader.take(size);
      continue;
    }
    const content = reader.within(size, 'definitions of a core module', () =>
      id === SECTION.memory ? memories(reader, limit, excess) : tables(reader, limit, excess),
    );
    parts.push(bytes.subarray(copied, start), sectionOf(id, content));
    copied = reader.position;
  }
  if (excess.length > 0) return excess;
  if (parts.length === 0) return bytes;
  const limited = concatenate([...parts, bytes.subarray(copied)]);
  return limited.length === bytes.length && limited.every((byte, index) => byte === bytes[index])
    ? bytes
    : limited;
}

const PAGE = 65_536;

function memories(reader: ByteReader, limit: number, excess: TooLarge[]): Uint8Array {
  return vector(
    reader.vec(() => {
      const own = readLimits(reader);
      const page = own.pageSizeLog2 === undefined ? PAGE : 2 ** own.pageSizeLog2;
      const minimum = Number(own.minimum) * page;
      if (minimum > limit) excess.push({ what: 'memory', minimum, limit });
      return encoded(own, Math.floor(Math.min(limit, own.memory64 ? limit : 2 ** 32) / page));
    }),
  );
}

function tables(reader: ByteReader, limit: number, excess: TooLarge[]): Uint8Array {
  return vector(
    reader.vec(() => {
      const start = reader.position;
      const initialised = reader.peek() === 0x40;
      if (initialised) reader.take(2);
      coreValType(reader);
      const at = reader.position;
      const own = readLimits(reader);
      const after = reader.position;
      if (initialised) skipConstantExpression(reader);
      const minimum = Number(own.minimum);
      if (minimum > limit) excess.push({ what: 'table', minimum, limit });
      const { bytes, position } = reader;
      const most = own.memory64 ? limit : Math.min(limit, 2 ** 32 - 1);
      return concatenate([bytes.subarray(start, at), encoded(own, most), bytes.subarray(after, position)]);
    }),
  );
}

/** `limits` (`Binary.md` of core WebAssembly), with a maximum that is at most `limit`. */
function encoded({ minimum, maximum, shared, memory64, pageSizeLog2 }: Limits, limit: number): Uint8Array {
  const most = maximum === undefined || maximum > BigInt(limit) ? BigInt(limit) : maximum;
  const flags = 1 | (shared ? 2 : 0) | (memory64 ? 4 : 0) | (pageSizeLog2 === undefined ? 0 : 8);
  return Uint8Array.from([
    flags,
    ...unsigned(minimum),
    ...unsigned(most),
    ...(pageSizeLog2 === undefined ? [] : unsigned(pageSizeLog2)),
  ]);
}
