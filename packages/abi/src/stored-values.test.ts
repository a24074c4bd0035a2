import type { Type, TypeDef } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEngine } from './compile/index.ts';
import { anyType, valueOf } from './fixtures/arbitrary.ts';
import { spoil } from './fixtures/compare-engines.ts';
import { Guest, lift, plainOptions } from './fixtures/guest.ts';
import { option, record, u8List, variant } from './fixtures/values.ts';
import {
  type CanonicalOptions,
  type CoreFunction,
  type Engine,
  resourceDrop,
  ResourceHandle,
  ResourceType,
  Trap,
} from './index.ts';
import { elementLayout } from './layout/layout.ts';
import { flattenType } from './layout/flatten.ts';
import { referenceEngine } from './reference/index.ts';

/** Values that are loaded, stored and returned outside of calls: what both engines do, and that they do the same. */

const engines: readonly (readonly [string, Engine])[] = [
  ['reference', referenceEngine],
  ['compile', compileEngine],
];

type Encoding = CanonicalOptions['stringEncoding'];

const address = fc.constantFrom<'i32' | 'i64'>('i32', 'i64');
const encoding = fc.constantFrom<Encoding>('utf8', 'utf16', 'latin1+utf16');

/** A type, up to five values of it, and how they lie in a memory. */
const typeAndValues = anyType.chain((type) =>
  fc.record({
    type: fc.constant(type),
    values: fc.array(valueOf(type), { maxLength: 5 }),
    address,
    stringEncoding: encoding,
  }),
);

/** One engine with a guest of its own. */
class StoredSide {
  readonly guest: Guest;
  readonly load: (ptr: number, count: number) => ArrayLike<unknown>;
  readonly store: (values: ArrayLike<unknown>, ptr: number) => void;

  constructor(
    engine: Engine,
    type: Type,
    options: Partial<CanonicalOptions> = {},
    resources: readonly ResourceType[] = [],
  ) {
    this.guest = new Guest(options.memory ?? 'i32');
    const spec = {
      type,
      options: { ...plainOptions, memory: this.guest.address, ...options },
      name: 'lines',
    };
    const { instance, memory, realloc } = this.guest;
    const binding = { instance, memory, realloc, resources };
    this.load = engine.load(spec).bind(binding);
    this.store = engine.store(spec).bind(binding);
  }

  /** Memory for that many values of the type. */
  space(type: Type, count: number): number {
    const { size, alignment } = elementLayout(type, this.guest.address);
    const args = [0, 0, alignment, size * count];
    return Number(this.guest.realloc(...(this.guest.address === 'i32' ? args : args.map(BigInt))));
  }
}

/** What a call gives, or how it fails. */
function outcome(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch (error) {
    return { thrown: String(error) };
  }
}

