import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { componentWorld, decode, decodeWitPackage, isWitPackage } from '@wit-ts/component';
import { print } from '@wit-ts/wit';
import { collectFiles, sharedPath, displayPath } from '../paths.ts';
import type { CaseResult, ConformanceSuite, SuiteOptions } from '../conformance-suite.ts';
import { firstDifference } from '../first-difference.ts';
import { assembleCachedWat } from '../assemble-wat.ts';

/**
 * Checks that the WIT printed from a binary (a component, or a WIT package in wasm form) is the expected text. A case
 * is a `.wat` or `.wasm` file; the expected text is `name.wit.print` beside it, or the only `*.wit.print` in the folder
 * `name/`.
 */
export const decodeSuite: ConformanceSuite = {
  name: 'decode',
  async *run({ paths }: SuiteOptions): AsyncIterable<CaseResult> {
    const files = await collectFiles(
      paths,
      [sharedPath('corpus/component-decode'), sharedPath('corpus/wit-print')],
      '',
    );
    for (const file of files) {
      if (!/\.(?:wat|wasm)$/u.test(file)) continue;
      const expected = await expectedFile(file);
      const shown = displayPath(file);
      const name = basename(file) === 'component.wat' ? basename(dirname(file)) : basename(file);
      if (expected === undefined) {
        // A folder may contain binaries without an expected text. A file that the user named must be reported.
        if (paths.includes(file))
          yield {
            file: shown,
            name,
            status: 'failed',
            reason: 'no file with the expected text (.wit.print) exists for it',
          };
        continue;
      }
      const reason = await runCase(file, expected);
      yield {
        file: shown,
        name,
        status: reason === undefined ? 'passed' : 'failed',
        ...(reason && { reason }),
      };
    }
  },
};

async function expectedFile(file: string): Promise<string | undefined> {
  const stem = file.replace(/\.(?:wat|wasm)$/u, '');
  const beside = `${stem}.wit.print`;
  const folder = await readdir(dirname(file));
  if (folder.includes(basename(beside))) return beside;
  if (!folder.includes(basename(stem))) return undefined;
  const inside = (await readdir(stem)).filter((name) => name.endsWith('.wit.print'));
  return inside.length === 1 ? join(stem, inside[0]!) : undefined;
}

/** Returns the reason why the case fails, or `undefined` when it passes. */
async function runCase(file: string, expectedPath: string): Promise<string | undefined> {
  try {
    const expected = await readFile(expectedPath, 'utf8');
    return firstDifference(expected.trimEnd(), printed(await bytesOf(file)).trimEnd());
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file.endsWith('.wasm')) return readFile(file);
  return assembleCachedWat((await readFile(file, 'utf8')).replaceAll('$CARGO_PKG_VERSION', '0.0.0'));
}

function printed(bytes: Uint8Array): string {
  const component = decode(bytes);
  if (isWitPackage(component)) {
    const decoded = decodeWitPackage(component);
    return print(decoded.resolve, decoded.package);
  }
  const { resolve, world } = componentWorld(component);
  return print(resolve, world);
}
