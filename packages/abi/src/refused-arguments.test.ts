import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { engines } from './fixtures/engines.ts';
import { Guest, lift } from './fixtures/guest.ts';
import { list, map, tuple } from './fixtures/lying-values.ts';
import { option, record, u8List, variant } from './fixtures/values.ts';
import { referenceEngine } from './reference/index.ts';

/** What arguments that do not fit cost the guest: what was allocated for them is never given back. */

const text = 'x'.repeat(100);

/** Types, values of them, and values of which a late part does not fit. */
const samples: readonly (readonly [Type, unknown, unknown])[] = [
  [list('string'), [text, text], [text, 5]],
  [u8List, [1, 2], [1, 300]],
  [list('bool'), [true], [true, 1]],
  [record({ a: 'string', b: 'u32' }), { a: text, b: 1 }, { a: text, b: -1 }],
  [
    list(record({ a: 'u8', b: 'f64' })),
    [{ a: 1, b: 2 }],
    [
      { a: 1, b: 2 },
      { a: 1, b: '2' },
    ],
  ],
  [list(list('string')), [[text], []], [[text], [text, null]]],
  [tuple(option('string'), 'char'), [text, 'c'], [text, 'cc']],
  [variant({ a: tuple('string', 'string') }), { tag: 'a', val: [text, text] }, { tag: 'a', val: [text, 7n] }],
  [
    map('string', 'u8'),
    new Map([[text, 1]]),
    new Map([
      [text, 1],
      ['b', 256],
    ]),
  ],
  [{ kind: { tag: 'fixed-length-list', element: 'string', length: 3 } }, ['a', 'b', 'c'], ['a', 'b', 3]],
  [
    tuple(...Array.from({ length: 17 }, () => 'u8' as const), 'string'),
    [...Array.from({ length: 17 }, () => 1), text],
    [...Array.from({ length: 17 }, () => 1), 1],
  ],
];

/** A function of one parameter, and what it costs its guest. */
class Callee {
  readonly guest = new Guest();
  readonly call: (value: unknown) => unknown;

  constructor(engine: Engine, type: Type) {
    this.call = lift(engine, { params: [{ name: 'it', type }] }, () => undefined, { guest: this.guest });
  }

  /** Returns the calls of realloc for a value, and the error that the function threw. */
  cost(value: unknown): readonly [calls: string[], thrown: string | undefined] {
    const before = this.guest.calls.length;
    let thrown: string | undefined;
    try {
      this.call(value);
    } catch (error) {
      thrown = String(error);
    }
    return [this.guest.calls.slice(before).map(String), thrown];
  }
}

describe.each(engines)('arguments that do not fit (%s)', (_, engine) => {
  it.each(samples)('allocate nothing after the first of them: %j', (type, value, wrong) => {
    const callee = new Callee(engine, type);
    const first = callee.cost(wrong);
    expect(first[1]).toMatch(/^TypeError: process-data: argument it/u);
    for (let i = 0; i < 200; i += 1) expect(callee.cost(wrong)).toEqual([[], first[1]]);
    const { top } = callee.guest;
    expect(callee.cost(value)[1]).toBeUndefined();
    expect(callee.guest.top).toBeGreaterThan(top);
    expect(callee.cost(wrong)[0]).toEqual([]);
  });

  it.each(samples)('do not change how other arguments are lowered: %j', (type, value, wrong) => {
    const callee = new Callee(engine, type);
    const honest = new Callee(referenceEngine, type).cost(value);
    expect(callee.cost(value)).toEqual(honest);
    for (let i = 0; i < 3; i += 1) {
      callee.cost(wrong);
      expect(callee.cost(value)).toEqual(honest);
    }
  });

  it('rarely allocate anything, however many calls there are between them', () => {
    const callee = new Callee(engine, list('string'));
    let costly = 0;
    for (let i = 0; i < 5000; i += 1) {
      if (i % 50 === 0 && callee.cost(['a', 5])[0].length > 0) costly += 1;
      callee.call([]);
      callee.guest.clear();
    }
    // The reference engine allocates nothing. The other reads first for 128 calls, then 256, 512 …
    expect(costly).toBeLessThanOrEqual(6);
  });

  it('do not give away the objects in them', () => {
    const callee = new Callee(engine, list(u8List));
    const inner = Uint8Array.of(1, 2);
    callee.cost([inner, 5]);
    expect(callee.cost([inner])[1]).toBeUndefined();
    expect([...inner]).toEqual([1, 2]);
  });
});
