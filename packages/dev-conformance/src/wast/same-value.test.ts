import { describe, expect, it } from 'vitest';
import { sameValue } from './same-value.ts';

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
  ])('counts %o and %o as equal', (actual, expected) => {
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
  ])('counts %o and %o as different', (actual, expected) => {
    expect(sameValue(actual, expected)).toBe(false);
  });
});
