import { describe, expect, it } from 'vitest';
import { sameValue, showValue } from './same-value.ts';

describe('sameValue', () => {
  it.each<[unknown, unknown]>([
    [Number.NaN, Number.NaN],
    [Uint8Array.of(1, 2), [1, 2]],
    [BigUint64Array.of(1n), [1n]],
    [{ a: 1 }, { a: 1, b: undefined }],
    [[{ tag: 'a', val: [1] }], [{ tag: 'a', val: [1] }]],
    [new Map([['a', 1]]), new Map([['a', 1]])],
    [new Map([['a', 1]]), [['a', 1]]],
    [undefined, undefined],
  ])('%o is %o', (actual, expected) => {
    expect(sameValue(actual, expected)).toBe(true);
  });

  it.each<[unknown, unknown]>([
    [0, -0],
    [1, 1n],
    ['1', 1],
    [undefined, false],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ 0: 1 }, [1]],
    [[1], { 0: 1 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    [new Map([['a', 1]]), new Map([['a', 2]])],
    [{}, new Map()],
  ])('%o is not %o', (actual, expected) => {
    expect(sameValue(actual, expected)).toBe(false);
  });
});

describe('showValue', () => {
  it.each<[unknown, string]>([
    [-0, '-0'],
    [5n, '5n'],
    ['a"b', '"a\\"b"'],
    [[1, undefined], '[1, undefined]'],
    [Uint8Array.of(1), 'Uint8Array [1]'],
    [{ tag: 'a', val: { b: 1 } }, '{ tag: "a", val: { b: 1 } }'],
    [new Map([['a', 1]]), 'Map [["a", 1]]'],
  ])('%o as %s', (value, text) => {
    expect(showValue(value)).toBe(text);
  });
});
