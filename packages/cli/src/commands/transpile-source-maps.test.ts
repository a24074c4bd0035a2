import { readFileSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { sourceMapAddress } from '@wit-ts/component/source-maps';
import { encodeSection, unsignedLeb128, wasmSections } from '@wit-ts/dev-support/wasm-sections';
import { describe, expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

const EDGE_HANDLER = new URL('../../../../test-components/edge-handler/built/wat.wasm', import.meta.url);
const MAP = JSON.stringify({ version: 3, sources: ['app.rs'], names: [], mappings: '' });
const CORE_MODULE = 1;

/** Returns a component whose first core module names a source map. */
function componentWith(address: string): Uint8Array {
  const bytes = new Uint8Array(readFileSync(EDGE_HANDLER));
  let isFirst = true;
  const sections = wasmSections(bytes).map(({ id, content }) => {
    if (id !== CORE_MODULE || !isFirst) return encodeSection(id, content);
    isFirst = false;
    const names = ['sourceMappingURL', address].flatMap((text) => {
      const utf8 = new TextEncoder().encode(text);
      return [...unsignedLeb128(utf8.length), ...utf8];
    });
    return encodeSection(id, Buffer.concat([content, encodeSection(0, names)]));
  });
  return Buffer.concat([bytes.subarray(0, 8), ...sections]);
}

describe('wit-ts transpile of a component with a source map', () => {
  it('writes the map beside the core module, which names it', async () => {
    const here = await testDirectory({
      'built/a.wasm': componentWith('./maps/a.map'),
      'built/maps/a.map': MAP,
    });
    expect((await here.run('transpile built/a.wasm -o out --name app')).code).toBe(0);
    expect(await here.read('out/app.core.wasm.map')).toBe(MAP);
    const module = await readFile(path.join(here.path, 'out/app.core.wasm'));
    expect(sourceMapAddress(module)).toBe('app.core.wasm.map');
    expect(WebAssembly.validate(module)).toBe(true);
    expect((await here.run('transpile built/a.wasm -o out --name app')).err).toContain('up to date');
    // A module that is rewritten has other positions.
    expect((await here.run('transpile built/a.wasm -o limited --name app --fuel 1000')).code).toBe(0);
    expect(await readdir(path.join(here.path, 'limited'))).not.toContain('app.core.wasm.map');
  });

  it.each([
    ['is above the directory of the component', '../secret.json'],
    ['is elsewhere', '/etc/hostname'],
    ['leads out of it by a link', 'linked.json'],
    ['is no source map', 'notes.json'],
    ['does not exist', 'none.map'],
    ['is malformed', '%'],
    ['is on a server', 'https://example.org/a.map'],
  ])('writes no map and leaves the address if it %s', async (_, address) => {
    const here = await testDirectory({
      'built/a.wasm': componentWith(address),
      'secret.json': MAP,
      'built/notes.json': '{"version":4}',
    });
    await symlink(path.join(here.path, 'secret.json'), path.join(here.path, 'built/linked.json'));
    expect((await here.run('transpile built/a.wasm -o out --name app')).code).toBe(0);
    expect((await readdir(path.join(here.path, 'out'))).filter((name) => name.endsWith('.map'))).toEqual([]);
    expect(sourceMapAddress(await readFile(path.join(here.path, 'out/app.core.wasm')))).toBe(address);
  });
});
