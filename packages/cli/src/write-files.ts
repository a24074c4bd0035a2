import { lstatSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileFailure, inputFailure } from './failure.ts';
import { makeDirectory, removeMade } from './make-directory.ts';
import { removeStaleTemporaries, writeTemporary } from './temporary-files.ts';

export interface FileToWrite {
  /** Relative to the directory, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** A file whose content may be bytes. */
interface AnyFileToWrite extends Omit<FileToWrite, 'content'> {
  readonly content: string | Uint8Array;
}

/** Files to be written into one directory. */
export interface DirectoryToWrite {
  readonly directory: string;
  readonly files: readonly AnyFileToWrite[];
}

/** `writeAll` for the files of one directory. */
export function writeFiles(directory: string, files: readonly AnyFileToWrite[]): void {
  writeAll([{ directory, files }]);
}

/**
 * Writes files into directories, either all of them or none: each is written to a temporary file beside the target
 * first, and all are renamed at the end. It blocks: a call takes a tenth of the time that a promise for it takes, and a
 * command has nothing else to do.
 *
 * @throws Failure if a path leads out of its directory, also by a symbolic link, or a file cannot be written
 */
export function writeAll(directories: readonly DirectoryToWrite[]): void {
  const written: { readonly temporary: string; readonly target: string }[] = [];
  const made: string[] = [];
  let current = '';
  try {
    const all: { readonly target: string; readonly content: string | Uint8Array }[] = [];
    for (const { directory, files } of directories) {
      current = directory;
      made.push(...makeDirectory(directory));
      // Paths are checked before the first is written, and before folders are made: links could lead them elsewhere.
      for (const file of files)
        all.push({ target: targetWithin(directory, file.path), content: file.content });
    }
    for (const { target, content } of all) {
      current = target;
      made.push(...makeDirectory(path.dirname(target)));
      if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory() === true)
        throw inputFailure(`cannot write \`${target}\`: it is a directory`);
      written.push({ temporary: writeTemporary(target, content), target });
    }
    for (const { temporary, target } of written) {
      current = target;
      renameSync(temporary, target);
    }
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary, { force: true });
    removeMade(made);
    throw fileFailure('write', current, error);
  }
}

/** Replaces a file completely or not at all. A symbolic link stays, and its target is replaced. */
export function replaceFile(file: string, content: string): void {
  try {
    const target = realpathSync.native(file);
    const { mode } = statSync(target);
    removeStaleTemporaries(path.dirname(target));
    const temporary = writeTemporary(target, content, mode);
    try {
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw fileFailure('write', file, error);
  }
}

/**
 * Returns the absolute path of a file in a directory.
 *
 * @throws Failure if the path leads out of the directory
 */
export function pathInside(directory: string, file: string): string {
  const target = path.resolve(directory, file);
  if (target === directory || !isWithin(directory, target)) throw outside(file);
  return target;
}

/**
 * Returns the real path of a file in an existing directory, whether the file exists or not. The links of all folders on
 * the way are followed; a link at the end is not, because files are replaced and removed by their names.
 *
 * @throws Failure if the path leads out of the directory, also by a symbolic link
 */
export function targetWithin(directory: string, file: string): string {
  const root = realpathSync.native(directory);
  const target = pathInside(root, file);
  const missing: string[] = [path.basename(target)];
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    const real = realpathIfExists(folder);
    if (real === undefined) {
      missing.unshift(path.basename(folder));
      continue;
    }
    if (!isWithin(root, real)) throw outside(file);
    return path.join(real, ...missing);
  }
}

/** `undefined` if nothing has the path. A link that leads to nothing is an error: a folder cannot be made there. */
function realpathIfExists(folder: string): string | undefined {
  // An error takes longer to make than the answer, and a new output directory has none of its folders.
  return existsHere(folder) ? realpathSync.native(folder) : undefined;
}

/** Returns true if something has the path, or a link that leads to nothing. @throws what `lstat` throws otherwise */
export function existsHere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

export function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Whether an absolute path is a directory or in it. Links are not followed. */
export function isWithin(directory: string, target: string): boolean {
  const relative = path.relative(directory, target);
  return (
    relative === '' ||
    (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
  );
}

function outside(file: string): Error {
  return inputFailure(
    `cannot write ${JSON.stringify(file)}: it is outside the output directory`,
    'a symbolic link in the output directory may lead there: remove the link, or choose another directory with `-o`',
  );
}
