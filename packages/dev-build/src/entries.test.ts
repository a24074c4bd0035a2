import { describe, expect, it } from 'vitest';
import { root, workspacePackages } from '@wit-ts/dev-support/workspace';
import { join } from 'node:path';
import { entriesOf, isExternal, workersOf } from './entries.ts';

describe('entriesOf', () => {
  it('lists the exports that have a source, the modules of each platform, and the commands', () => {
    const entries = entriesOf({
      exports: {
        '.': { '@wit-ts/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
        './node': { '@wit-ts/source': './src/node/index.ts', default: './dist/node/index.js' },
        './package.json': './package.json',
      },
      imports: {
        '#platform': {
          '@wit-ts/source': { node: './src/on-node.ts', default: './src/on-web.ts' },
          node: { types: './dist/on-node.d.ts', default: './dist/on-node.js' },
          default: { types: './dist/on-web.d.ts', default: './dist/on-web.js' },
        },
      },
      bin: { one: './dist/bin.js', other: './dist/bin.js' },
    });
    expect(entries).toEqual([
      { name: 'index', source: 'src/index.ts' },
      { name: 'node/index', source: 'src/node/index.ts' },
      { name: 'on-node', source: 'src/on-node.ts' },
      { name: 'on-web', source: 'src/on-web.ts' },
      { name: 'bin', source: 'src/bin.ts' },
    ]);
  });

  it('refuses a module outside of dist', () => {
    expect(() => entriesOf({ bin: { one: './lib/bin.js' } })).toThrow(
      './lib/bin.js is not a module in ./dist',
    );
  });
});

describe('isExternal', () => {
  it.each([
    ['./a.ts', false],
    ['../a.ts', false],
    ['/home/a.ts', false],
    ['C:\\a.ts', false],
    ['node:fs', true],
    ['@wit-ts/model', true],
    ['@wit-ts/abi', false],
    ['@wit-ts/abi/compile', false],
    ['@wit-ts/abi-other', true],
    ['#platform', true],
  ])('%s: %s', (id, external) => {
    expect(isExternal(id, ['@wit-ts/abi'])).toBe(external);
  });
});

it('workersOf lists the modules that workers of a joined package run', () => {
  const wasi = workspacePackages().filter(({ manifest }) => manifest.name === '@wit-ts/wasi');
  expect(workersOf(wasi)).toEqual([
    ['run-worker', join(root, 'packages/wasi/src/run-worker.ts')],
    ['serve-worker', join(root, 'packages/wasi/src/serve-worker.ts')],
  ]);
});
