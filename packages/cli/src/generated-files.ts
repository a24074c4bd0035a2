import { createHash } from 'node:crypto';
import { readdir, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, Failure, EXIT, inputFailure } from './failure.ts';
import { readGivenFile } from './regular-file.ts';
import { removeStaleTemporaries } from './temporary-files.ts';
import { isLink, isWithin, targetWithin, writeFiles, type FileToWrite } from './write-files.ts';

/**
 * Generated files carry a seal in their second line, a hash of the rest. A file with a broken seal was edited by hand,
 * so it is not overwritten without `--force`. The hash ignores what a formatter or a checkout changes: white space,
 * quotes, parentheses, commas and semicolons.
 */
const SEAL = /^\/\/ wit-ts seal ([0-9a-f]{16})\r?\n/mu;

/** Adds the seal to a generated text, after the first line, which names the source. */
export function seal(content: string): string {
  const end = content.indexOf('\n') + 1;
  return `${content.slice(0, end)}// wit-ts seal ${hash(content)}\n${content.slice(end)}`;
}

/** Returns whether a text still is as it was generated. */
export function isUntouched(text: string): boolean {
  const match = SEAL.exec(text);
  return match !== null && hash(text.replace(SEAL, '')) === match[1];
}

/**
 * Whether a text may be overwritten: it is as it was generated, or a library call wrote the new text without a seal.
 */
function isOverwritable(text: string, next: string): boolean {
  return isUntouched(text) || hash(text) === hash(next.replace(SEAL, ''));
}

function hash(text: string): string {
  const essence = text.replace(/[\s'"`;,()]/gu, '');
  return createHash('sha256').update(essence).digest('hex').slice(0, 16);
}

type FileStatus = 'new' | 'changed' | 'same' | 'stale';

/** The effect that writing a set of generated files has on a directory. */
export interface DirectoryChanges {
  readonly directory: string;
  readonly files: readonly (FileToWrite & { readonly status: FileStatus })[];
  /** Files to be written that exist and were edited by hand, or were never generated. */
  readonly edited: readonly string[];
}

/**
 * Compares generated files with a directory. Files of the same source that are no longer generated are `stale`.
 *
 * @throws Failure if the path is not a directory, or if a link in the directory leads out of it
 */
export async function changesOf(directory: string, files: readonly FileToWrite[]): Promise<DirectoryChanges> {
  const result: (FileToWrite & { status: FileStatus })[] = [];
  const edited: string[] = [];
  const exists = await isDirectory(directory);
  for (const file of files) {
    const existing = exists ? await readTarget(directory, file.path) : undefined;
    const status = existing === undefined ? 'new' : unix(existing) === file.content ? 'same' : 'changed';
    if (status === 'changed' && !isOverwritable(existing ?? '', file.content)) edited.push(file.path);
    result.push({ ...file, status });
  }
  const wanted = new Set(files.map((file) => file.path));
  const headers = new Set(files.map((file) => firstLine(file.content)));
  for (const name of await list(directory)) {
    if (wanted.has(name)) continue;
    const text = (await read(path.join(directory, name))) ?? '';
    if (headers.has(firstLine(text)) && isUntouched(text))
      result.push({ path: name, content: '', status: 'stale' });
  }
  return { directory, files: result, edited };
}

/**
 * Writes new and changed files, and removes stale ones.
 *
 * @throws Failure if that would overwrite a file that was edited by hand, unless forced
 */
export async function applyChanges(changes: DirectoryChanges, force: boolean): Promise<void> {
  const { directory, files, edited } = changes;
  if (edited.length > 0 && !force) {
    const [first = ''] = edited;
    const more = edited.length - 1;
    const which =
      more === 0 ? `\`${first}\` was` : `\`${first}\` and ${more} more ${more === 1 ? 'file' : 'files'} were`;
    const help =
      'move the edits elsewhere, choose another directory with `-o`, or pass `--force` to overwrite them';
    throw new Failure(EXIT.checkFailed, `${which} edited by hand, so nothing was written`, help);
  }
  const toWrite = files.filter(({ status }) => status === 'new' || status === 'changed');
  if (toWrite.length > 0) await writeFiles(directory, toWrite);
  for (const file of files) if (file.status === 'stale') await removeFile(directory, file.path);
  const folders = new Set([...FOLDERS, ...files.map((file) => path.posix.dirname(file.path))]);
  for (const folder of folders) {
    if (await isFolderWithin(directory, folder)) await removeStaleTemporaries(path.join(directory, folder));
  }
}

async function removeFile(directory: string, file: string): Promise<void> {
  try {
    await rm(await targetWithin(directory, file), { force: true });
  } catch (error) {
    throw fileFailure('write', path.join(directory, file), error);
  }
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

async function readTarget(directory: string, file: string): Promise<string | undefined> {
  try {
    return await read(await targetWithin(directory, file));
  } catch (error) {
    throw fileFailure('write', path.join(directory, file), error);
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return (await readGivenFile(file, file)).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileFailure('read', file, error);
  }
}

/** Where bindings are. Other folders are not searched: the output directory may contain a whole project. */
const FOLDERS = ['', 'interfaces/', 'exports/'];

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
async function isFolderWithin(directory: string, folder: string): Promise<boolean> {
  try {
    return isWithin(await realpath(directory), await realpath(path.join(directory, folder)));
  } catch {
    return false;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function firstLine(text: string): string {
  return unix(text.slice(0, text.indexOf('\n')));
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\r$/u, '');
}
