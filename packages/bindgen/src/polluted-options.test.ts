import { typeText } from '@wit-ts/model';
import { format, parse, print, resolveOrThrow } from '@wit-ts/wit';
import { afterEach, expect, it } from 'vitest';
import { generate } from './index.ts';

const text = `package test:options;

// A plain comment.
world w {
  @unstable(feature = hidden)
  import secret: func();

  /// Documented.
  export run: func(items: list<u8>) -> u32;
}
`;

/** Options of the functions for WIT, with values that change what they do. `docs` is a property of contracts, too. */
const pollution = {
  allFeatures: true,
  features: ['hidden'],
  referenceDocs: true,
  encodable: false,
  nested: true,
  tabWidth: 7,
  useTabs: true,
  printWidth: 20,
  endOfLine: 'crlf',
  path: 'other.wit',
  limit: 1,
  side: 'guest',
  importExtension: '.mts',
  asyncImports: true,
  asyncExports: true,
  source: 'elsewhere',
};

afterEach(() => {
  for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name);
});

/** @param generates prettier lays out what is generated, and finds its own options in `Object.prototype` */
async function outcomes(generates: boolean): Promise<readonly unknown[]> {
  const { resolve, package: main } = resolveOrThrow(text);
  const files = generates ? await generate(resolve, 'w') : [];
  return [
    format(text).value,
    parse('worl d').diagnostics.length,
    print(resolve, main!),
    typeText({ kind: { tag: 'list', element: 'string' } }),
    files.map(({ path, content }) => [path, content]),
  ];
}

it('a property of `Object.prototype` is no option', async () => {
  for (const [name, value] of Object.entries(pollution)) {
    const generates = ['side', 'importExtension', 'source', 'asyncImports', 'asyncExports'].includes(name);
    const expected = await outcomes(generates);
    Reflect.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    const found = await outcomes(generates);
    Reflect.deleteProperty(Object.prototype, name);
    expect([name, ...found]).toEqual([name, ...expected]);
  }
});