describe.each(engines)('values in memory, %s engine', (_, engine) => {
  it('are loaded as they were stored', () => {
    fc.assert(
      fc.property(typeAndValues, ({ type, values, address: memory, stringEncoding }) => {
        const side = new StoredSide(engine, type, { memory, stringEncoding });
        const ptr = side.space(type, values.length);
        side.store(values, ptr);
        expect([...(side.load(ptr, values.length) as unknown[])]).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['u8', Uint8Array.of(1, 2, 255)],
    ['s16', Int16Array.of(-1, 2, 3)],
    ['u64', BigUint64Array.of(1n, 2n ** 64n - 1n)],
    ['f32', Float32Array.of(0.5, -0)],
  ] as const)('of the type %s are loaded as a typed array of their own', (type, values) => {
    const side = new StoredSide(engine, type);
    const ptr = side.space(type, values.length);
    side.store(values, ptr);
    const loaded = side.load(ptr, values.length);
    expect(loaded).toEqual(values);
    side.store(new (values.constructor as Uint8ArrayConstructor)(values.length), ptr);
    expect(loaded).toEqual(values);
  });

  it('are stored from any array-like object', () => {
    const side = new StoredSide(engine, 'u16');
    const ptr = side.space('u16', 3);
    side.store([1, 2, 3], ptr);
    expect(side.load(ptr, 3)).toEqual(Uint16Array.of(1, 2, 3));
    side.store({ length: 2, 0: 7, 1: 8 }, ptr);
    expect(side.load(ptr, 3)).toEqual(Uint16Array.of(7, 8, 3));
  });

  it('may be none', () => {
    const side = new StoredSide(engine, 'string');
    side.store([], 64);
    expect(side.load(64, 0)).toEqual([]);
  });

  it('are stored although realloc grows the memory', () => {
    const side = new StoredSide(engine, 'string');
    const texts = Array.from({ length: 4 }, (__, index) => String(index).repeat(40_000));
    const ptr = side.space('string', texts.length);
    side.store(texts, ptr);
    expect(side.load(ptr, texts.length)).toEqual(texts);
  });

  it.each(['i32', 'i64'] as const)('trap at a misaligned address of an %s memory', (memory) => {
    const side = new StoredSide(engine, 'u32', { memory });
    const message =
      /^unaligned pointer: a list must start at a multiple of 4 \((?:load|stor)ing values of `lines` for guest\)$/u;
    expect(() => side.load(66, 1)).toThrow(Trap);
    expect(() => side.load(66, 1)).toThrow(message);
    expect(() => side.store([1], 66)).toThrow(Trap);
    expect(() => side.store([1], 66)).toThrow(message);
  });

  it.each(['i32', 'i64'] as const)('trap out of bounds of an %s memory', (memory) => {
    const side = new StoredSide(engine, 'u32', { memory });
    const end = side.guest.bytes.length;
    expect(side.load(end - 8, 2)).toEqual(Uint32Array.of(0, 0));
    for (const [ptr, count] of [
      [end - 4, 2],
      [end, 1],
      [2 ** 32 - 4, 1],
      [0, 2 ** 25],
    ] as const) {
      expect(() => side.load(ptr, count)).toThrow('list pointer/length out of bounds of memory');
    }
    expect(() => side.store([1, 2], end - 4)).toThrow('list pointer/length out of bounds of memory');
    expect(side.load(end - 4, 1)).toEqual(Uint32Array.of(0));
  });

  it('trap when a string or list is longer than the limit of the instance', () => {
    const side = new StoredSide(engine, 'string', { maxBytes: 4 });
    const ptr = side.space('string', 1);
    side.store(['12345'], ptr);
    expect(() => side.load(ptr, 1)).toThrow(/longer than this instance is allowed: 4 bytes/u);
    expect(() => new StoredSide(engine, 'u8', { maxBytes: 4 }).load(64, 5)).toThrow(/: 4 bytes/u);
  });

  it('may be many numbers in one list, but not the same long list many times', () => {
    const side = new StoredSide(engine, { kind: { tag: 'list', element: 'u8' } });
    const length = 9 << 20;
    side.guest.grow(length + 256);
    const words = new Uint32Array(side.guest.bytes.buffer);
    words.set(Array.from({ length: 16 }, (__, index) => (index % 2 === 0 ? 128 : length)));
    expect(side.load(0, 1)).toHaveLength(1);
    expect(() => side.load(0, 8)).toThrow(/^a value refers to the same memory so many times/u);
    const bools = new StoredSide(engine, 'bool');
    bools.guest.grow(length);
    expect(bools.load(0, length)).toHaveLength(length);
  });

  it('are refused with the path of the first one that does not fit', () => {
    const side = new StoredSide(engine, record({ x: 'u8', y: option('string') }));
    const values = [{ x: 1 }, { x: 2, y: 'two' }, { x: 3, y: 7 }];
    expect(() => side.store(values, 64)).toThrow(TypeError);
    expect(() => side.store(values, 64)).toThrow('lines: values[2].y: expected a string, got 7');
    expect(() => side.store(5 as never, 64)).toThrow(/^lines: values: expected/u);
    expect(side.guest.instance.mayLeave).toBe(true);
  });

  it('pass on what a getter of the host throws', () => {
    const side = new StoredSide(engine, record({ x: 'u8' }));
    const failing = {
      get x(): number {
        throw new RangeError('not today');
      },
    };
    expect(() => side.store([failing], 64)).toThrow(new RangeError('not today'));
  });

  it('are not checked when they come from a component', () => {
    const guest = new Guest();
    const spec = { type: 'u8', options: plainOptions, name: 'bytes', peer: 'component' } as const;
    const binding = { instance: guest.instance, memory: guest.memory, resources: [] };
    engine.store(spec).bind(binding)([1, 2], 64);
    expect(engine.load(spec).bind(binding)(64, 2)).toEqual(Uint8Array.of(1, 2));
  });

  it('need a memory, and realloc for what lies elsewhere', () => {
    const { memory: _none, ...noMemory } = plainOptions;
    const noRealloc = { ...plainOptions, realloc: false };
    expect(() => engine.load({ type: 'u8', options: noMemory, name: 'x' })).toThrow(TypeError);
    expect(() => engine.store({ type: u8List, options: noRealloc, name: 'x' })).toThrow(TypeError);
    expect(() => engine.load({ type: u8List, options: noRealloc, name: 'x' })).not.toThrow();
  });
});

const resource: TypeDef = { name: 'file', kind: { tag: 'resource' } };
const own: Type = { kind: { tag: 'own', resource } };
const borrow: Type = { kind: { tag: 'borrow', resource } };

describe.each(engines)('handles in memory, %s engine', (_, engine) => {
  it('are given away by storing and by loading', () => {
    const type = ResourceType.ofHost('file');
    const side = new StoredSide(engine, own, {}, [type]);
    const ptr = side.space(own, 2);
    const files = [{ name: 'a' }, { name: 'b' }];
    side.store(files, ptr);
    expect(side.guest.instance.handles.size).toBe(2);
    expect(side.load(ptr, 2)).toEqual(files);
    expect(side.guest.instance.handles.size).toBe(0);
    expect(() => side.load(ptr, 1)).toThrow(
      /^unknown handle index \d \(loading values of `lines` for guest\)$/u,
    );
  });

  it('stay with the host when one value does not fit', () => {
    const other = new Guest();
    const type = ResourceType.ofGuest('counter', other.instance);
    const counter: TypeDef = { name: 'counter', kind: { tag: 'resource' } };
    const pair = record({ it: { kind: { tag: 'own', resource: counter } }, n: 'u8' });
    const side = new StoredSide(engine, pair, {}, [type]);
    const made = engine.resourceClass(counter, type, 'Counter');
    other.instance.handles.add(new ResourceHandle(type, 7, true, undefined));
    const loader = engine
      .load({ type: { kind: { tag: 'own', resource: counter } }, options: plainOptions, name: 'up' })
      .bind({ instance: other.instance, memory: other.memory, resources: [type] });
    other.bytes[64] = 1;
    const [object] = Array.from(loader(64, 1));
    expect(object).toBeInstanceOf(made);
    expect(() => side.store([{ it: object, n: 300 }], 64)).toThrow(
      'lines: values[0].n: expected u8, got 300',
    );
    expect(side.guest.instance.handles.size).toBe(0);
    side.store([{ it: object, n: 3 }], 64);
    expect(side.guest.instance.handles.size).toBe(1);
    expect(() => side.store([{ it: object, n: 3 }], 64)).toThrow(TypeError);
    expect(() => resourceDrop(type, side.guest.instance)(1)).not.toThrow();
  });

  it('cannot be borrows', () => {
    const spec = { type: borrow, options: plainOptions, name: 'lines' };
    for (const refuse of [
      () => engine.load(spec),
      () => engine.store(spec),
      () => engine.taskReturn({ type: borrow, options: plainOptions }),
    ]) {
      expect(refuse).toThrow(TypeError);
      expect(refuse).toThrow('a borrow cannot be passed outside of the parameters of a call');
    }
  });
});

describe('both engines', () => {
  const corrupted = typeAndValues.chain((input) =>
    fc.tuple(
      fc.constant(input),
      fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(4), fc.nat(255))), { maxLength: 4 }),
      fc.oneof(fc.constant(0), fc.nat(9), fc.constantFrom(60_000, 65_536, 2 ** 31, 2 ** 32)),
      fc.oneof(fc.nat(6), fc.constantFrom(2 ** 16, 2 ** 28)),
    ),
  );

  it('store the same bytes, and load the same values or trap alike when bytes, address or count are others', () => {
    fc.assert(
      fc.property(corrupted, ([{ type, values, ...options }, bytes, shift, count]) => {
        const memory = options.address;
        const results = engines.map(([, engine]) => {
          const side = new StoredSide(engine, type, { ...options, memory });
          const ptr = side.space(type, values.length);
          side.store(values, ptr);
          const image = side.guest.image();
          for (const [at, byte] of bytes)
            if (at % side.guest.top > 63) side.guest.bytes[at % side.guest.top] = byte;
          return [image, outcome(() => side.load(ptr + shift, count))];
        });
        expect(results[1]).toEqual(results[0]);
      }),
      { numRuns: 600 },
    );
  });

  it('lift the same result of a task, or trap alike, from any core values', () => {
    const input = fc.tuple(
      anyType,
      address,
      encoding,
      fc.array(fc.oneof(fc.nat(9), fc.nat(70_000), fc.integer()), { minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 400, maxLength: 400 }),
    );
    fc.assert(
      fc.property(input, ([type, memory, stringEncoding, numbers, bytes]) => {
        const flat = flattenType(type, memory) ?? [memory];
        const core = flat.map((slot, index) => {
          const number = numbers[index]!;
          if (slot === 'i64') return BigInt(number);
          return slot === 'i32' ? number : number / 4;
        });
        const results = engines.map(([, engine]) => {
          const guest = new Guest(memory);
          guest.bytes.set(bytes);
          const seen: unknown[] = [];
          const call = engine
            .taskReturn({ type, options: { ...plainOptions, memory, stringEncoding } })
            .bind({
              returned: (value) => void seen.push(value),
              instance: guest.instance,
              memory: guest.memory,
              resources: [],
            });
          outcome(() => call(...core));
          return [seen, String(guest.instance.failure)];
        });
        expect(results[1]).toEqual(results[0]);
      }),
      { numRuns: 600 },
    );
  });

  it('refuse the same values with the same messages', () => {
    const spoilt = typeAndValues.chain((input) =>
      fc.tuple(
        fc.constant(input),
        fc.nat(),
        fc.anything({ withBigInt: true, maxDepth: 1 }),
        fc.constantFrom(0, 1, 65_536),
      ),
    );
    fc.assert(
      fc.property(spoilt, ([{ type, values, ...options }, at, junk, shift]) => {
        const given = spoil(values, at, junk) as ArrayLike<unknown>;
        const results = engines.map(([, engine]) => {
          const side = new StoredSide(engine, type, { ...options, memory: options.address });
          const ptr = side.space(type, values.length + 4);
          return outcome(() => side.store(given, ptr + shift));
        });
        expect(results[1]).toEqual(results[0]);
      }),
      { numRuns: 600 },
    );
  });
});

