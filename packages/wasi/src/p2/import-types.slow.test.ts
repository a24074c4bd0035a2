import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generate } from '@wit-ts/bindgen';
import { decode, decodeWitPackage } from '@wit-ts/component';
import { peerPath, peersInstalled } from '@wit-ts/dev-peers';
import { compileStrictly } from '@wit-ts/dev-support/compile-strictly';
import { readUnsignedLeb128, wasmSections } from '@wit-ts/dev-support/wasm-sections';
import { describe, expect, it } from 'vitest';

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';

const PROGRAM = `
import type { makeSystem } from ${pathOf('../system/make-system.ts')};
import { wasi2 } from ${pathOf('./index.ts')};
import { type CommandImports, instantiate } from './command.js';

declare const system: ReturnType<typeof makeSystem>;
export const imports: CommandImports = wasi2(system);
export const running: Promise<unknown> = instantiate(new Uint8Array(), wasi2(system));
`;

/** Shows that the test above could fail. */
const INCOMPLETE = `
import { wasi2 } from ${pathOf('./index.ts')};
import type { CommandImports } from './command.js';

declare const imports: ReturnType<typeof wasi2>;
const { 'wasi:filesystem/types@0.2.12': _, ...rest } = imports;
export const incomplete: CommandImports = rest;
`;

function pathOf(file: string): string {
  return JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));
}

/** Returns the WIT package that the adapter of preview 1 carries: the world `wasi:cli/command` and all that it uses. */
async function commandWorld(): Promise<Uint8Array> {
  const adapter = peerPath('@bytecodealliance/jco/lib/wasi_snapshot_preview1.command.wasm');
  for (const { id, content } of wasmSections(new Uint8Array(await readFile(adapter)))) {
    const { value: length, end } = readUnsignedLeb128(content, 0);
    const name = new TextDecoder().decode(content.subarray(end, end + length));
    if (id === 0 && name.startsWith('component-type:')) return content.subarray(end + length);
  }
  throw new Error('the adapter has no section with its world');
}

describe.skipIf(absent)(`the imports of WASI 0.2${why}`, () => {
  it('have the types that `gen` writes for all interfaces of `wasi:cli/command`, without a cast', async () => {
    const { resolve } = decodeWitPackage(decode(await commandWorld()));
    const files = await generate(resolve, 'wasi:cli/command@0.2.12');
    const interfaces = files.filter(({ path }) => path.startsWith('interfaces/'));
    expect(interfaces.length).toBeGreaterThanOrEqual(26);
    const programs = [
      { path: 'program.ts', content: PROGRAM },
      { path: 'incomplete.ts', content: INCOMPLETE },
    ];
    const errors = await compileStrictly([...files, ...programs], {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
    });
    expect(errors.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      expect.stringMatching(/^incomplete\.ts: .* is not assignable to type 'CommandImports'/su),
    ]);
  }, 120_000);
});
