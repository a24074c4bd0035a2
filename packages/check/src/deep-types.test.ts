import { worldOf, type World } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { check, diff } from './index.ts';

/** A chain of records whose first one has a field of the given type. */
function chain(count: number, type: string): World {
  const records = Array.from({ length: count }, (_, i) => [`t${i + 1}`, `record { a: t${i} }`] as const);
  const types = Object.fromEntries([['t0', `record { a: ${type} }`], ...records]);
  return worldOf({
    world: 'a:b/w',
    imports: { 'a:b/i': { types, functions: { f: `func(x: t${count})` } } },
    exports: {},
  });
}

describe('a chain of ten thousand records', () => {
  it('is compared without recursion, and names the function that a difference affects', () => {
    const [old, next] = [chain(10_000, 'u8'), chain(10_000, 'u16')];
    const { reasons } = check({ world: old }, { world: next });
    expect(reasons.map(({ code, affects }) => [code, affects])).toEqual([['type-different', ['f']]]);
    expect(diff(old, next).changes).toHaveLength(1);
  });
});
