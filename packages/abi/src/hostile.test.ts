import type { Type } from '@wit-ts/model';
import { layoutOf } from '@wit-ts/model/layout';
import { describe, expect, it } from 'vitest';
import { emitLift, emitLower } from './compile/index.ts';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower, plainOptions } from './fixtures/guest.ts';
import { expectRefusedRepetition } from './fixtures/repetition.ts';

/** Names that WIT does not allow, but that the bytes of a component may contain. */
const names = [
  '__proto__',
  'constructor',
  'toString',
  '"];globalThis.pwned=1;//',
  '`${globalThis.pwned=1}`',
  '\u2028globalThis.pwned=1',
  '</script><script>',
  "'",
  '\\',
  '\n',
  '*/globalThis.pwned=1;/*',
  '',
];

function recordOf(type: Type): Type {
  return { kind: { tag: 'record', fields: names.map((name) => ({ name, type })) } };
}

describe.each(engines)('a hostile component (%s)', (_, engine) => {
  it('cannot inject code or set prototypes with its names', () => {
    const type: Type = {
      kind: {
        tag: 'tuple',
        types: [
          recordOf('u8'),
          { kind: { tag: 'flags', flags: names.map((name) => ({ name })) } },
          { kind: { tag: 'enum', cases: names.map((name) => ({ name })) } },
          { kind: { tag: 'variant', cases: names.map((name) => ({ name, type: 'u8' })) } },
          'u8',
        ],
      },
    };
    const guest = new Guest();
    let seen: unknown[] = [];
    const see = lower(
      engine,
      { params: [{ name: '"+pwned', type }] },
      (value: unknown[]) => void (seen = value),
      { guest },
    );
    guest.bytes.fill(1, 200, 232);
    see(200);
    const [record, flags, label, variant] = seen as [object, object, string, { tag: string }];
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(flags)).toBe(Object.prototype);
    expect(Object.keys(record)).toHaveLength(names.length);
    expect(Object.hasOwn(record, '__proto__')).toBe(true);
    expect([label, variant.tag]).toEqual(['constructor', 'constructor']);
    const call = lift(engine, { params: [{ name: '"+pwned', type }] }, () => undefined, { guest });
    call(seen);
    expect(() => call([{}, {}, '', {}, 1])).toThrow(TypeError);
    expect(Reflect.get(globalThis, 'pwned')).toBeUndefined();
  });

  it('refuses deeply nested types, and follows aliases of any number', () => {
    let type: Type = 'u8';
    for (let i = 0; i < 100_000; i += 1) type = { kind: { tag: 'option', type } };
    expect(() => lift(engine, { params: [{ name: 'it', type }] }, () => undefined)).toThrow(
      'nest deeper than 256',
    );
    let alias: Type = 'u8';
    for (let i = 0; i < 100_000; i += 1) alias = { kind: { tag: 'alias', type: alias } };
    const seen: unknown[] = [];
    lower(engine, { params: [{ name: 'it', type: alias }] }, (value) => seen.push(value))(7);
    expect(seen).toEqual([7]);
  });

  it.each<[string, (type: Type) => Type]>([
    ['lists', (element) => ({ kind: { tag: 'list', element } })],
    ['maps', (value) => ({ kind: { tag: 'map', key: 'u8', value } })],
    [
      'tuples',
      (element) => ({ kind: { tag: 'list', element: { kind: { tag: 'tuple', types: [element] } } } }),
    ],
  ])('cannot overflow the stack with nested %s', (_name, wrap) => {
    for (const depth of [300, 5000]) {
      let type: Type = 'u8';
      for (let i = 0; i < depth; i += 1) type = wrap(type);
      for (const func of [{ params: [{ name: 'it', type }] }, { params: [], result: type }]) {
        expect(() => lift(engine, func, () => undefined)).toThrow('nest deeper than 256');
        expect(() => lower(engine, func, () => undefined)).toThrow('nest deeper than 256');
      }
    }
  });

  it.each([0, 33])('cannot have %i flags', (count) => {
    const flags = Array.from({ length: count }, (_item, index) => ({ name: `f${index}` }));
    const type: Type = { kind: { tag: 'flags', flags } };
    for (const part of [type, { kind: { tag: 'list', element: type } } as const]) {
      expect(() => lift(engine, { params: [{ name: 'it', type: part }] }, () => undefined)).toThrow(
        `flags have 1 to 32 labels, not ${count}`,
      );
    }
  });

  it('cannot pass values without the memory or realloc that they need', () => {
    const many: Type = { kind: { tag: 'tuple', types: Array.from({ length: 17 }, () => 'u8' as const) } };
    const { memory: _memory, ...without } = plainOptions;
    const call = { tag: 'function' } as const;
    for (const type of ['string', many] as const) {
      for (const func of [{ params: [{ name: 'it', type }] }, { params: [], result: type }]) {
        const spec = { type: { ...func, async: false }, name: 'go', options: without };
        expect(() => engine.lift({ ...spec, call: 'function' })).toThrow(
          'the canonical options lack a memory or realloc',
        );
        expect(() => engine.lower({ ...spec, call })).toThrow(
          'the canonical options lack a memory or realloc',
        );
      }
    }
    const options = { ...without, memory: 'i32', realloc: false } as const;
    const params = { params: [{ name: 'it', type: 'string' }], async: false } as const;
    const result = { params: [], result: 'string', async: false } as const;
    expect(() => engine.lift({ type: params, name: 'go', options, call: 'function' })).toThrow(
      'the canonical options lack a memory or realloc',
    );
    expect(() => engine.lower({ type: result, name: 'go', options, call })).toThrow(
      'the canonical options lack a memory or realloc',
    );
    engine.lift({ type: result, name: 'go', options, call: 'function' });
    engine.lower({ type: params, name: 'go', options, call });
  });

  it('cannot declare a type that is larger than any memory', () => {
    let type: Type = 'u64';
    for (let i = 0; i < 4; i += 1)
      type = { kind: { tag: 'fixed-length-list', element: type, length: 65_536 } };
    expect(() => lift(engine, { params: [{ name: 'it', type }] }, () => undefined)).toThrow(
      'no memory holds it',
    );
  });

  it('cannot fill the memory of the host by repeating one string', () => {
    // `hostile.slow.test.ts` tests lists as well.
    expectRefusedRepetition(engine, 'string');
  });

  it.each<[string, Type]>([
    ['u8', 'u8'],
    ['bool', 'bool'],
    ['f64', 'f64'],
    ['string', 'string'],
    ['record', recordOf('u8')],
    ['list', { kind: { tag: 'list', element: 'string' } }],
  ])('cannot make the host allocate memory for a list of %s that does not exist', (_name, element) => {
    const type: Type = { kind: { tag: 'list', element } };
    const { size } = layoutOf(element, 'i32');
    const most = Math.floor((2 ** 28 - 1) / size);
    for (const [at, length, reason] of [
      [0, most, 'out of bounds'],
      [0, most + 1, 'is longer than'],
      [0, 0xffff_ffff, 'is longer than'],
      [0xffff_fff8, most, 'out of bounds'],
      [65_536, 1, 'out of bounds'],
    ] as const) {
      const guest = new Guest();
      const call = lower(engine, { params: [{ name: 'it', type }] }, () => undefined, { guest });
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      expect(() => call(at | 0, length | 0)).toThrow();
      const after = process.memoryUsage();
      expect(guest.instance.failure?.message).toContain(reason);
      expect(after.heapUsed + after.arrayBuffers - heapUsed - arrayBuffers).toBeLessThan(2 ** 24);
    }
  });

  it('cannot make the host allocate memory for a string that does not exist', () => {
    for (const stringEncoding of ['utf8', 'utf16', 'latin1+utf16'] as const) {
      const guest = new Guest();
      const call = lower(engine, { params: [{ name: 'it', type: 'string' }] }, () => undefined, {
        guest,
        options: { stringEncoding },
      });
      const { arrayBuffers } = process.memoryUsage();
      expect(() => call(0, 0x07ff_ffff)).toThrow();
      expect(guest.instance.failure?.message).toContain('out of bounds');
      expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(2 ** 24);
    }
  });

  it.each<[string, Type, number, string]>([
    ['list', 'u16', 2 ** 28, 'a list of 268435456 elements is too long'],
    ['list', 'u8', 2 ** 24 + 1, 'argument it[0]: expected u8, got undefined'],
    ['fixed-length-list', 'u8', 400_000_000, 'argument it[0]: expected u8, got undefined'],
  ])('cannot be sent a %s of %s that only claims to have %i elements', (tag, element, length, message) => {
    const type: Type = {
      kind: tag === 'list' ? { tag, element } : { tag: 'fixed-length-list', element, length },
    };
    const list: Type = { kind: { tag: 'list', element: type } };
    const params = [{ name: 'it', type }];
    const { heapUsed } = process.memoryUsage();
    expect(() =>
      lift(engine, { params: [{ name: 'it', type: list }] }, () => undefined)([{ length }]),
    ).toThrow(TypeError);
    if (tag === 'list') expect(() => lift(engine, { params }, () => undefined)({ length })).toThrow(message);
    expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(2 ** 24);
  });

  it('is not asked to allocate more memory than a list may take', () => {
    const guest = new Guest();
    const list: Type = { kind: { tag: 'list', element: recordOf('u8') } };
    const call = lift(engine, { params: [{ name: 'it', type: list }] }, () => undefined, { guest });
    const length = Math.floor((2 ** 28 - 1) / names.length) + 1;
    expect(() => call({ length })).toThrow(`a list of ${length} elements is too long`);
    expect(guest.calls).toEqual([]);
  });

  it.each<[string, Type]>([
    ['records', { kind: { tag: 'record', fields: [] } }],
    ['tuples', { kind: { tag: 'tuple', types: [] } }],
  ])('cannot pass a billion %s without members', (_name, element) => {
    const list: Type = { kind: { tag: 'list', element } };
    const fixed: Type = { kind: { tag: 'fixed-length-list', element, length: 2 ** 31 } };
    for (const type of [list, fixed]) {
      const attempt = (): unknown =>
        lower(engine, { params: [{ name: 'it', type }] }, () => undefined)(0, 2 ** 30);
      expect(attempt).toThrow();
    }
  });

  it('can pass values of a type that mentions its parts many times', () => {
    const type = doubling(12);
    const guest = new Guest();
    let seen: unknown;
    const see = lower(engine, { params: [{ name: 'it', type }] }, (value: unknown) => void (seen = value), {
      guest,
    });
    const flat = layoutOf(type, 'i32').flat!.map(() => 0);
    see(...flat);
    let depth = 0;
    for (let at = seen; typeof at === 'object' && at !== null; at = Reflect.get(at, 'val')) depth += 1;
    expect(depth).toBe(12);
    let core: unknown[] = [];
    lift(engine, { params: [{ name: 'it', type }] }, (...args: unknown[]) => void (core = args), { guest })(
      seen,
    );
    expect(core).toEqual(flat);
  });
});

