import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileFailure, inputFailure } from '../failure.ts';
import { readGivenFile } from '../regular-file.ts';
import { existsHere, isLink, isWithin, targetWithin } from '../write-files.ts';
import { FOLDERS, MANIFEST, parseManifest, type ManifestEntry } from './manifest.ts';

/** What an output directory contains before a run. */
export interface OutputDirectory {
  readonly path: string;
  readonly exists: boolean;
  /** Undefined if the directory has no manifest. */
  readonly manifest: string | undefined;
  readonly entries: readonly ManifestEntry[];
  /** The TypeScript files that are where bindings are. Links are not among them. */
  readonly files: ReadonlyMap<string, string>;
}

/** @throws Failure if the path is something else than a directory */
export function readOutputDirectory(directory: string): OutputDirectory {
  if (!isDirectory(directory))
    return { path: directory, exists: false, manifest: undefined, entries: [], files: new Map() };
  const manifest = readTarget(directory, MANIFEST);
  const files = new Map<string, string>();
  for (const name of list(directory)) {
    const text = read(path.join(directory, name));
    if (text !== undefined) files.set(name, text);
  }
  return {
    path: directory,
    exists: true,
    manifest,
    entries: parseManifest(directory, manifest ?? ''),
    files,
  };
}

/** @throws Failure if the path has something else than a directory */
function isDirectory(directory: string): boolean {
  try {
    if (statSync(directory).isDirectory()) return true;
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isAbsent && !isLink(directory)) return false;
    throw fileFailure('write', directory, error);
  }
  throw inputFailure(
    `cannot write into \`${directory}\`: it is not a directory`,
    'choose a directory with `-o`, or print the files with `-o -`',
  );
}

/**
 * Reads a file that is to be written. Returns `undefined` if it does not exist.
 *
 * @throws Failure if a link leads out of the directory, or the path has something else than a file
 */
export function readTarget(directory: string, file: string): string | undefined {
  try {
    const target = targetWithin(directory, file);
    return existsHere(target) ? read(target) : undefined;
  } catch (error) {
    throw fileFailure('write', path.join(directory, file), error);
  }
}

function read(file: string): string | undefined {
  try {
    return readGivenFile(file, file).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileFailure('read', file, error);
  }
}

function list(directory: string): string[] {
  const names: string[] = [];
  for (const folder of FOLDERS) {
    if (!isFolderWithin(directory, folder)) continue;
    try {
      const entries = readdirSync(path.join(directory, folder), { withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
      names.push(...files.map((entry) => `${folder}${entry.name}`).sort());
    } catch (error) {
      if (!isMissing(error)) throw fileFailure('read', directory, error);
    }
  }
  return names;
}

/** Whether the folder exists and is really in the directory, and not elsewhere by way of a link. */
export function isFolderWithin(directory: string, folder: string): boolean {
  try {
    return isWithin(realpathSync.native(directory), realpathSync.native(path.join(directory, folder)));
  } catch {
    return false;
  }
}

/**
 * Returns true if an input was removed or moved. If its folder is missing or empty too, it may be only absent here, as
 * a package that is not installed or a submodule that is not checked out; then what was generated from it stays.
 */
export function isRemoved(input: string): boolean {
  if (input === '-') return false;
  try {
    statSync(input);
    return false;
  } catch (error) {
    if (!isMissing(error)) return false;
  }
  try {
    return readdirSync(path.dirname(input)).length > 0;
  } catch {
    return false;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