describe.each(engines)('task.return, %s engine', (_, engine) => {
  function taskReturn(
    type: Type | undefined,
    guest: Guest,
    returned: (value: unknown) => void,
    options: Partial<CanonicalOptions> = {},
    peer: 'host' | 'component' = 'host',
  ): CoreFunction {
    const all = { ...plainOptions, memory: guest.address, ...options };
    return engine.taskReturn({ ...(type !== undefined && { type }), options: all, peer }).bind({
      returned,
      instance: guest.instance,
      memory: guest.memory,
      resources: [],
    });
  }

  it('lifts the value that the guest was given, from core values or from memory', () => {
    fc.assert(
      fc.property(
        anyType.chain((type) => fc.tuple(fc.constant(type), valueOf(type))),
        address,
        encoding,
        ([type, value], memory, stringEncoding) => {
          const guest = new Guest(memory);
          const seen: unknown[] = [];
          const call = taskReturn(type, guest, (result) => void seen.push(result), { stringEncoding });
          const params = [{ name: 'it', type }];
          lift(engine, { params }, (...args: never[]) => call(...args), {
            guest,
            options: { stringEncoding },
          })(value);
          expect(seen).toEqual([value]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('returns nothing when the task has no result', () => {
    const guest = new Guest();
    const seen: unknown[] = [];
    expect(taskReturn(undefined, guest, (value) => void seen.push(value))()).toBeUndefined();
    expect(seen).toEqual([undefined]);
  });

  it('lifts a result as a value, and throws no err', () => {
    const guest = new Guest();
    const seen: unknown[] = [];
    const type: Type = { kind: { tag: 'result', ok: 'u8', err: 'f32' } };
    const call = taskReturn(type, guest, (value) => void seen.push(value));
    call(0, 7);
    call(1, 0x3f00_0000);
    expect(seen).toEqual([
      { tag: 'ok', val: 7 },
      { tag: 'err', val: 0.5 },
    ]);
  });

  it('traps, and closes the instance, when the arguments are invalid', () => {
    const guest = new Guest();
    const seen: unknown[] = [];
    const call = taskReturn(variant({ a: 'u8', b: undefined }), guest, (value) => void seen.push(value));
    expect(() => call(2, 0)).toThrow(WebAssembly.RuntimeError);
    expect(guest.instance.failure).toBeInstanceOf(Trap);
    expect(guest.instance.failure?.message).toBe(
      'invalid variant discriminant (lifting the arguments of `task.return` for guest)',
    );
    expect(seen).toEqual([]);
  });

  it.each(['i32', 'i64'] as const)(
    'traps when a result in an %s memory is misaligned or out of bounds',
    (memory) => {
      const type: Type = { kind: { tag: 'tuple', types: Array.from({ length: 17 }, () => 'u32' as const) } };
      const core = (ptr: number): number | bigint => (memory === 'i32' ? ptr : BigInt(ptr));
      for (const [ptr, message] of [
        [66, /^unaligned pointer: values must be at a multiple of 4/u],
        [65_536, /^pointer out of bounds of memory/u],
        [-4, /^pointer out of bounds of memory/u],
      ] as const) {
        const guest = new Guest(memory);
        expect(() => taskReturn(type, guest, () => undefined)(core(ptr))).toThrow(WebAssembly.RuntimeError);
        expect(guest.instance.failure?.message).toMatch(message);
      }
    },
  );

  it('traps while the instance may not leave', () => {
    const guest = new Guest();
    guest.instance.mayLeave = false;
    expect(() => taskReturn('u8', guest, () => undefined)(1)).toThrow(WebAssembly.RuntimeError);
    expect(guest.instance.failure?.message).toMatch(/^cannot leave component instance/u);
  });
});
