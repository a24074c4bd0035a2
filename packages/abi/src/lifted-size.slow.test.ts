import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Type } from '@wit-ts/model';
import type { Engine } from './engine.ts';
import { compileEngine } from './compile/index.ts';
import { engines } from './fixtures/engines.ts';
import { expectLeastLimits, passedValue, PassedValue } from './fixtures/lifted-size.ts';

/**
 * The budget of a call counts sizes that were measured on one version of one JavaScript engine. What lifted values
 * take in fact is less than this many times the size. `docs/limits-and-trust.md` says so.
 */
const MOST = 2;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Returns the bytes of the heap, and of buffers outside of it, that are in use. */
function used(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Returns the bytes that a value takes, from many copies that exist at once. */
function measured(lift: () => unknown, copies: number): number {
  for (let i = 0; i < 50; i += 1) lift();
  const held: unknown[] = Array.from({ length: copies });
  const before = used();
  for (let i = 0; i < copies; i += 1) held[i] = lift();
  const taken = used() - before;
  expect(held).toHaveLength(copies);
  return taken / copies;
}

function expectMeasured(passed: PassedValue, engine: Engine): void {
  const size = passed.size(compileEngine);
  const copies = Math.ceil(2 ** 20 / Math.max(size, 64));
  const taken = measured(passed.argument(engine, 2 ** 30), copies);
  // The size of the heap varies a little without any cause in the test.
  expect(taken - 2 ** 18 / copies).toBeLessThanOrEqual(MOST * size);
}

describe.each(engines)('the memory that lifted values take (%s)', (_, engine) => {
  it('is less than twice what the budget counts, for random values', () => {
    fc.assert(
      fc.property(passedValue, ({ type, value, address, stringEncoding }) => {
        expectMeasured(new PassedValue(compileEngine, type, value, address, stringEncoding), engine);
      }),
      { seed: 22, numRuns: 20 },
    );
  });

  it.each(['utf8', 'utf16', 'latin1+utf16'] as const)(
    'is less than twice what the budget counts, for short strings in %s',
    (stringEncoding) => {
      for (const character of ['a', '猫']) {
        for (const length of [1, 13, 23]) {
          const text = character.repeat(length);
          expectMeasured(new PassedValue(compileEngine, 'string', text, 'i32', stringEncoding), engine);
        }
      }
    },
  );

  it.each<[string, Type, (index: number) => unknown]>([
    ['list<f64>', list('f64'), (count) => new Float64Array(count)],
    ['list<bool>', list('bool'), (count) => many(count, () => true)],
    ['list<u64> in lists', list(list('u64')), (count) => many(count, () => new BigUint64Array(1))],
    [
      'list<option<option<u32>>>',
      list(option(option('u32'))),
      (count) => many(count, () => ({ tag: 'none' })),
    ],
    ['map<u32, bool>', map('u32', 'bool'), (count) => new Map(many(count, (index) => [index, true]))],
    ['list<tuple<f64, char>>', list(tuple('f64', 'char')), (count) => many(count, () => [0.1, '🐈'])],
    ['record', record(20), (count) => values(Math.min(20, count))],
    ['record of 129 fields', record(129), () => values(129)],
    ['record of 1,100 fields', record(1100), () => values(1100)],
  ])('is less than twice what the budget counts, for %s', (_name, type, make) => {
    for (const count of [0, 5, 1025]) {
      if ((type as { kind: { tag: string } }).kind.tag === 'record' && count !== 1025) continue;
      expectMeasured(new PassedValue(compileEngine, type, make(count)), engine);
    }
  });
});

describe('the size of random values', () => {
  it('is the least limit under which both engines lift them', () => {
    expectLeastLimits(400);
  });
});

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function list(element: Type): Type {
  return { kind: { tag: 'list', element } };
}

function option(type: Type): Type {
  return { kind: { tag: 'option', type } };
}

function map(key: Type, value: Type): Type {
  return { kind: { tag: 'map', key, value } };
}

function tuple(...types: Type[]): Type {
  return { kind: { tag: 'tuple', types } };
}

function record(count: number): Type {
  return { kind: { tag: 'record', fields: many(count, (index) => ({ name: `f${index}`, type: 'f64' })) } };
}

function values(count: number): object {
  return Object.fromEntries(many(count, (index) => [`f${index}`, index + 0.5]));
}