/** Returns a variant with two cases of the same type, nested `depth` times: as a tree it has 2^depth leaves. */
function doubling(depth: number): Type {
  let type: Type = 'u8';
  for (let i = 0; i < depth; i += 1) {
    type = {
      kind: {
        tag: 'variant',
        cases: [
          { name: 'a', type },
          { name: 'b', type },
        ],
      },
    };
  }
  return type;
}

describe('emitted source', () => {
  it('grows with the number of definitions, not with the size of the unfolded type', () => {
    const sizes = [6, 12].map((depth) => {
      const type = doubling(depth);
      const spec = {
        type: { params: [{ name: 'it', type }], result: type, async: false },
        options: plainOptions,
        name: 'f',
      };
      const source =
        emitLift({ ...spec, call: 'function' }).source +
        emitLower({ ...spec, call: { tag: 'function' } }).source;
      return source.length;
    });
    expect(sizes[1]! / sizes[0]!).toBeLessThan(6);
  });

  it('grows in proportion to the number of cases', () => {
    const cases = Array.from({ length: 5000 }, (_item, index) => ({ name: `c${index}` }));
    const type: Type = { kind: { tag: 'enum', cases } };
    const spec = {
      type: { params: [{ name: 'it', type }], result: type, async: false },
      options: plainOptions,
      name: 'f',
    };
    expect(emitLift({ ...spec, call: 'function' }).source.length).toBeLessThan(5000 * 60);
  });
});
