import { describe, expect, it } from 'vitest';
import { textsOf, worldFrom } from './fixtures/from-contract.ts';
import { valuesOf } from './fixtures/values-of.ts';

const world = worldFrom({
  imports: {
    'a:b/i': {
      types: { level: 'enum { info, very-bad, very-BAD, promise }', promise: 'enum { x }' },
      functions: { f: 'func(l: level) -> promise' },
    },
    'c:d/k': { types: { 'promise-like': 'enum { y }' }, functions: { g: 'async func()' } },
    'a:b/j': { types: { level: 'use a:b/i.{level}' }, functions: { h: 'func(l: level)' } },
  },
});

describe('enums as objects', () => {
  it('have a name for each case, in PascalCase', async () => {
    const texts = await textsOf(world, { enums: 'const' });
    const values = await valuesOf(texts['interfaces/a-b-i.ts']!);
    expect({ ...values }).toEqual({
      Level: { Info: 'info', VeryBad: 'very-bad', VeryBad$1: 'very-BAD', Promise: 'promise' },
      Promise: { X: 'x' },
    });
  });

  it('have a type of their values', async () => {
    const texts = await textsOf(world, { enums: 'const' });
    expect(texts['interfaces/a-b-i.ts']).toContain('export type Level = (typeof Level)[keyof typeof Level];');
    expect(texts['interfaces/c-d-k.ts']).toContain('globalThis.PromiseLike<void>');
    expect(texts['interfaces/a-b-j.ts']).toContain('import type { Level } from "./a-b-i.js";');
  });

  it('are not there by default, nor where there are only types', async () => {
    expect((await textsOf(world))['interfaces/a-b-i.ts']).not.toContain('as const');
    for (const options of [{ side: 'guest' }, { typesOnly: true }] as const)
      await expect(textsOf(world, { ...options, enums: 'const' })).rejects.toThrow('makes values');
  });
});
