import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, inputFailure } from '../failure.ts';
import { readGivenFile } from '../regular-file.ts';
import { isLink, isWithin, targetWithin } from '../write-files.ts';
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
export async function readOutputDirectory(directory: string): Promise<OutputDirectory> {
  if (!(await isDirectory(directory)))
    return { path: directory, exists: false, manifest: undefined, entries: [], files: new Map() };
  const manifest = await readTarget(directory, MANIFEST);
  const files = new Map<string, string>();
  for (const name of await list(directory)) {
    const text = await read(path.join(directory, name));
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
async function isDirectory(directory: string): Promise<boolean> {
  try {
    if ((await stat(directory)).isDirectory()) return true;
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isAbsent && !(await isLink(directory))) return false;
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
export async function readTarget(directory: string, file: string): Promise<string | undefined> {
  try {
    return read(await targetWithin(directory, file));
  } catch (error) {
    throw fileFailure('write', path.join(directory, file), error);
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return readGivenFile(file, file).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileFailure('read', file, error);
  }
}

async function list(directory: string): Promise<string[]> {
  const names: string[] = [];
  for (const folder of FOLDERS) {
    if (!(await isFolderWithin(directory, folder))) continue;
    try {
      const entries = await readdir(path.join(directory, folder), { withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
      names.push(...files.map((entry) => `${folder}${entry.name}`).sort());
    } catch (error) {
      if (!isMissing(error)) throw fileFailure('read', directory, error);
    }
  }
  return names;
}

/** Whether the folder exists and is really in the directory, and not elsewhere by way of a link. */
export async function isFolderWithin(directory: string, folder: string): Promise<boolean> {
  try {
    return isWithin(await realpath(directory), await realpath(path.join(directory, folder)));
  } catch {
    return false;
  }
}

/**
 * Returns true if an input was removed or moved. If its folder is missing or empty too, it may be only absent here, as
 * a package that is not installed or a submodule that is not checked out; then what was generated from it stays.
 */
export async function isRemoved(input: string): Promise<boolean> {
  if (input === '-') return false;
  try {
    await stat(input);
    return false;
  } catch (error) {
    if (!isMissing(error)) return false;
  }
  const beside = await readdir(path.dirname(input)).catch(() => []);
  return beside.length > 0;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
