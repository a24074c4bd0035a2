import { describe, expect, it } from 'vitest';
import type { TypeDef } from './types.ts';
import { resourceOf, unalias } from './unalias.ts';

const resource: TypeDef = { name: 'r', kind: { tag: 'resource' } };

function aliasOf(type: TypeDef | 'u8'): TypeDef {
  return { name: 'a', kind: { tag: 'alias', type } };
}

describe('unalias', () => {
  it('leads to what is named', () => {
    expect(unalias('u8')).toBe('u8');
    expect(unalias(aliasOf('u8'))).toBe('u8');
    expect(unalias(aliasOf(aliasOf(resource)))).toBe(resource);
  });

  it('knows resources behind their names, and handles for what they are', () => {
    expect(resourceOf(aliasOf(resource))).toBe(resource);
    expect(resourceOf(aliasOf('u8'))).toBeUndefined();
    expect(resourceOf({ kind: { tag: 'own', resource } })).toBeUndefined();
  });
});
