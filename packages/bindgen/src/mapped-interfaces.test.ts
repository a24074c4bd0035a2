import { describe, expect, it } from 'vitest';
import { textsOf, worldFrom } from './fixtures/from-contract.ts';

const world = worldFrom({
  imports: {
    'a:b/types@1.0.0': { types: { item: 'resource', code: 'u8' } },
    'a:b/store@1.0.0': {
      types: { item: 'use a:b/types@1.0.0.{item}' },
      functions: { find: 'func() -> own<item>' },
    },
    inline: { functions: { f: 'func(x: a:b/types@1.0.0.{code})' } },
  },
});

describe('an interface that is mapped to a module', () => {
  it('has no file, and its types come from the module', async () => {
    const texts = await textsOf(world, {
      map: { 'a:b/types@1.0.0': 'my-types', 'a:b/store': './mine/store.js' },
    });
    expect(Object.keys(texts)).toEqual(['w.ts', 'interfaces/inline.ts']);
    expect(texts['w.ts']).toContain('import type { Store } from "./mine/store.js";');
    expect(texts['interfaces/inline.ts']).toContain('import type { Code } from "my-types";');
  });

  it('is found from the folder of interfaces, too', async () => {
    const near = await textsOf(world, { map: { 'a:b/types': './types.js' } });
    expect(near['interfaces/a-b-store.ts']).toContain('import type { Item } from "../types.js";');
    const far = await textsOf(world, { map: { 'a:b/types': '../../types.js' } });
    expect(far['interfaces/a-b-store.ts']).toContain('import type { Item } from "../../../types.js";');
  });

  it('keeps its own names in one file with a prefix', async () => {
    const { 'w.ts': text } = await textsOf(world, {
      map: { 'a:b/types': 'my-types' },
      layout: 'file',
      typePrefix: 'Wit',
    });
    expect(text).toContain('import type { Code, Item, Types } from "my-types";');
    expect(text).toContain('export interface WitStore {');
    expect(text).toContain('find(): Item;');
  });

  it('has to be one of the world', async () => {
    for (const name of ['a:b/typos', 'inline', '__proto__x'])
      await expect(textsOf(world, { map: { [name]: 'x' } })).rejects.toThrow(
        `has no interface "${name}" to map; choose from: a:b/types@1.0.0, a:b/store@1.0.0`,
      );
  });

  it('cannot put code into a file', async () => {
    const texts = await textsOf(world, { map: { 'a:b/types': '";evil();"\n' } });
    expect(texts['interfaces/inline.ts']).not.toMatch(/^evil|;evil\(\);$/mu);
    expect(texts['interfaces/inline.ts']).toContain(String.raw`from '";evil();"\n';`);
  });
});
