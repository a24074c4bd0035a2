import { describe, expect, it } from 'vitest';
import { isKebab, toKebab } from './names.ts';

describe('isKebab', () => {
  it.each(['a', 'a1', 'a-b', 'A', 'A-b', 'a-B1', 'is-XML', 'a-1', 'a-1b', 'HTTP-2'])('accepts %s', (name) => {
    expect(isKebab(name)).toBe(true);
  });

  it.each(['', 'aB', 'Ab', '1a', '-a', 'a-', 'a--b', 'a_b', 'é', 'a-bC', '__proto__'])(
    'refuses %j',
    (name) => {
      expect(isKebab(name)).toBe(false);
    },
  );
});

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
