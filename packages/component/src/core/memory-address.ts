import { ByteReader } from '../decode/byte-reader.ts';

/**
 * Returns the address type of a memory that a core module exports. Reads only what this needs: never the code, and
 * the names of exports only when the module has a memory of 64 bits.
 *
 * @param Reader reads the bytes; the messages of its errors may explain
 * @throws DecodeError when the imports or memories cannot be read
 */
export function memoryAddress(bytes: Uint8Array, name: string, Reader = ByteReader): 'i32' | 'i64' {
  const reader = new Reader(bytes);
  reader.position = 8;
  /** Of each memory, whether it is one of 64 bits. */
  const wide: boolean[] = [];
  let address: 'i32' | 'i64' = 'i32';
  while (!reader.atEnd) {
    const id = reader.byte();
    reader.within(reader.u32(), 'a section of a core module', () => {
      if (id === IMPORTS) imported(reader, wide);
      else if (id === MEMORIES) reader.vec(() => wide.push(isWide(reader)));
      else if (id === EXPORTS && wide.includes(true)) {
        if (wide[exported(reader, name)] === true) address = 'i64';
      } else reader.position = reader.end;
    });
    if (id >= EXPORTS && id !== TAGS) break;
  }
  return address;
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

/** Returns the number of the memory that has the name. */
function exported(reader: ByteReader, name: string): number {
  let memory = -1;
  reader.vec(() => {
    const isNamed = reader.name() === name;
    const sort = reader.byte();
    const index = reader.u32();
    if (isNamed && sort === MEMORY) memory = index;
  });
  return memory;
}
