import { describe, expect, it } from 'vitest';
import { entriesOf, isExternal } from './entries.ts';

describe('entriesOf', () => {
  it('lists the exports that have a source, and the commands', () => {
    const entries = entriesOf({
      exports: {
        '.': { '@wit-ts/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
        './node': { '@wit-ts/source': './src/node/index.ts', default: './dist/node/index.js' },
        './package.json': './package.json',
      },
      bin: { one: './dist/bin.js', other: './dist/bin.js' },
    });
    expect(entries).toEqual([
      { name: 'index', source: 'src/index.ts' },
      { name: 'node/index', source: 'src/node/index.ts' },
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
  ])('%s: %s', (id, external) => {
    expect(isExternal(id, ['@wit-ts/abi'])).toBe(external);
  });
});
