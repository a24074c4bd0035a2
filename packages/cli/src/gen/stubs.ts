import { lstatSync } from 'node:fs';
import path from 'node:path';
import type { CommandContext } from '../command-context.ts';
import { type DirectoryToWrite, pathInside } from '../write-files.ts';
import type { Generation } from './generations.ts';
import { shownDirectory } from './print-changes.ts';

/** A skeleton of a host or a guest, and what is done with it. */
export interface Stub {
  /** The absolute path. */
  readonly path: string;
  readonly status: 'new' | 'kept';
  readonly toWrite: DirectoryToWrite;
}

/**
 * Returns the skeletons of what was generated, each beside the config file that names it, or in the current directory.
 * A file that exists is the user's, and stays as it is.
 */
export async function stubsOf(
  context: CommandContext,
  byDirectory: ReadonlyMap<string, readonly Generation[]>,
): Promise<readonly Stub[]> {
  const stubs: Stub[] = [];
  for (const [directory, generations] of byDirectory) {
    for (const { config, stub } of generations) {
      const folder = config === undefined ? context.io.cwd : path.dirname(config);
      const file = await stub(bindingsFrom(folder, directory));
      const target = pathInside(folder, file.path);
      const toWrite = { directory: folder, files: [file] };
      stubs.push({ path: target, status: exists(target) ? 'kept' : 'new', toWrite });
    }
  }
  return stubs;
}

/** Returns true if anything has the path, a link that leads nowhere too. */
function exists(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch {
    return false;
  }
}

/** Prints what was done with skeletons. */
export function printStubs(context: CommandContext, stubs: readonly Stub[]): void {
  for (const { path: file, status } of stubs) {
    const shown = path.join(shownDirectory(path.dirname(file), context.io.cwd), path.basename(file));
    context.note(status === 'new' ? `wrote ${shown}` : `kept ${shown}: it exists, so it is yours`);
  }
}

/** Returns the path of an output directory as an import has it. */
function bindingsFrom(folder: string, directory: string): string {
  const relative = path.relative(folder, directory).split(path.sep).join('/');
  if (relative === '') return '.';
  return relative.startsWith('.') ? relative : `./${relative}`;
}
