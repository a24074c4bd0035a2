import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileIndex } from '@wit-ts/transpile';
import { fileFailure, inputFailure } from '../failure.ts';
import { readGivenFile } from '../regular-file.ts';

/** The most bytes of all files of a worker, which is more than any platform takes. */
const MOST_BYTES = 64 << 20;
const MOST_FILES = 65_536;

/** The files that become a part of a worker: their bytes, one after the other. */
export class EmbeddedFiles {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #count = 0;

  /**
   * Adds all files below a directory, and returns where they are.
   *
   * @throws Failure when something below it cannot be read, or is neither a file nor a directory
   */
  add(directory: string): FileIndex {
    const index = Object.create(null) as Record<string, FileIndex[string]>;
    const entries = listed(directory).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(directory, entry.name);
      this.#count += 1;
      if (this.#count > MOST_FILES) throw inputFailure(`\`--dir\`: there are more than ${MOST_FILES} files`);
      if (entry.isDirectory()) index[entry.name] = this.add(path);
      else if (entry.isFile()) index[entry.name] = this.#addFile(path);
      else
        throw inputFailure(
          `\`${path}\` is ${entry.isSymbolicLink() ? 'a symbolic link' : 'not a file'}, which a worker cannot have`,
          'replace it with a file, or grant another directory',
        );
    }
    return index;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }

  #addFile(path: string): readonly [start: number, length: number] {
    const bytes = read(path);
    const start = this.#size;
    this.#size += bytes.length;
    if (this.#size > MOST_BYTES)
      throw inputFailure(`\`--dir\`: the files have more than ${MOST_BYTES >> 20} MiB together`);
    this.#chunks.push(bytes);
    return [start, bytes.length];
  }
}

function listed(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw fileFailure('read', directory, error);
  }
}

function read(path: string): Uint8Array {
  try {
    return readGivenFile(path, path);
  } catch (error) {
    throw fileFailure('read', path, error);
  }
}
