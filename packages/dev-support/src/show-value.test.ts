import { expect, it } from 'vitest';
import { showValue } from './show-value.ts';

it.each<[unknown, string]>([
  [-0, '-0'],
  [5n, '5n'],
  ['a"b', '"a\\"b"'],
  [[1, undefined], '[1, undefined]'],
  [Uint8Array.of(1), 'Uint8Array [1]'],
  [{ tag: 'a', val: { b: 1 } }, '{ tag: "a", val: { b: 1 } }'],
  [new Map([['a', 1]]), 'Map [["a", 1]]'],
])('shows %o as %s', (value, text) => {
  expect(showValue(value)).toBe(text);
});
