import { describe, expect, it } from 'vitest';
import { engines, ValueStore } from './fixtures/value-store.ts';

/**
 * A budget limits how often a guest can pass the same memory. One long list stays within it, however small its
 * elements are.
 */
describe.each(engines)('loading nine million values, %s engine', (_, engine) => {
  it.each(['u8', 'bool'] as const)('accepts a list of %s', (type) => {
    const store = new ValueStore(engine, type);
    const length = 9 << 20;
    store.guest.grow(length);
    expect(store.load(0, length)).toHaveLength(length);
  });
});
