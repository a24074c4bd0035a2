import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '@wit-ts/dev-support/workspace';
import { hasErrors } from '@wit-ts/diagnostics';
import type { Resolve, World } from '@wit-ts/model';
import { print, resolve as resolveWit } from '@wit-ts/wit';
import { load } from '@wit-ts/wit/node';
import { allWitPackages, inputOf, modernized } from './wit-packages.ts';

/** A package whose worlds are generated. */
export interface WorldInput {
  readonly name: string;
  /** A file or directory of WIT. */
  readonly path: string;
  readonly resolve: Resolve;
  readonly worlds: readonly World[];
}

const CORPUS = join(root, '../shared/corpus');

/** The folders of the corpus with WIT that has worlds. */
const CORPUS_FOLDERS = ['wit-parse-pass', 'wit-print', 'component-new', 'targets'];

/** Reads the packages of the corpus: files and directories that resolve and have worlds. */
export async function corpusInputs(): Promise<readonly WorldInput[]> {
  const inputs: WorldInput[] = [];
  for (const path of CORPUS_FOLDERS.flatMap((folder) => witPaths(join(CORPUS, folder)))) {
    // A package that is a directory is not read again, file by file.
    if (inputs.some((input) => path.startsWith(`${input.path}/`))) continue;
    const { resolve, diagnostics, package: main } = await load(path, { allFeatures: true });
    if (hasErrors(diagnostics) || main === undefined || main.worlds.size === 0) continue;
    inputs.push({ name: relative(CORPUS, path), path, resolve, worlds: [...main.worlds.values()] });
  }
  return inputs;
}

/** Returns the directories and files of WIT in a folder, each directory before what is in it. */
function witPaths(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.wit'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Reads the packages with worlds in the npm packages. @param folder where each is written as one file */
export async function npmInputs(folder: string): Promise<readonly WorldInput[]> {
  const all = (await allWitPackages()).map(modernized);
  const inputs: WorldInput[] = [];
  for (const one of all) {
    const { value, diagnostics } = resolveWit(inputOf(one, all), { allFeatures: true });
    const { resolve, package: main } = value;
    if (main === undefined || main.worlds.size === 0 || hasErrors(diagnostics)) continue;
    const path = join(folder, `${inputs.length}.wit`);
    await writeFile(path, print(resolve, main, { nested: true }));
    inputs.push({ name: one.name, path, resolve, worlds: [...main.worlds.values()] });
  }
  return inputs;
}
