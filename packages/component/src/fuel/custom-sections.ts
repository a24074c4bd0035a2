import type { ByteReader } from '../decode/byte-reader.ts';
import { type Bytes, concatenate, coreName, sectionOf, unsigned } from '../core/module-writer.ts';
import { GLOBAL_COUNT } from './added-globals.ts';
import type { CopiedPart } from './metered-body.ts';

/** The offsets of branch hints, which are relative to the start of a function's body. */
export const BRANCH_HINTS = 'metadata.code.branch_hint';

/** Beginnings of the names of sections that have offsets in the code, or relate to its exact bytes. */
const STALE = [
  '.debug_',
  'metadata.code.',
  'reloc.',
  'linking',
  'sourceMappingURL',
  'external_debug_info',
  'build_id',
  'compilationHints',
];

/** Returns true for a custom section that would be wrong after the code has changed. */
export function isStale(name: string): boolean {
  return STALE.some((beginning) => name.startsWith(beginning));
}

const GLOBAL_NAMES = 7;

/**
 * Returns a name section whose names of globals have the new indices. The reader stands behind the section's own name.
 *
 * @throws DecodeError when the section cannot be read
 */
export function movedNames(reader: ByteReader, importedGlobals: number): Uint8Array {
  const parts: Bytes[] = [coreName('name')];
  while (!reader.atEnd) {
    const start = reader.position;
    const id = reader.byte();
    const content = reader.take(reader.u32());
    if (id !== GLOBAL_NAMES) parts.push(reader.bytes.subarray(start, reader.position));
    else {
      reader.position -= content.length;
      const names = reader.vec(() => {
        const index = reader.u32();
        const moved = index < importedGlobals ? index : index + GLOBAL_COUNT;
        return concatenate([unsigned(moved), coreName(reader.name())]);
      });
      parts.push(sectionOf(GLOBAL_NAMES, concatenate([unsigned(names.length), ...names])));
    }
  }
  return sectionOf(0, concatenate(parts));
}

/** The hints of a function: the offset of a branch in its body, and what is known of it. */
export interface FunctionHints {
  readonly function: number;
  readonly hints: readonly { readonly offset: number; readonly data: Uint8Array }[];
}

/** Reads branch hints. The reader stands behind the section's own name. @throws DecodeError */
export function readBranchHints(reader: ByteReader): FunctionHints[] {
  return reader.vec(() => ({
    function: reader.u32(),
    hints: reader.vec(() => ({ offset: reader.u32(), data: reader.take(reader.u32()) })),
  }));
}

/**
 * Returns a section of branch hints with the new offsets.
 *
 * @param copied the parts of each function's body that were copied
 */
export function movedBranchHints(
  functions: readonly FunctionHints[],
  copied: ReadonlyMap<number, readonly CopiedPart[]>,
): Uint8Array {
  const items = functions.map(({ function: index, hints }) => {
    const parts = copied.get(index) ?? [];
    const moved = hints.map(({ offset, data }) =>
      concatenate([unsigned(movedOffset(parts, offset)), unsigned(data.length), data]),
    );
    return concatenate([unsigned(index), unsigned(moved.length), ...moved]);
  });
  return sectionOf(0, concatenate([coreName(BRANCH_HINTS), unsigned(items.length), ...items]));
}

function movedOffset(parts: readonly CopiedPart[], offset: number): number {
  const part = parts.findLast(({ from }) => from <= offset);
  return part === undefined ? offset : part.to + offset - part.from;
}
