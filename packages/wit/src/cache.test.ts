import { join } from 'node:path';
import type { Package } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { cacheLaws } from './fixtures/cache-laws.ts';
import { scratchDirectory } from './fixtures/scratch-directory.ts';
import { resolveOrThrow, toJson, WitCache } from './index.ts';
import { load, type Loaded } from './node/index.ts';

const scratch = scratchDirectory();

function packageOf({ resolve: { packages } }: Loaded, name: string): Package | undefined {
  return packages.find((pkg) => pkg.name.name === name);
}

const chain = {
  'main.wit': 'package t:main; world w { import t:middle/i; }',
  'deps/middle/a.wit': 'package t:middle; interface i { use t:base/i.{r}; f: func(a: borrow<r>) -> r; }',
  'deps/middle/b.wit': 'interface j { use i.{r}; }',
  'deps/base.wit': 'package t:base; interface i { resource r; }',
  'deps/other.wit': 'package t:other; interface i { type t = u8; }',
};

describe('a cache', () => {
  it('reuses packages that did not change, and resolves the others with all that depend on them', async () => {
    const cache = new WitCache();
    await scratch.write(chain);
    const first = await load(scratch.path, { cache });
    const again = await load(scratch.path, { cache });
    expect(first.diagnostics).toEqual([]);
    for (const name of ['main', 'middle', 'base', 'other'])
      expect(packageOf(again, name)).toBe(packageOf(first, name));

    await scratch.write({ 'deps/middle/b.wit': 'interface j { use i.{r as s}; }' });
    const changed = await load(scratch.path, { cache });
    expect(packageOf(changed, 'base')).toBe(packageOf(first, 'base'));
    expect(packageOf(changed, 'other')).toBe(packageOf(first, 'other'));
    expect(packageOf(changed, 'middle')).not.toBe(packageOf(first, 'middle'));
    expect(packageOf(changed, 'main')).not.toBe(packageOf(first, 'main'));
    expect(toJson(changed.resolve)).toEqual(toJson((await load(scratch.path)).resolve));
  });

  it('keeps the positions of reused packages', async () => {
    const cache = new WitCache();
    await scratch.write(chain);
    await load(scratch.path, { cache });
    const again = await load(scratch.path, { cache });
    const iface = packageOf(again, 'base')!.interfaces.get('i')!;
    expect(again.spanOf(iface)?.file.path).toBe(join(scratch.path, 'deps/base.wit'));
    expect(again.spanOf(iface.types.get('r')!)?.start).toBe(chain['deps/base.wit'].indexOf('r;'));
  });

  it('reports every mistake again', async () => {
    const cache = new WitCache();
    await scratch.write({
      ...chain,
      'deps/other.wit': 'package t:other; interface i { type t = x; type u = y }',
    });
    const first = await load(scratch.path, { cache });
    expect(first.diagnostics).toHaveLength(3);
    expect((await load(scratch.path, { cache })).diagnostics).toEqual(first.diagnostics);
  });

  it('resolves again when the options change', async () => {
    const cache = new WitCache();
    await scratch.write({ 'a.wit': 'package a:b; @unstable(feature = x) interface i { }' });
    expect((await load(scratch.path, { cache })).package!.interfaces.size).toBe(0);
    expect((await load(scratch.path, { cache, features: ['x'] })).package!.interfaces.size).toBe(1);
    expect((await load(scratch.path, { cache, allFeatures: true })).package!.interfaces.size).toBe(1);
    expect((await load(scratch.path, { cache })).package!.interfaces.size).toBe(0);
  });

  it('decodes packages in wasm form once', async () => {
    const cache = new WitCache();
    const wasm = [0, 0x61, 0x73, 0x6d];
    await scratch.write({
      'a.wit': 'package a:b; world w { import c:d/i; }',
      'deps/c.wasm': new Uint8Array(wasm),
    });
    let decoded = 0;
    const decode = (): { resolve: Loaded['resolve']; package: Package } => {
      decoded += 1;
      const { resolve: contract, package: main } = resolveOrThrow('package c:d; interface i {}');
      return { resolve: contract, package: main! };
    };
    const first = await load(scratch.path, { cache, decode });
    const again = await load(scratch.path, { cache, decode });
    expect(decoded).toBe(1);
    expect(packageOf(again, 'b')).toBe(packageOf(first, 'b'));
    await scratch.write({ 'deps/c.wasm': new Uint8Array([...wasm, 0]) });
    expect((await load(scratch.path, { cache, decode })).diagnostics).toEqual([]);
    expect(decoded).toBe(2);
  });
});

// A tenth of the runs of `cache.slow.test.ts`.
cacheLaws(0.1);
