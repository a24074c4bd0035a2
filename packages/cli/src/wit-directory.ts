import type { PrintedPackage } from '@wit-ts/wit';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, Failure, fileFailure, inputFailure } from './failure.ts';
import { readGivenFile } from './regular-file.ts';
import { removeStaleTemporaries } from './temporary-files.ts';
import { isLink, targetWithin, writeFiles, type FileToWrite } from './write-files.ts';

/** The file of each package. */
const FILE = 'package.wit';

/** The longest name of a folder in `deps/`. File systems allow 255 bytes. */
const MAX_NAME = 120;

/**
 * Returns the files of a package directory: `package.wit` for the first package, and a folder in `deps/` for each of
 * the others. The name of the folder has the namespace, name and version of the package, and nothing that a file
 * system could misunderstand.
 */
export function directoryFiles(packages: readonly PrintedPackage[]): FileToWrite[] {
  const taken = new Set<string>();
  return packages.map(({ package: { name }, text }, index) => {
    if (index === 0) return { path: FILE, content: text };
    const parts = [name.namespace, name.name, ...(name.version === undefined ? [] : [name.version])];
    const folder = freeName(
      parts
        .join('-')
        .replace(/[^\w.+-]/gu, '-')
        .slice(0, MAX_NAME),
      taken,
    );
    return { path: `deps/${folder}/${FILE}`, content: text };
  });
}

/** `a-b:c` and `a:b-c` would share a name, and so would names that differ by case on some file systems. */
function freeName(name: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const found = count === 1 ? name : `${name}-${count}`;
    if (taken.has(found.toLowerCase())) continue;
    taken.add(found.toLowerCase());
    return found;
  }
}

/** What writing a package directory changes. */
interface WitDirectoryChanges {
  readonly directory: string;
  readonly files: readonly (FileToWrite & { readonly status: 'new' | 'changed' | 'same' })[];
  /** Other files and folders that would be read as parts of the package or as its dependencies. */
  readonly foreign: readonly string[];
}

/**
 * Compares the files of a package with a directory.
 *
 * @throws Failure if the directory is something else, or if a link in it leads out of it
 */
export async function witDirectoryChanges(
  directory: string,
  files: readonly FileToWrite[],
): Promise<WitDirectoryChanges> {
  const exists = await isDirectory(directory);
  const compared = [];
  for (const file of files) {
    const existing = exists ? await contentOf(directory, file.path) : undefined;
    const status = existing === undefined ? 'new' : existing === file.content ? 'same' : 'changed';
    compared.push({ ...file, status } as const);
  }
  const foreign = exists ? await foreignParts(directory, new Set(files.map((file) => file.path))) : [];
  return { directory, files: compared, foreign };
}

/**
 * Writes all files, or none.
 *
 * @throws Failure if the directory has other WIT, or, unless forced, if a file exists with another content
 */
export async function writeWitDirectory(
  { directory, files, foreign }: WitDirectoryChanges,
  force: boolean,
): Promise<void> {
  const [other] = foreign;
  if (other !== undefined) {
    throw new Failure(
      EXIT.checkFailed,
      `\`${path.join(directory, other)}\` would be read as a part of the package, so nothing was written`,
      'choose an empty directory with `--out-dir`, or move what is there elsewhere',
    );
  }
  const changed = files.find(({ status }) => status === 'changed');
  if (changed !== undefined && !force) {
    throw new Failure(
      EXIT.checkFailed,
      `\`${path.join(directory, changed.path)}\` exists and differs, so nothing was written`,
      'choose another directory with `--out-dir`, or pass `--force` to overwrite it',
    );
  }
  const toWrite = files.filter(({ status }) => status !== 'same');
  if (toWrite.length > 0) writeFiles(directory, toWrite);
  const folders = new Set(files.map((file) => path.dirname(path.join(directory, file.path))));
  for (const folder of folders) removeStaleTemporaries(folder);
}

/** @throws Failure if the path has something else than a directory */
async function isDirectory(directory: string): Promise<boolean> {
  try {
    if ((await stat(directory)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && !isLink(directory)) return false;
    throw fileFailure('write', directory, error);
  }
  throw inputFailure(
    `cannot write into \`${directory}\`: it is not a directory`,
    'choose a directory with `--out-dir`, or leave it out to print the text',
  );
}

async function contentOf(directory: string, file: string): Promise<string | undefined> {
  const shown = path.join(directory, file);
  try {
    return readGivenFile(targetWithin(directory, file), shown).toString('utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fileFailure('write', shown, error);
  }
}

/** What the loader of WIT reads beside the files that are written. */
async function foreignParts(directory: string, wanted: ReadonlySet<string>): Promise<string[]> {
  const found = (await names(directory)).filter((name) => name.endsWith('.wit') && !wanted.has(name));
  const folders = new Set([...wanted].map((file) => path.posix.dirname(file)));
  for (const name of await names(path.join(directory, 'deps'))) {
    const entry = `deps/${name}`;
    if (folders.has(entry)) {
      const inner = (await names(path.join(directory, entry))).map((file) => `${entry}/${file}`);
      found.push(...inner.filter((file) => file.endsWith('.wit') && !wanted.has(file)));
    } else if (/\.(?:wit|wat|wasm)$/u.test(name) || (await isFolder(path.join(directory, entry)))) {
      found.push(entry);
    }
  }
  return found;
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw fileFailure('write', folder, error);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
