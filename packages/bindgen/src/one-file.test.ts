import { resolveOrThrow } from '@wit-ts/wit';
import { describe, expect, it } from 'vitest';
import { worldFrom, textsOf } from './fixtures/from-contract.ts';
import { generate } from './index.ts';

const t = (name: string): object => ({ types: { [name]: 'u8' } });

describe('one file', () => {
  it('has everything, and names that do not depend on the order of interfaces', async () => {
    const i = { ...t('code'), functions: { f: 'func(c: code)' } };
    const j = { ...t('code'), functions: { g: 'func(c: code)' } };
    const one = await textsOf(worldFrom({ imports: { 'a:b/i': i, 'a:b/j': j } }), { layout: 'file' });
    const two = await textsOf(worldFrom({ imports: { 'a:b/j': j, 'a:b/i': i } }), { layout: 'file' });
    for (const texts of [one, two]) {
      expect(Object.keys(texts)).toEqual(['w.ts']);
      expect(texts['w.ts']).toContain('export type ICode = number;');
      expect(texts['w.ts']).toContain('export type JCode = number;');
      expect(texts['w.ts']).toContain('f(c: ICode): void;');
    }
  });

  it('names types by their packages where the names of interfaces are the same as well', async () => {
    const { 'w.ts': text } = await textsOf(
      worldFrom({
        imports: {
          'a:b/types': t('code'),
          'a:c/types': t('code'),
          'd:c/types': t('code'),
          'a:b/types@1.0.0': t('code'),
        },
      }),
      { layout: 'file' },
    );
    const names = Array.from(text!.matchAll(/export type (\S+) = number/gu), ([, name]) => name);
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(4);
    expect(names.slice(0, 2)).toEqual(['BTypesCode', 'CTypesCode']);
  });

  it('declares all modules of a guest', async () => {
    const { resolve } = resolveOrThrow(
      'package a:b; interface i { f: func(); } world w { import i; export i; export run: func(); }',
    );
    const files = await generate(resolve, 'w', { side: 'guest', layout: 'file' });
    expect(files.map(({ path }) => path)).toEqual(['w.d.ts']);
    expect(files[0]?.content).not.toContain('reference path');
    expect(files[0]?.content.match(/^declare module /gmu)?.length).toBeGreaterThanOrEqual(3);
  });
});

describe('a prefix of types', () => {
  it('is before each type and no member', async () => {
    const world = worldFrom({
      imports: {
        'a:b/i': {
          types: { r: 'resource' },
          functions: { '[constructor]r': 'constructor()', f: 'func(r: r)' },
        },
      },
    });
    const texts = await textsOf(world, { typePrefix: 'Wit' });
    expect(texts['w.ts']).toContain('export interface WitWImports {');
    expect(texts['interfaces/a-b-i.ts']).toMatch(/export interface WitI \{\n {2}R: \{\n {4}new \(\): WitR;/u);
  });

  it.each(['wit', '1', 'W-', 'W "', '\u0397'])('cannot be %j', async (typePrefix) => {
    await expect(textsOf(worldFrom({}), { typePrefix })).rejects.toThrow('`typePrefix` has to be a capital');
  });

  it('is not for guests, whose classes have their names', async () => {
    await expect(textsOf(worldFrom({}), { typePrefix: 'W', side: 'guest' })).rejects.toThrow(
      'option for hosts',
    );
  });
});
