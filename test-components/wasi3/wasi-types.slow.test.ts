import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generate } from '@wit-ts/bindgen';
import { compileStrictly } from '@wit-ts/dev-support/compile-strictly';
import { resolveOrThrow } from '@wit-ts/wit';
import { expect, it } from 'vitest';

const wasi = (path: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../../packages/wasi/src/${path}`, import.meta.url)));

const PROGRAM = `
import { wasi3 } from ${wasi('p3/index.ts')};
import type { System } from ${wasi('system/system.ts')};
import { instantiate, type Wasi3Exports, type Wasi3Imports } from './wasi3.js';

export function start(system: System): Promise<Wasi3Exports> {
  const imports: Wasi3Imports = wasi3(system);
  return instantiate(new Uint8Array(), imports);
}

export function incomplete(system: System): Wasi3Imports {
  const { 'wasi:cli/stdin@0.3.0': _, ...rest } = wasi3(system);
  // @ts-expect-error An interface is missing.
  return rest;
}
`;

it('the bindings of a world with all of WASI 0.3 take the import object of @wit-ts/wasi without a cast', async () => {
  const text = await readFile(new URL('wit/world.wit', import.meta.url), 'utf8');
  const files = await generate(resolveOrThrow(text).resolve, 'wasi3');
  const errors = await compileStrictly([...files, { path: 'program.ts', content: PROGRAM }], {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
  });
  expect(errors).toEqual([]);
}, 120_000);
