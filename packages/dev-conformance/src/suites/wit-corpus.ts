import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decode, decodeWitPackage } from '@wit-ts/component';
import { load, type Loaded } from '@wit-ts/wit/node';
import { assembleWat } from '../wat.ts';

/** WIT with what is expected of it. */
export interface WitCase {
  /** A `.wit` file or the directory of a package. */
  readonly input: string;
  /** What is expected; absent where nothing lies beside the input. */
  readonly expected?: string;
}

/**
 * The cases that paths mean. What is expected of `name.wit`, or of the directory `name`, stands in `name.wit` plus
 * `ending` beside it. A path is a folder of cases (and of folders of them), an input, or a file of what is expected.
 */
export async function witCases(paths: readonly string[], ending: string): Promise<WitCase[]> {
  const found: WitCase[] = [];
  for (const path of paths) {
    if (path.endsWith(ending)) found.push(...caseOf(path, ending));
    else if (!statSync(path).isDirectory() || existsSync(`${path}.wit${ending}`))
      found.push(inputCase(path, ending));
    else found.push(...(await folderCases(path, ending)));
  }
  return found;
}

async function folderCases(folder: string, ending: string): Promise<WitCase[]> {
  const names = await readdir(folder, { recursive: true });
  const expected = names.filter((name) => name.endsWith(`.wit${ending}`)).sort();
  if (expected.length > 0) return expected.flatMap((name) => caseOf(join(folder, name), ending));
  // A folder without expectations: its files are cases, unless it is a package itself.
  const isPackage = existsSync(join(folder, 'deps'));
  const files = isPackage ? [] : names.filter((name) => name.endsWith('.wit')).sort();
  return (files.length === 0 ? [folder] : files.map((name) => join(folder, name))).map((path) =>
    inputCase(path, ending),
  );
}

function inputCase(input: string, ending: string): WitCase {
  const expected = input.endsWith('.wit') ? `${input}${ending}` : `${input}.wit${ending}`;
  return existsSync(expected) ? { input, expected } : { input };
}

/** Expectations whose input is not there are of another collection's cases. */
function caseOf(expected: string, ending: string): WitCase[] {
  const file = expected.slice(0, -ending.length);
  const folder = join(dirname(file), basename(file, '.wit'));
  const input = [file, folder].find((path) => existsSync(path));
  return input === undefined ? [] : [{ input, expected }];
}

/** Loads a case as the reference's tests do: with the feature `active`, and as text alone. */
export async function loadCase(input: string): Promise<Loaded> {
  return load(input, {
    features: ['active'],
    encodable: false,
    assemble: assembleWat,
    decode: (bytes) => decodeWitPackage(decode(bytes)),
  });
}
