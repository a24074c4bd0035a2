import { describe, expect, it } from 'vitest';
import { engines, StoredSide } from './fixtures/stored-side.ts';

/**
 * A budget bounds what a guest can make of the same memory. One long list is within it, however small its elements
 * are.
 */
describe.each(engines)('a list of nine million values, %s engine', (_, engine) => {
  it.each(['u8', 'bool'] as const)('of the type %s is loaded', (type) => {
    const side = new StoredSide(engine, type);
    const length = 9 << 20;
    side.guest.grow(length);
    expect(side.load(0, length)).toHaveLength(length);
  });
});
