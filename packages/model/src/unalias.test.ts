import { describe, expect, it } from 'vitest';
import type { TypeDef } from './types.ts';
import { resourceOf, unalias } from './unalias.ts';

const resource: TypeDef = { name: 'r', kind: { tag: 'resource' } };

function aliasOf(type: TypeDef | 'u8'): TypeDef {
  return { name: 'a', kind: { tag: 'alias', type } };
}

describe('unalias', () => {
  it('follows aliases', () => {
    expect(unalias('u8')).toBe('u8');
    expect(unalias(aliasOf('u8'))).toBe('u8');
    expect(unalias(aliasOf(aliasOf(resource)))).toBe(resource);
  });

  it('follows a chain of a hundred thousand aliases from each of them', () => {
    let end: TypeDef = resource;
    const chain = Array.from({ length: 100_000 }, () => (end = aliasOf(end)));
    for (const alias of [...chain, ...chain.toReversed()]) expect(unalias(alias) === resource).toBe(true);
    // A second chain that joins the first one ends where the first one does.
    expect(unalias(aliasOf(chain[50_000]!))).toBe(resource);
  });

  it('finds resources through aliases, but not through handles', () => {
    expect(resourceOf(aliasOf(resource))).toBe(resource);
    expect(resourceOf(aliasOf('u8'))).toBeUndefined();
    expect(resourceOf({ kind: { tag: 'own', resource } })).toBeUndefined();
  });
});
