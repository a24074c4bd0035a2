import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from '@wit-ts/bindgen';
import { componentWorld, decode } from '@wit-ts/component';
import { peersDirectory, peersInstalled } from '@wit-ts/dev-peers';
import { compileStrictly } from '@wit-ts/dev-support/compile-strictly';
import { describe, expect, it } from 'vitest';

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';
const shim = join(
  peersDirectory,
  'node_modules/@bytecodealliance/preview2-shim/dist/common/instantiation.js',
);

const PROGRAM = `
import { WASIShim } from ${JSON.stringify(shim)};
import { instantiate, type RootExports, type RootImports } from './root.js';

const shim = new WASIShim().getImportObject();
export const imports: RootImports = shim;
export const command: Promise<RootExports> = instantiate(new Uint8Array(), shim);

const { 'wasi:io/streams': _, ...rest } = shim;
// @ts-expect-error An interface is missing.
export const missing: RootImports = rest;
`;

describe.skipIf(absent)(`the bindings of a WASI command${why}`, () => {
  it('take the import object of preview2-shim without a cast', async () => {
    const bytes = await readFile(new URL('./built/c.wasm', import.meta.url));
    const { resolve, world } = componentWorld(decode(bytes));
    const files = await generate(resolve, world);
    const errors = await compileStrictly([...files, { path: 'program.ts', content: PROGRAM }], {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
    });
    expect(errors).toEqual([]);
  }, 120_000);
});
