import { DecodeError } from '../decode-error.ts';
import { ByteReader } from '../decode/byte-reader.ts';
import { concatenate, coreName, sectionOf } from './module-writer.ts';

/** The custom section with the address of a source map (WebAssembly tool conventions, "Source maps"). */
const SOURCE_MAP = 'sourceMappingURL';
const CUSTOM = 0;
const PREAMBLE_LENGTH = 8;

/** A custom section with an address, and where it is in the module. */
interface SourceMapSection {
  readonly start: number;
  readonly end: number;
  readonly address: string;
}

/** Returns where a core module says that its source map is; undefined if it does not say it, or cannot be read. */
export function sourceMapAddress(module: Uint8Array): string | undefined {
  return sourceMapSection(module)?.address;
}

/** Returns a core module that says that its source map is at an address. Nothing else in it changes. */
export function withSourceMapAddress(module: Uint8Array, address: string): Uint8Array {
  const section = sourceMapSection(module);
  if (section === undefined) return module;
  const written = sectionOf(CUSTOM, concatenate([coreName(SOURCE_MAP), coreName(address)]));
  return concatenate([module.subarray(0, section.start), written, module.subarray(section.end)]);
}

function sourceMapSection(module: Uint8Array): SourceMapSection | undefined {
  const reader = new ByteReader(module);
  try {
    reader.position = PREAMBLE_LENGTH;
    while (!reader.atEnd) {
      const start = reader.position;
      const id = reader.byte();
      const content = reader.take(reader.u32());
      if (id !== CUSTOM) continue;
      const inside = new ByteReader(content);
      if (inside.name() === SOURCE_MAP) return { start, end: reader.position, address: inside.name() };
    }
  } catch (error) {
    // A section that cannot be read names no source map.
    if (!(error instanceof DecodeError)) throw error;
  }
  return undefined;
}
