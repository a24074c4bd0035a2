import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decode, decodeWitPackage } from '@wit-ts/component';
import { load, type Loaded } from '@wit-ts/wit/node';
import { assembleCachedWat } from '../assemble-wat.ts';
import type { CaseResult } from '../conformance-suite.ts';
import { displayPath } from '../paths.ts';

/** WIT and the file with the expected result. */
export interface WitCase {
  /** The path of a `.wit` file or of a package directory. */
  readonly input: string;
  /** The path of the file with the expected result; absent when no such file exists. */
  readonly expected?: string;
}

/**
 * Finds the cases that the paths name. A path is a folder that contains cases at any depth, an input, or an expected
 * result. The expected result of `name.wit`, and of the directory `name`, is the file `name.wit` plus `ending` beside
 * it.
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
  // In a folder without expected results each file is a case, unless the folder is a package.
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

/** An expected result without an input belongs to a case of another suite. */
function caseOf(expected: string, ending: string): WitCase[] {
  const file = expected.slice(0, -ending.length);
  const folder = join(dirname(file), basename(file, '.wit'));
  const input = [file, folder].find((path) => existsSync(path));
  return input === undefined ? [] : [{ input, expected }];
}

/** Loads a case as the reference's tests do: the feature `active` is on, every comment is
 * documentation, and the WIT need not have a binary form. */
export async function loadCase(input: string): Promise<Loaded> {
  return load(input, {
    features: ['active'],
    encodable: false,
    referenceDocs: true,
    assemble: assembleCachedWat,
    decode: (bytes) => decodeWitPackage(decode(bytes)),
  });
}

/** Runs a case. `failureReason` returns why it fails, or `undefined`; an error that it throws is a failure too. */
export async function resultOf(
  witCase: WitCase,
  failureReason: (witCase: WitCase) => Promise<string | undefined>,
): Promise<CaseResult> {
  const reason = await failureReason(witCase).catch((error: unknown) => String(error));
  const named = { file: displayPath(witCase.input), name: basename(witCase.input) };
  return reason === undefined ? { ...named, status: 'passed' } : { ...named, status: 'failed', reason };
}
