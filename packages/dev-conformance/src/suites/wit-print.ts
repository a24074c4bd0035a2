import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { decode, decodeWitPackage } from '@wit-ts/component';
import { renderPlain } from '@wit-ts/diagnostics';
import { print } from '@wit-ts/wit';
import { load } from '@wit-ts/wit/node';
import { collectFiles, shared, shownPath } from '../files.ts';
import type { Case, Suite, SuiteOptions } from '../suite.ts';
import { assembleWat } from '../wat.ts';

/**
 * WIT resolved and printed is the `.wit.print` beside it, and so is its binary form, decoded and printed: two cases for
 * each such file. It belongs to the folder that it stands in where that has a `.wat` beside it, else to the `.wit` of its
 * name.
 */
export const witPrint: Suite = { name: 'wit-print', run };

async function* run({ paths }: SuiteOptions): AsyncGenerator<Case> {
  const named = paths.map((path) => path.replace(/\.wit$/u, '.wit.print'));
  for (const path of await collectFiles(named, [shared('corpus/wit-print')], '.wit.print')) {
    const expected = await readFile(path, 'utf8');
    const isFolder = existsSync(`${dirname(path)}.wat`);
    const source = isFolder ? dirname(path) : path.replace(/\.print$/u, '');
    const binary = isFolder ? `${dirname(path)}.wat` : path.replace(/\.wit\.print$/u, '.wat');
    yield await compare(source, `${basename(source)} from text`, expected, printText);
    yield await compare(binary, `${basename(source)} from its binary form`, expected, printBinary);
  }
}

async function compare(
  path: string,
  name: string,
  expected: string,
  printed: (path: string) => Promise<string>,
): Promise<Case> {
  const reason = await printed(path).then(
    (text) => difference(expected, text),
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
  const file = shownPath(path);
  return reason === undefined ? { file, name, status: 'passed' } : { file, name, status: 'failed', reason };
}

async function printText(path: string): Promise<string> {
  const loaded = await load(path, {
    assemble: assembleWat,
    decode: (bytes) => decodeWitPackage(decode(bytes)),
  });
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((error) => renderPlain(error)).join('; '));
  return print(loaded.resolve, loaded.package!);
}

async function printBinary(path: string): Promise<string> {
  const decoded = await readBinary(await readFile(path), path);
  return print(decoded.resolve, decoded.package);
}

async function readBinary(bytes: Uint8Array, path: string): Promise<ReturnType<typeof decodeWitPackage>> {
  const isText = path.endsWith('.wat');
  return decodeWitPackage(decode(isText ? await assembleWat(new TextDecoder().decode(bytes)) : bytes));
}

function difference(expected: string, found: string): string | undefined {
  if (expected === found) return undefined;
  const left = expected.split('\n');
  const right = found.split('\n');
  const line = Array.from({ length: Math.max(left.length, right.length) }).findIndex(
    (_, i) => left[i] !== right[i],
  );
  return `line ${line + 1}: expected ${show(left[line])}, printed ${show(right[line])}`;
}

function show(text: string | undefined): string {
  return text === undefined ? 'the end' : JSON.stringify(text);
}
