import { rmSync } from 'node:fs';
import path from 'node:path';
import { EXIT, Failure, fileFailure } from '../failure.ts';
import { removeStaleTemporaries } from '../temporary-files.ts';
import { type DirectoryToWrite, targetWithin, writeAll } from '../write-files.ts';
import { FOLDERS, MANIFEST } from './manifest.ts';
import { isFolderWithin } from './output-directory.ts';
import type { DirectoryChanges } from './plan-changes.ts';
import { shownDirectory } from './print-changes.ts';

/** @throws Failure if a file to be written was edited by hand, or was never generated */
export function refuseEdited({ directory, edited }: DirectoryChanges, cwd: string): void {
  const [first, ...others] = edited;
  if (first === undefined) return;
  const name = path.join(shownDirectory(directory, cwd), first);
  const more = others.length;
  const which =
    more === 0 ? `\`${name}\` was` : `\`${name}\` and ${more} more ${more === 1 ? 'file' : 'files'} were`;
  throw new Failure(
    EXIT.checkFailed,
    `${which} edited by hand or not generated, so nothing was written`,
    'move the edits elsewhere, choose another directory with `-o`, or pass `--force` to overwrite them',
  );
}

/** Returns true if there is nothing to write and nothing to remove. */
export function isUpToDate({ files, manifest }: DirectoryChanges): boolean {
  return manifest === undefined && files.every(({ status }) => status === 'same');
}

/**
 * Writes the new and changed files of all directories, and other files with them, or none. Then it removes stale ones.
 */
export function applyChanges(
  changes: readonly DirectoryChanges[],
  others: readonly DirectoryToWrite[],
): void {
  writeAll([...changes.flatMap(toWrite), ...others]);
  for (const { directory, files } of changes)
    for (const file of files) if (file.status === 'stale') removeFile(directory, file.path);
}

function toWrite({ directory, files, manifest }: DirectoryChanges): readonly DirectoryToWrite[] {
  const changed = files.filter(({ status }) => status === 'new' || status === 'changed');
  // The manifest is replaced first: if the run is killed in between, it protects what was written.
  const first = manifest === undefined ? [] : [{ path: MANIFEST, content: manifest }];
  return first.length + changed.length > 0 ? [{ directory, files: [...first, ...changed] }] : [];
}

/** Removes what a killed run left in a directory. */
export function removeLeftovers(directory: string): void {
  for (const folder of FOLDERS)
    if (isFolderWithin(directory, folder)) removeStaleTemporaries(path.join(directory, folder));
}

function removeFile(directory: string, file: string): void {
  try {
    rmSync(targetWithin(directory, file), { force: true });
  } catch (error) {
    throw fileFailure('write', path.join(directory, file), error);
  }
}
