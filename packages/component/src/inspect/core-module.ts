import { DecodeError } from '../decode-error.ts';
import { ByteReader } from '../decode/byte-reader.ts';
import { readProducers, type Producer } from './producers.ts';

/** The numbers and sizes of the contents of a core module that `wit-ts inspect` shows. */
export interface CoreModuleContents {
  /** The name of the module in its name section. */
  readonly name?: string;
  readonly imports: number;
  readonly exports: number;
  readonly functions: number;
  /** Bytes of code, of data, and of custom sections, which hold names and debugging information. */
  readonly code: number;
  readonly data: number;
  readonly custom: number;
  readonly producers: readonly Producer[];
}

const SECTION = { custom: 0, imports: 2, functions: 3, exports: 7, code: 10, data: 11 } as const;

/** Reads the sections of a core module without its code. For a faulty module it returns what precedes the fault. */
export function coreModuleContents(bytes: Uint8Array): CoreModuleContents {
  const contents: { -readonly [K in keyof CoreModuleContents]: CoreModuleContents[K] } = {
    imports: 0,
    exports: 0,
    functions: 0,
    code: 0,
    data: 0,
    custom: 0,
    producers: [],
  };
  const reader = new ByteReader(bytes);
  reader.position = Math.min(8, bytes.length);
  try {
    while (!reader.atEnd) {
      const id = reader.byte();
      const section = reader.take(reader.u32());
      if (id === SECTION.imports) contents.imports = new ByteReader(section).u32();
      else if (id === SECTION.functions) contents.functions = new ByteReader(section).u32();
      else if (id === SECTION.exports) contents.exports = new ByteReader(section).u32();
      else if (id === SECTION.code) contents.code = section.length;
      else if (id === SECTION.data) contents.data = section.length;
      else if (id === SECTION.custom) {
        contents.custom += section.length;
        readCustom(section, contents);
      }
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  return contents;
}

function readCustom(section: Uint8Array, contents: { name?: string; producers: readonly Producer[] }): void {
  const reader = new ByteReader(section);
  const name = reader.name();
  const rest = section.subarray(reader.position);
  if (name === 'producers') contents.producers = readProducers(rest);
  if (name !== 'name' || rest[0] !== 0) return;
  const names = new ByteReader(rest);
  names.byte();
  names.u32();
  const own = names.name();
  if (own !== '') contents.name = own;
}
