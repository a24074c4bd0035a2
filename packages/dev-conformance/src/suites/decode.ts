import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { componentWorld, decode, decodeWitPackage, isWitPackage } from '@wit-ts/component';
import { print } from '@wit-ts/wit';
import { collectFiles, shared, shownPath } from '../files.ts';
import type { Case, Suite, SuiteOptions } from '../suite.ts';
import { assembleWat } from '../wat.ts';

/**
 * Components and WIT packages in wasm form are read, and what they hold is printed. A case is a `.wat` or `.wasm` file
 * with the text expected of it: `name.wit.print` beside it, or the only `*.wit.print` in the folder `name/`.
 */
export const decodeSuite: Suite = {
  name: 'decode',
  async *run({ paths }: SuiteOptions): AsyncIterable<Case> {
    const files = await collectFiles(
      paths,
      [shared('corpus/component-decode'), shared('corpus/wit-print')],
      '',
    );
    for (const file of files) {
      if (!/\.(?:wat|wasm)$/u.test(file)) continue;
      const expected = await expectedFile(file);
      const shown = shownPath(file);
      const name = basename(file) === 'component.wat' ? basename(dirname(file)) : basename(file);
      if (expected === undefined) {
        // Folders hold other binaries as well; one named by hand must not be passed over in silence.
        if (paths.includes(file))
          yield { file: shown, name, status: 'failed', reason: 'there is no .wit.print for it' };
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

/** Why the case fails; `undefined` where it passes. */
async function runCase(file: string, expectedPath: string): Promise<string | undefined> {
  try {
    const found = printed(await bytesOf(file));
    const expected = await readFile(expectedPath, 'utf8');
    return found.trimEnd() === expected.trimEnd() ? undefined : difference(expected, found);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file.endsWith('.wasm')) return readFile(file);
  return assembleWat((await readFile(file, 'utf8')).replaceAll('$CARGO_PKG_VERSION', '0.0.0'));
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

function difference(expected: string, found: string): string {
  const left = expected.split('\n');
  const right = found.split('\n');
  const line = left.findIndex((text, i) => text !== right[i]);
  const at = line < 0 ? left.length : line;
  return `line ${at + 1}: expected ${JSON.stringify(left[at] ?? '')}, printed ${JSON.stringify(right[at] ?? '')}`;
}
