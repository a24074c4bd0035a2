import { DecodeError } from './decode-error.ts';
import { ByteReader } from './decode/byte-reader.ts';
import { concatenate, sectionOf, type Bytes } from './core/module-writer.ts';

const PREAMBLE_LENGTH = 8;

/** The sections of a component (`Binary.md`) that are written anew. */
const CUSTOM = 0;
const CORE_MODULE = 1;
const COMPONENT = 4;

/** The sections of a core module that the types of its imports and exports are read from. */
const TYPED: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 13]);

/**
 * Returns a component whose core modules have no code and no data: they have the types of their imports and exports,
 * and cannot be compiled. It decodes as the component does, for programs that have the core modules compiled already.
 * Custom sections are left out, except the names of instances, which messages contain.
 *
 * @param bytes a component that `decode` accepts
 */
export function withoutCode(bytes: Uint8Array): Uint8Array {
  return rewritten(bytes, (id, content) => {
    if (id === CORE_MODULE) return withoutBodies(content);
    if (id === COMPONENT) return withoutCode(content);
    return id === CUSTOM && new ByteReader(content).name() !== 'component-name' ? undefined : content;
  });
}

/** Returns a core module as it is if its sections cannot be read, which an engine refuses, too. */
function withoutBodies(module: Uint8Array): Uint8Array {
  try {
    return rewritten(module, (id, content) => (TYPED.has(id) ? content : undefined));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return module;
  }
}

/** Returns a binary with other contents of its sections, and without those that have none. */
function rewritten(
  bytes: Uint8Array,
  contentOf: (id: number, content: Uint8Array) => Uint8Array | undefined,
): Uint8Array {
  const reader = new ByteReader(bytes);
  const parts: Bytes[] = [reader.take(PREAMBLE_LENGTH)];
  while (!reader.atEnd) {
    const id = reader.byte();
    const content = contentOf(id, reader.take(reader.u32()));
    if (content !== undefined) parts.push(sectionOf(id, content));
  }
  return concatenate(parts);
}
