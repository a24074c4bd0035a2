import type { Limits } from '../ast.ts';
import { coreValType, limits } from '../decode/core-types.ts';
import { Reader } from '../decode/reader.ts';
import { skipConstantExpression } from './constant-expression.ts';

/** How large what a core module defines may become. */
export interface ModuleLimits {
  /** Of each memory, in bytes; whole pages below it are what counts. */
  readonly memory?: number;
  /** Of each table, in entries. */
  readonly table?: number;
}

/** A definition in a core module that is larger from the start than it may become. */
export interface TooLarge {
  readonly what: 'memory' | 'table';
  /** In bytes or entries. */
  readonly minimum: number;
  readonly limit: number;
}

/**
 * A core module whose memories and tables grow no further than to a limit: `memory.grow` and `table.grow` then give -1, as they
 * do wherever there is no more. It is the module itself where its own limits are as strict. Memories and tables that
 * it imports are limited where they are defined. Gives what is too large from the start, where something is.
 *
 * @throws DecodeError where the definitions cannot be read
 */
export function limitModule(bytes: Uint8Array, within: ModuleLimits): Uint8Array | readonly TooLarge[] {
  const reader = new Reader(bytes);
  reader.position = 8;
  const excess: TooLarge[] = [];
  const parts: Uint8Array[] = [];
  let copied = 0;
  while (!reader.atEnd) {
    const start = reader.position;
    const id = reader.byte();
    const size = reader.u32();
    const limit = id === MEMORIES ? within.memory : id === TABLES ? within.table : undefined;
    if (limit === undefined) {
      reader.take(size);
      continue;
    }
    const content = reader.within(size, 'definitions of a core module', () =>
      id === MEMORIES ? memories(reader, limit, excess) : tables(reader, limit, excess),
    );
    parts.push(bytes.subarray(copied, start), Uint8Array.of(id, ...leb(BigInt(content.length))), content);
    copied = reader.position;
  }
  if (excess.length > 0) return excess;
  if (parts.length === 0) return bytes;
  const limited = joined([...parts, bytes.subarray(copied)]);
  return limited.length === bytes.length && limited.every((byte, index) => byte === bytes[index])
    ? bytes
    : limited;
}

const TABLES = 4;
const MEMORIES = 5;
const PAGE = 65_536;

function memories(reader: Reader, limit: number, excess: TooLarge[]): Uint8Array {
  return vector(
    reader.vec(() => {
      const own = limits(reader);
      const page = own.pageSizeLog2 === undefined ? PAGE : 2 ** own.pageSizeLog2;
      const minimum = Number(own.minimum) * page;
      if (minimum > limit) excess.push({ what: 'memory', minimum, limit });
      return encoded(own, Math.floor(Math.min(limit, own.memory64 ? limit : 2 ** 32) / page));
    }),
  );
}

function tables(reader: Reader, limit: number, excess: TooLarge[]): Uint8Array {
  return vector(
    reader.vec(() => {
      const start = reader.position;
      const initialised = reader.peek() === 0x40;
      if (initialised) reader.take(2);
      coreValType(reader);
      const at = reader.position;
      const own = limits(reader);
      const after = reader.position;
      if (initialised) skipConstantExpression(reader);
      const minimum = Number(own.minimum);
      if (minimum > limit) excess.push({ what: 'table', minimum, limit });
      const { bytes, position } = reader;
      const most = own.memory64 ? limit : Math.min(limit, 2 ** 32 - 1);
      return joined([bytes.subarray(start, at), encoded(own, most), bytes.subarray(after, position)]);
    }),
  );
}

/** `limits` (`Binary.md` of core WebAssembly), with a maximum that is at most `limit`. */
function encoded({ minimum, maximum, shared, memory64, pageSizeLog2 }: Limits, limit: number): Uint8Array {
  const most = maximum === undefined || maximum > BigInt(limit) ? BigInt(limit) : maximum;
  const flags = 1 | (shared ? 2 : 0) | (memory64 ? 4 : 0) | (pageSizeLog2 === undefined ? 0 : 8);
  return Uint8Array.from([
    flags,
    ...leb(minimum),
    ...leb(most),
    ...(pageSizeLog2 === undefined ? [] : leb(BigInt(pageSizeLog2))),
  ]);
}

function leb(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return bytes;
}

function vector(items: readonly Uint8Array[]): Uint8Array {
  return joined([Uint8Array.from(leb(BigInt(items.length))), ...items]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
