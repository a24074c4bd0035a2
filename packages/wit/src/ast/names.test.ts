import { describe, expect, it } from 'vitest';
import { toKebab } from './names.ts';

describe('toKebab', () => {
  it.each([
    ['fooBar', 'foo-bar'],
    ['FooBar2', 'foo-bar2'],
    ['foo_bar', 'foo-bar'],
    ['foo--bar-', 'foo-bar'],
    ['__proto__', 'proto'],
    ['_', undefined],
    ['größe', 'gr-e'],
  ])('suggests for %s: %s', (name, kebab) => {
    expect(toKebab(name)).toBe(kebab);
  });
});
