import { isOverwritable, isUntouched, seal } from '@wit-ts/bindgen/seal';
import type { StaticFile } from '@wit-ts/transpile';
import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, Failure, fileFailure, inputFailure } from '../failure.ts';
import { readGivenFile } from '../regular-file.ts';
import { removeStaleTemporaries } from '../temporary-files.ts';
import { isLink, targetWithin, writeFiles } from '../write-files.ts';

/** The effect that writing a static module has on a directory. */
export interface ModuleChanges {
  readonly directory: string;
  readonly files: readonly ModuleChange[];
  /** Files to be written that exist and were edited by hand, or were never written by this command. */
  readonly foreign: readonly string[];
}

interface ModuleChange {
  readonly path: string;
  readonly status: 'new' | 'changed' | 'same' | 'stale';
  /** Absent for a stale file, which is removed. */
  readonly content?: string | Uint8Array;
}

/** A line of the module for each file beside it, so that a later run knows which files it may replace or remove. */
const LISTED = /^\/\/ wit-ts file (\S+) ([0-9a-f]{16})\r?$/gmu;

/**
 * Adds a seal to texts, as generated bindings have it, and to the module, the first file, a list of the others with
 * their hashes: a core module has no place for a seal.
 */
export function sealed(files: readonly StaticFile[]): readonly StaticFile[] {
  const [module, ...others] = files.map((each, index) => ({
    ...each,
    content:
      index > 0 && typeof each.content === 'string' && each.path.endsWith('.ts')
        ? seal(each.content)
        : each.content,
  }));
  if (module === undefined) return [];
  const text = String(module.content);
  const list = others
    .filter(({ isYours }) => isYours !== true)
    .map((each) => `// wit-ts file ${each.path} ${hash(each.content)}\n`)
    .join('');
  const end = text.indexOf('\n') + 1;
  return [{ path: module.path, content: seal(text.slice(0, end) + list + text.slice(end)) }, ...others];
}

/**
 * Compares a static module with a directory. What an earlier run wrote and no file needs any more is stale.
 *
 * @param name the name of the files beside the module
 * @throws Failure if the directory is something else, or if a link in it leads out of it
 */
export async function moduleChanges(
  directory: string,
  files: readonly StaticFile[],
  name: string,
): Promise<ModuleChanges> {
  await refuseOther(directory);
  const before = await earlier(directory, files[0]!.path, name);
  const foreign: string[] = [];
  const changes: ModuleChange[] = [];
  for (const { path: file, content, isYours = false } of files) {
    const found = await contentOf(directory, file);
    const isSame = found !== undefined && (isYours || hash(found) === hash(content));
    changes.push({ path: file, content, status: found === undefined ? 'new' : isSame ? 'same' : 'changed' });
    if (found === undefined || isSame || before.get(file) === hash(found)) continue;
    if (typeof content !== 'string' || !isOverwritable(found.toString('utf8'), content)) foreign.push(file);
  }
  const wanted = new Set(files.map((each) => each.path));
  for (const [file, known] of before) {
    if (wanted.has(file)) continue;
    const found = await contentOf(directory, file);
    if (found !== undefined && hash(found) === known) changes.push({ path: file, status: 'stale' });
  }
  return { directory, files: changes, foreign };
}

/** Returns the files that an earlier run wrote beside a module, with their hashes; none if the module was edited. */
async function earlier(
  directory: string,
  module: string,
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const text = (await contentOf(directory, module))?.toString('utf8') ?? '';
  const listed = isUntouched(text) ? [...text.matchAll(LISTED)] : [];
  // A module may come from anywhere, so it names no files but its own.
  return new Map(
    listed.flatMap(([, file = '', known = '']) => (isOwnFile(file, name) ? [[file, known] as const] : [])),
  );
}

/** The files of a worker whose names do not begin with that of its component. */
const OF_WORKERS: ReadonlySet<string> = new Set(['grants.json', 'files.bin', 'workerd.capnp']);

function isOwnFile(file: string, name: string): boolean {
  if (OF_WORKERS.has(file)) return true;
  return (
    file.startsWith(`${name}.`) &&
    /^(?:types\.d\.ts|d\.ts|[\w]+\.wasm|(?:interfaces|exports)\/[^/\\]+\.d\.ts)$/u.test(
      file.slice(name.length + 1),
    )
  );
}

/** @throws Failure if a file that would be replaced was not written by this command, or was edited since */
export function refuseForeign({ directory, foreign }: ModuleChanges): void {
  const [first, ...others] = foreign;
  if (first === undefined) return;
  const more = others.length;
  const which =
    more === 0
      ? `\`${path.join(directory, first)}\` was`
      : `\`${path.join(directory, first)}\` and ${more} more ${more === 1 ? 'file' : 'files'} were`;
  throw new Failure(
    EXIT.checkFailed,
    `${which} edited by hand or not written by this command, so nothing was written`,
    'move them elsewhere, choose another directory with `-o` or another `--name`, or pass `--force` to overwrite them',
  );
}

/** Writes all new and changed files, or none, and then removes stale ones. */
export async function writeModuleFiles({ directory, files }: ModuleChanges): Promise<void> {
  const toWrite = files.flatMap(({ path: file, status, content }) =>
    content === undefined || status === 'same' ? [] : [{ path: file, content }],
  );
  writeFiles(directory, toWrite);
  for (const { path: file, status } of files)
    if (status === 'stale') await rm(targetWithin(directory, file), { force: true });
  for (const folder of new Set(files.map((each) => path.dirname(path.join(directory, each.path)))))
    removeStaleTemporaries(folder);
}

/** @throws Failure if the path has something else than a directory */
async function refuseOther(directory: string): Promise<void> {
  try {
    if ((await stat(directory)).isDirectory()) return;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && !isLink(directory)) return;
    throw fileFailure('write', directory, error);
  }
  throw inputFailure(
    `cannot write into \`${directory}\`: it is not a directory`,
    'choose a directory with `-o`, or print the module with `-o -`',
  );
}

/** @throws Failure if a link leads out of the directory, or the path has something else than a file */
async function contentOf(directory: string, file: string): Promise<Buffer | undefined> {
  const shown = path.join(directory, file);
  try {
    return readGivenFile(targetWithin(directory, file), shown);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw fileFailure('write', shown, error);
  }
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
