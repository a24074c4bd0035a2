import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { decode, decodeWitPackage } from '@wit-ts/component';
import { renderPlain } from '@wit-ts/diagnostics';
import { print } from '@wit-ts/wit';
import { load } from '@wit-ts/wit/node';
import { firstDifference } from '../first-difference.ts';
import { collectFiles, displayPath, sharedPath } from '../paths.ts';
import type { CaseResult, ConformanceSuite, SuiteOptions } from '../conformance-suite.ts';
import { assembleCachedWat } from '../assemble-wat.ts';

/**
 * Checks that printed WIT is the expected text `.wit.print`. Each such file gives two cases: WIT text resolved and
 * printed, and its binary form decoded and printed. When a `.wat` file with the name of the folder lies beside the
 * folder, the text belongs to the package in the folder, otherwise to the `.wit` file of the same name.
 */
export const witPrint: ConformanceSuite = { name: 'wit-print', run };

async function* run({ paths }: SuiteOptions): AsyncGenerator<CaseResult> {
  const named = paths.map((path) => path.replace(/\.wit$/u, '.wit.print'));
  for (const path of await collectFiles(named, [sharedPath('corpus/wit-print')], '.wit.print')) {
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
): Promise<CaseResult> {
  const reason = await printed(path).then(
    (text) => firstDifference(expected, text),
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
  const file = displayPath(path);
  return reason === undefined ? { file, name, status: 'passed' } : { file, name, status: 'failed', reason };
}

async function printText(path: string): Promise<string> {
  const loaded = await load(path, {
    referenceDocs: true,
    assemble: assembleCachedWat,
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
  return decodeWitPackage(decode(isText ? await assembleCachedWat(new TextDecoder().decode(bytes)) : bytes));
}
