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

  it('finds resources through aliases, but not through handles', () => {
    expect(resourceOf(aliasOf(resource))).toBe(resource);
    expect(resourceOf(aliasOf('u8'))).toBeUndefined();
    expect(resourceOf({ kind: { tag: 'own', resource } })).toBeUndefined();
  });
});
