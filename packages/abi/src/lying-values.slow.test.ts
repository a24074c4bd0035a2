import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { fixed, list, map, pass } from './fixtures/lying-values.ts';
import { u8List } from './fixtures/values.ts';

function* endless<T>(item: T): Generator<T, never> {
  for (;;) yield item;
}

describe.each(engines)('a host value that gives many elements (%s)', (_, engine) => {
  it.each<[string, Type, () => unknown]>([
    ['a generator of numbers', u8List, () => endless(1)],
    ['a generator of strings', list('string'), () => endless('x')],
    [
      'an iterable',
      list('u32'),
      () => ({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) }),
    ],
    ['a list of fixed length', fixed('u8', 3), () => endless(1)],
    [
      'a map',
      map('u8', 'u8'),
      () =>
        Object.assign(new Map([[1, 1]]), {
          [Symbol.iterator]: () => endless([1, 1]),
        }),
    ],
    [
      'an object that says it is a map',
      map('u8', 'u8'),
      () => ({
        [Symbol.toStringTag]: 'Map',
        [Symbol.iterator]: () => endless([1, 1]),
      }),
    ],
    [
      'a set',
      list('u8'),
      () =>
        Object.assign(new Set([1]), {
          [Symbol.iterator]: () => endless(1),
        }),
    ],
  ])('is refused when it has no end: %s', (_name, type, make) => {
    const { thrown, calls, usable } = pass(engine, type, make());
    expect(thrown).toMatch(
      /^TypeError: process-data: argument it: (?:an iterable gives more than 2097152 elements|expected a list of exactly 3)/u,
    );
    expect([calls, usable]).toEqual([[], true]);
  });

  it('may be a Set or a Map with more elements than another iterable may have', () => {
    const many = new Set(Array.from({ length: 2 ** 21 + 1 }, (_item, index) => index));
    expect(pass(engine, list('u32'), many).calls).toEqual([`0,0,4,${4 * many.size}`]);
  });
});
