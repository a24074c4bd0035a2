import { ByteReader } from '../decode/byte-reader.ts';

/**
 * Returns the address type of a memory that a core module exports. Reads only what this needs: never the code, and
 * the names of exports only when the module has a memory of 64 bits.
 *
 * @param base the offset of the module in the outermost bytes, for error messages
 * @throws DecodeError when the imports or memories cannot be read
 */
export function memoryAddress(bytes: Uint8Array, name: string, base = 0): 'i32' | 'i64' {
  const reader = new ByteReader(bytes, base);
  reader.position = 8;
  /** Of each memory, whether it is one of 64 bits. */
  const wide: boolean[] = [];
  while (!reader.atEnd) {
    const id = reader.byte();
    const size = reader.u32();
    if (id === IMPORTS) reader.within(size, 'the imports of a core module', () => imported(reader, wide));
    else if (id === MEMORIES) {
      reader.within(size, 'the memories of a core module', () => reader.vec(() => wide.push(isWide(reader))));
    } else if (id === EXPORTS && wide.includes(true)) {
      return reader.within(size, 'the exports of a core module', () => exported(reader, name, wide));
    } else reader.take(size);
    if (id >= EXPORTS && id !== TAGS && !wide.includes(true)) break;
  }
  return 'i32';
}

const IMPORTS = 2;
const MEMORIES = 5;
const EXPORTS = 7;
const TAGS = 13;

const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;
const TAG = 4;

function imported(reader: ByteReader, wide: boolean[]): void {
  reader.vec(() => {
    reader.take(reader.u32());
    reader.take(reader.u32());
    const kind = reader.byte();
    // Only memories matter. `core-types.ts` reads the other types, but is larger than what skips them.
    if (kind === MEMORY) wide.push(isWide(reader));
    else if (kind === TABLE) {
      skipValueType(reader);
      isWide(reader);
    } else if (kind === GLOBAL) {
      skipValueType(reader);
      reader.byte();
    } else {
      if (kind === TAG) reader.byte();
      reader.u32();
    }
  });
}

/** Skips `core:valtype`: one byte, or a reference to a heap type, which is one byte or an index. */
function skipValueType(reader: ByteReader): void {
  const opcode = reader.byte();
  if (opcode !== 0x63 && opcode !== 0x64) return;
  if ((reader.peek() & 0xc0) === 0x40) reader.byte();
  else reader.s33Index();
}

/** Reads `core:limits`. Returns whether its addresses have 64 bits. */
function isWide(reader: ByteReader): boolean {
  const flags = reader.byte();
  const wide = (flags & 4) !== 0;
  for (let bounds = (flags & 1) + 1; bounds > 0; bounds -= 1) {
    if (wide) reader.u64();
    else reader.u32();
  }
  if ((flags & 8) !== 0) reader.u32();
  return wide;
}

function exported(reader: ByteReader, name: string, wide: readonly boolean[]): 'i32' | 'i64' {
  const found = reader
    .vec(() => ({ name: reader.name(), sort: reader.byte(), index: reader.u32() }))
    .find((item) => item.name === name && item.sort === MEMORY);
  return found !== undefined && wide[found.index] === true ? 'i64' : 'i32';
}
