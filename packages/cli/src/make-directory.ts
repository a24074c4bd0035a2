import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { inputFailure } from './failure.ts';

/**
 * Makes a directory and those around it, and returns the directories that were made, the outermost first.
 *
 * Each is made alone: Node's `mkdir` with `recursive` never returns if a file system answers that the parent does not
 * exist although it does, as `/proc` answers.
 *
 * @throws Failure if a file system allows no new directory, and what `mkdir` throws otherwise; nothing is made then
 */
export function makeDirectory(directory: string): readonly string[] {
  const missing: string[] = [];
  for (let at = directory; !exists(at) && path.dirname(at) !== at; at = path.dirname(at)) missing.unshift(at);
  const made: string[] = [];
  try {
    for (const each of missing) if (makeOne(each)) made.push(each);
  } catch (error) {
    removeMade(made);
    throw error;
  }
  return made;
}

/** Removes directories that were made, the innermost first. One that is no longer empty stays. */
export function removeMade(made: readonly string[]): void {
  for (const directory of made.toReversed()) {
    try {
      rmdirSync(directory);
    } catch {
      // Another process has put something into it.
    }
  }
}

/** Returns false if another process has made it in between. */
function makeOne(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && isDirectory(directory)) return false;
    if (code === 'ENOENT' && isDirectory(path.dirname(directory)))
      throw inputFailure(
        `cannot make the directory \`${directory}\`: the file system of \`${path.dirname(directory)}\` allows none`,
        'choose another directory',
      );
    throw error;
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function isDirectory(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}
