import { mappingChoices } from '@wit-ts/mapping';
import { describe, expect, it } from 'vitest';
import { textsOf, worldFrom } from './fixtures/from-contract.ts';
import { valuesOf } from './fixtures/values-of.ts';
import type { GenerateOptions } from './index.ts';

const world = worldFrom({
  imports: {
    'a:b/i': {
      types: {
        perms: 'flags { read-all, read-ALL, write }',
        filter: 'variant { none, some-of(list<string>), SOME-of(u8) }',
        entry: 'record { file-name: string, perms: perms }',
      },
      functions: {
        'find-all': 'func(f: filter) -> result<list<entry>, string>',
        'later-on': 'async func() -> result<u8, string>',
        when: 'func() -> future<result<u8, string>>',
      },
    },
  },
  exports: { 'say-it': 'func(the-text: string) -> result<_, string>', 'is-delete': 'func()' },
});

const FILE = 'interfaces/a-b-i.ts';

describe('flags as a bigint', () => {
  it('are a bigint with a constant for each bit', async () => {
    const texts = await textsOf(world, { flags: 'bigint' });
    expect(texts[FILE]).toContain('export type Perms = bigint;');
    expect(await valuesOf(texts[FILE]!)).toMatchObject({ Perms: { readAll: 1n, readAll$1: 2n, write: 4n } });
    const named = await textsOf(world, { flags: 'bigint', casing: 'wit' });
    expect(await valuesOf(named[FILE]!)).toMatchObject({
      Perms: { 'read-all': 1n, 'read-ALL': 2n, write: 4n },
    });
  });

  it('are only a type where there are only types', async () => {
    for (const options of [{ typesOnly: true }, { staticModule: { name: 'm' } }] as const) {
      const texts = Object.values(await textsOf(world, { ...options, flags: 'bigint' })).join('\n');
      expect(texts).toContain('export type Perms = bigint;');
      expect(texts).not.toContain('4n');
    }
  });
});

describe('variants as values', () => {
  it('are made by functions, whose names are those of the cases', async () => {
    const texts = await textsOf(world, { variants: 'const' });
    const { Filter } = (await valuesOf(texts[FILE]!)) as {
      Filter: Record<string, (val?: unknown) => unknown>;
    };
    expect(Object.keys(Filter)).toEqual(['none', 'someOf', 'someOf$1']);
    expect(Filter['none']!()).toEqual({ tag: 'none' });
    expect(Filter['someOf']!(['a'])).toEqual({ tag: 'some-of', val: ['a'] });
    expect(Filter['someOf$1']!(1)).toEqual({ tag: 'SOME-of', val: 1 });
  });

  it('are objects of classes, one for each case', async () => {
    const texts = await textsOf(world, { variants: 'class' });
    const values = (await valuesOf(texts[FILE]!)) as Record<string, new (val?: unknown) => unknown>;
    expect(Object.keys(values)).toEqual(['Filter_None', 'Filter_SomeOf', 'Filter_SomeOf$1']);
    expect({ ...(new values['Filter_SomeOf']!(['a']) as object) }).toEqual({ tag: 'some-of', val: ['a'] });
    expect({ ...(new values['Filter_None']!() as object) }).toEqual({ tag: 'none' });
  });

  it('are not there where there are only types', async () => {
    for (const options of [{ side: 'guest' }, { typesOnly: true }, { staticModule: { name: 'm' } }] as const)
      for (const variants of ['const', 'class'] as const)
        await expect(textsOf(world, { ...options, variants })).rejects.toThrow(
          `\`variants: "${variants}"\` makes values`,
        );
  });
});

describe('results as values', () => {
  it('are what functions return, and nothing is thrown but by a constructor', async () => {
    const texts = await textsOf(world, { results: 'value' });
    expect(texts[FILE]).toContain('Result<readonly Entry[], string>');
    expect(texts[FILE]).toContain('laterOn(): Result<number, string> | PromiseLike<Result<number, string>>;');
    expect(texts[FILE]).toContain('when(): PromiseLike<Result<number, string>>;');
    expect(texts['w.ts']).toContain('sayIt(theText: string): Result<void, string>;');
    expect(Object.values(texts).join('\n')).not.toContain('@throws {ComponentError');
  });
});

describe('names as WIT has them', () => {
  it('are those of members, and not those of types and parameters', async () => {
    const texts = await textsOf(world, { casing: 'wit' });
    expect(texts[FILE]).toContain('"find-all"(f: Filter): readonly Entry[];');
    expect(texts[FILE]).toContain('"file-name": string;');
    expect(texts[FILE]).toContain('"read-ALL"?: boolean;');
    expect(texts['w.ts']).toContain('"say-it"(theText: string): void;');
  });
});

describe('the choices of the mapping', () => {
  const all = Object.entries(mappingChoices).flatMap(([name, [, other]]) => [{ [name]: other }] as const);

  it.each(all)('are given to the runtime by every function of the file: %o', async (choices) => {
    for (const options of [{}, { contract: false }, { asyncImports: true }] as const) {
      const texts = await textsOf(world, { ...options, ...choices, instantiateSync: true });
      const text = texts['w.ts']!;
      const [name, value] = Object.entries(choices)[0]!;
      expect(text).toContain(`const mapping = { ${name}: "${value}" } as const;`);
      // The last argument of the two calls of the runtime.
      expect(text.match(/\bmapping,?\s*\);/gu)).toHaveLength(2);
    }
  });

  it('are not mentioned when they are the default ones', async () => {
    const { results, flags, casing } = mappingChoices;
    const defaults = { results: results[0], flags: flags[0], casing: casing[0] };
    expect(await textsOf(world, defaults)).toEqual(await textsOf(world));
  });

  it.each<[GenerateOptions, string]>([
    [{ results: 'values' as 'value' }, "`options.results`: expected 'thrown' or 'value', got \"values\""],
    [{ flags: 'number' as 'bigint' }, "`options.flags`: expected 'object' or 'bigint'"],
    [{ variants: 'enum' as 'const' }, "`variants`: expected 'union', 'const' or 'class', got \"enum\""],
    [{ side: 'guest', casing: 'wit' }, '`casing` is an option for hosts'],
  ])('are refused otherwise: %o', async (options, message) => {
    await expect(textsOf(world, options)).rejects.toThrow(message);
  });
});
