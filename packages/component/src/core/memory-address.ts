import { coreExternType, readLimits } from '../decode/core-types.ts';
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
      reader.within(size, 'the memories of a core module', () =>
        reader.vec(() => wide.push(readLimits(reader).memory64)),
      );
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

const MEMORY = 2;

function imported(reader: ByteReader, wide: boolean[]): void {
  reader.vec(() => {
    reader.take(reader.u32());
    reader.take(reader.u32());
    const type = coreExternType(reader);
    if (type.tag === 'memory') wide.push(type.limits.memory64);
  });
}

function exported(reader: ByteReader, name: string, wide: readonly boolean[]): 'i32' | 'i64' {
  const found = reader
    .vec(() => ({ name: reader.name(), sort: reader.byte(), index: reader.u32() }))
    .find((item) => item.name === name && item.sort === MEMORY);
  return found !== undefined && wide[found.index] === true ? 'i64' : 'i32';
}
