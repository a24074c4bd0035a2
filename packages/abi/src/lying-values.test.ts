import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { claiming, fixed, list, map, pass, tuple } from './fixtures/lying-values.ts';
import { option, record, u8List, variant } from './fixtures/values.ts';

/** Host values that are not what they say: what is read once is not read again, and nothing is written in excess. */

/** Returns an array without elements. */
function holes(length: number): unknown[] {
  return Object.assign([], { length });
}

describe.each(engines)('a host value that lies (%s)', (_, engine) => {
  const lengths = [
    -1,
    0.5,
    1.5,
    NaN,
    '1',
    null,
    undefined,
    true,
    2 ** 32,
    2 ** 32 + 1,
    Infinity,
    -Infinity,
    1n,
    Symbol('n'),
    {},
  ];

  it.each(lengths)('has no list when its length is %s', (length) => {
    const types = [
      list('u32'),
      list('string'),
      list(record({ a: 'u8' })),
      u8List,
      tuple('u8'),
      fixed('u8', 1),
    ];
    for (const type of types) {
      for (const value of [claiming([1], () => length), Object.assign({ 0: 1 }, { length })]) {
        const { thrown, calls, usable } = pass(engine, type, value);
        expect(thrown).toMatch(/^TypeError: process-data: argument it: (?:expected|a list of)/u);
        expect([calls, usable]).toEqual([[], true]);
      }
    }
  });

  it.each<[unknown, string]>([
    ['1', 'an array whose length is not a number'],
    [1.5, 'an array of 1.5 elements'],
    [-1, 'an array of -1 elements'],
  ])('is described by its length when that is %j', (length, shown) => {
    const { thrown } = pass(
      engine,
      list('u32'),
      claiming([1], () => length),
    );
    expect(thrown).toBe(`TypeError: process-data: argument it: expected a list, got ${shown}`);
  });

  it('has the length that was read first', () => {
    for (const type of [list('u32'), list('string'), u8List, fixed('u16', 2), tuple('u8', 'u8')]) {
      const item = type === list('string') ? 'a' : 1;
      const strings = typeof type !== 'string' && type.kind.tag === 'list' && type.kind.element === 'string';
      let reads = 0;
      const items = strings ? ['a', 'b', 'c'] : [item, item, item];
      const value = claiming(items, () => (reads++ === 0 ? 2 : 1000));
      const honest = pass(engine, type, items.slice(0, 2));
      expect(pass(engine, type, value)).toEqual(honest);
      expect(reads).toBe(1);
    }
  });

  it('is not asked again when its first length is wrong', () => {
    for (const type of [fixed('u8', 2), tuple('u8', 'u8')]) {
      let reads = 0;
      expect(
        pass(
          engine,
          type,
          claiming([1, 2], () => (reads++ === 0 ? 3 : 2)),
        ).thrown,
      ).toMatch(/^TypeError/u);
    }
  });

  it('has each of its parts read once', () => {
    const counts: Record<string, number> = {};
    const counted = (object: object, name: string): object =>
      new Proxy(object, {
        get: (target, key, receiver): unknown => {
          const label = `${name} ${String(key)}`;
          counts[label] = (counts[label] ?? 0) + 1;
          return Reflect.get(target, key, receiver) as unknown;
        },
      });
    const type = tuple(
      record({ a: 'string', b: 'u8' }),
      variant({ x: undefined, y: 'string' }),
      list(record({ c: 'u16' })),
      option(tuple('u8')),
      { kind: { tag: 'result', err: 'string' } },
      map('u8', 'string'),
    );
    const value = [
      counted({ a: 'x', b: 1 }, 'record'),
      counted({ tag: 'x' }, 'variant'),
      counted([counted({ c: 1 }, 'element'), { c: 2 }], 'list'),
      counted([1], 'tuple'),
      counted({ tag: 'err', val: 'e' }, 'result'),
      counted([counted([1, 'one'], 'pair')], 'map'),
    ];
    expect(pass(engine, type, counted(value, 'all')).thrown).toBeUndefined();
    const names = [
      'record a',
      'record b',
      'variant tag',
      'variant val',
      'list length',
      'list 0',
      'list 1',
      'element c',
      'tuple length',
      'tuple 0',
      'result tag',
      'result val',
      'map length',
      'map 0',
      'pair length',
      'pair 0',
      'pair 1',
      'all length',
      'all 0',
      'all 5',
    ];
    expect(Object.fromEntries(names.map((name) => [name, counts[name]]))).toEqual(
      Object.fromEntries(names.map((name) => [name, 1])),
    );
  });

  it('is the value that was read first when a getter changes its mind', () => {
    let reads = 0;
    const changing = {
      get a(): unknown {
        return reads++ === 0 ? 'first' : 5;
      },
    };
    const { thrown, image } = pass(engine, list(record({ a: 'string' })), [changing]);
    expect([thrown, String.fromCharCode(...image.slice(8, 13)), reads]).toEqual([undefined, 'first', 1]);
  });

  it.each<[string, () => unknown]>([
    ['of another realm', () => runInNewContext('new Uint8Array([1, 2, 3])')],
    [
      'with the prototype of another kind',
      () => Object.setPrototypeOf(Uint8Array.of(1, 2, 3), Float64Array.prototype),
    ],
    ['without a prototype', () => Object.setPrototypeOf(Uint8Array.of(1, 2, 3), null)],
    [
      'of a class that reports another length',
      () =>
        new (class extends Uint8Array {
          override get length(): 1 {
            return 1;
          }
        })([1, 2, 3]),
    ],
    ['over shared memory', () => new Uint8Array(new SharedArrayBuffer(3)).fill(1).map((_n, i) => i + 1)],
    [
      'of a class that reports another iterator',
      () =>
        new (class extends Uint8Array {
          override [Symbol.iterator](): never {
            throw new Error('no');
          }
        })([1, 2, 3]),
    ],
  ])('is copied as what it is when it is a typed array %s', (_name, make) => {
    const { thrown, image, calls } = pass(engine, u8List, make());
    expect([thrown, image, calls]).toEqual([undefined, [1, 2, 3], ['0,0,1,3']]);
  });

  it('is read element by element when it is a typed array of another kind', () => {
    const disguised = Object.setPrototypeOf(Int8Array.of(1, -2), Uint8Array.prototype) as unknown;
    expect(pass(engine, u8List, disguised).thrown).toContain('argument it[1]: expected u8, got -2');
    const wide = Object.setPrototypeOf(BigInt64Array.of(1n), Uint8Array.prototype) as unknown;
    expect(pass(engine, u8List, wide).thrown).toContain('argument it[0]: expected u8, got 1n');
    expect(pass(engine, u8List, Uint16Array.of(1, 2)).image).toEqual([1, 2]);
    expect(
      pass(
        engine,
        u8List,
        new Proxy(Uint8Array.of(1, 2), {
          get: (target, key) => (key === 'length' ? 1 : Reflect.get(target, key)),
        }),
      ).image,
    ).toEqual([1]);
  });

  it.each([u8List, list('u16'), list('f64')])(
    'has as many elements as there were before its buffer grew: %j',
    (type) => {
      const Kind = { u8: Uint8Array, u16: Uint16Array, f64: Float64Array }[
        (type as { kind: { element: 'u8' } }).kind.element
      ];
      for (const Buffer of [ArrayBuffer, SharedArrayBuffer]) {
        const buffer = new Buffer(16, { maxByteLength: 64 });
        const value = new Kind(buffer as ArrayBuffer).fill(1);
        const expected = pass(engine, type, value.slice());
        const grow = (): void => void ('grow' in buffer ? buffer.grow(64) : buffer.resize(64));
        expect(pass(engine, type, value, grow)).toEqual(expected);
      }
    },
  );

  it.each<[string, (buffer: ArrayBuffer) => void]>([
    ['shrinks', (buffer) => buffer.resize(4)],
    ['shrinks to nothing', (buffer) => buffer.resize(0)],
    ['is transferred', (buffer) => void buffer.transfer()],
  ])('is refused when its buffer %s while the guest is asked for memory', (_name, change) => {
    for (const [type, Kind] of [
      [u8List, Uint8Array],
      [list('u32'), Uint32Array],
    ] as const) {
      const buffer = new ArrayBuffer(16, { maxByteLength: 64 });
      const { thrown, usable } = pass(engine, type, new Kind(buffer), () => change(buffer));
      expect(thrown).toMatch(
        /^TypeError: process-data: (?:an argument changed while it was read|argument it: expected a list)/u,
      );
      expect(usable).toBe(true);
    }
  });

  it('has the entries that a map gives, whatever its size says', () => {
    const type = map('string', 'u32');
    const honest = pass(
      engine,
      type,
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    );
    let reads = 0;
    for (const size of [
      () => 0.5,
      () => -1,
      () => 0,
      () => 3,
      () => NaN,
      () => 'two',
      () => (reads++ === 0 ? 1 : 1e9),
    ]) {
      const lying = new (class extends Map<string, number> {
        override get size(): number {
          return size() as number;
        }
      })();
      lying.set('a', 1).set('b', 2);
      expect(pass(engine, type, lying)).toEqual(honest);
    }
    const more = new Map([['x', 9]]);
    more[Symbol.iterator] = () =>
      new Map([
        ['a', 1],
        ['b', 2],
      ]).entries();
    expect(pass(engine, type, more)).toEqual(honest);
    expect(pass(engine, type, runInNewContext("new Map([['a', 1], ['b', 2]])"))).toEqual(honest);
    const pairs = new (class extends Array<[string, number]> {
      override [Symbol.iterator](): never {
        throw new Error('not by index');
      }
    })(['a', 1], ['b', 2]);
    expect(pass(engine, type, pairs)).toEqual(honest);
    for (const bad of [[['a']], [['a', 1, 2]], ['ab'], [claiming(['a', 1], () => 3)], holes(2)]) {
      expect(pass(engine, type, bad)).toMatchObject({ calls: [], usable: true });
      expect(pass(engine, type, bad).thrown).toContain(
        'argument it[0]: expected an array of exactly 2 elements',
      );
    }
  });

  it('is read by its indices when it is an array with an iterator of its own', () => {
    const own = Object.assign(['a', 'b'], { [Symbol.iterator]: () => ['x'].values() });
    expect(pass(engine, list('string'), own)).toEqual(pass(engine, list('string'), ['a', 'b']));
  });

  it.each<[string, unknown]>([
    ['an array with holes', Object.assign(holes(3), { 0: 1, 2: 3 })],
    ['an array of holes only', holes(3)],
    ['a boxed string', new String('ab')],
    ['a boxed string of another realm', runInNewContext("new String('ab')")],
    ['a DataView', new DataView(new ArrayBuffer(4))],
    ['an ArrayBuffer', new ArrayBuffer(4)],
    ['a function', (_a: unknown) => 1],
  ])('is no list when it is %s', (_name, value) => {
    for (const type of [u8List, list('string'), list('char'), list('u64'), list(list('string'))]) {
      const { thrown, usable } = pass(engine, type, value);
      expect([thrown?.startsWith('TypeError: process-data: argument it'), usable]).toEqual([true, true]);
    }
  });

  it('is refused before a guest is asked for memory when it is a large array of holes', () => {
    for (const type of [
      list('string'),
      list('u8'),
      list('u64'),
      list(record({ a: 'u8' })),
      list('bool'),
      list(list('u8')),
    ]) {
      const { thrown, calls, usable } = pass(engine, type, holes(1_000_000));
      expect(thrown).toMatch(/^TypeError: process-data: argument it\[0\]: expected /u);
      expect([calls, usable]).toEqual([[], true]);
    }
  });

  it('is closed when its iteration ends early', () => {
    let closed = 0;
    const endless = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: () => ({ done: (closed += 1) > 0, value: 0 }),
      }),
    };
    expect(pass(engine, fixed('u8', 2), endless).thrown).toContain('expected a list of exactly 2 elements');
    expect(closed).toBeGreaterThan(0);
  });
});
