import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { TestWaitable } from './fixtures/arbitrary.ts';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, plainOptions } from './fixtures/guest.ts';
import { list, result, tuple } from './fixtures/types.ts';
import { handleTypes, resourceTypes } from './fixtures/value-party.ts';
import { option, record, u8List, variant } from './fixtures/values.ts';
import { testCodecs, waitableTypes } from './fixtures/waitables.ts';
import {
  type CanonicalOptions,
  endLends,
  type FlatBinding,
  type FlatSpec,
  HandleTable,
  type LiftFlat,
  type LowerFlat,
  ResourceHandle,
  type ResourceType,
  Trap,
} from './index.ts';

const [errorContext, stream, future] = waitableTypes as [Type, Type, Type];
const [ownFile, borrowFile, ownCounter, borrowCounter] = handleTypes as [Type, Type, Type, Type];
const end = new TestWaitable(1);

function binding(guest: Guest, waitables: readonly Type[], resources: readonly ResourceType[]): FlatBinding {
  const { instance, memory, realloc } = guest;
  return { instance, memory, realloc, resources, waitables: testCodecs(waitables, instance) };
}

function specOf(types: readonly Type[], more: Partial<FlatSpec> = {}): FlatSpec {
  const params = types.map((type, index) => ({ name: `some-value-${index}`, type }));
  return { params, maxFlat: 16, options: plainOptions, name: 'f', ...more };
}

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return 'accepted';
}

describe.each(engines)('values as core values (%s)', (_, engine) => {
  function lowering(
    types: readonly Type[],
    guest = new Guest(),
    more: Partial<FlatSpec> = {},
    resources: readonly ResourceType[] = [],
  ): LowerFlat {
    const prepared = engine.lowerFlat(specOf(types, more));
    return prepared.bind(binding(guest, prepared.waitables, resources));
  }

  function lifting(
    types: readonly Type[],
    guest = new Guest(),
    more: Partial<FlatSpec> = {},
    resources: readonly ResourceType[] = [],
  ): LiftFlat {
    const prepared = engine.liftFlat(specOf(types, more));
    return prepared.bind(binding(guest, prepared.waitables, resources));
  }

  it.each<[Type, unknown, string]>([
    [stream, 7, ': expected a stream, got 7'],
    [future, undefined, ': expected a future, got undefined'],
    [errorContext, 'no', ': expected a error-context, got "no"'],
    [record({ a: stream, b: future }), { a: end, b: 1 }, '.b: expected a future, got 1'],
    [
      list(tuple('u8', stream)),
      [
        [1, end],
        [2, null],
      ],
      '[1][1]: expected a stream, got null',
    ],
    [variant({ s: stream }), { tag: 's', val: 1 }, '.val: expected a stream, got 1'],
    [option(future), {}, ': expected a future, got an object'],
    [result(stream, errorContext), { tag: 'err', val: 1 }, '.val: expected a error-context, got 1'],
    [
      { kind: { tag: 'map', key: 'string', value: stream } },
      new Map([['a', 1]]),
      '[0].value: expected a stream, got 1',
    ],
    [
      { kind: { tag: 'fixed-length-list', element: stream, length: 2 } },
      [end, 1],
      '[1]: expected a stream, got 1',
    ],
    [record({ a: stream, b: 'u8' }), { a: end, b: 256 }, '.b: expected u8, got 256'],
    [tuple(stream, stream), [end, end], '[1]: the stream is given away twice'],
  ])(
    'refuse what does not fit, with its path, before a stream is given away (%#)',
    (type, value, problem) => {
      const guest = new Guest();
      expect(refusal(() => lowering(['u8', type], guest)([1, value], { borrows: 0 }))).toBe(
        `f: argument someValue1${problem}`,
      );
      expect(guest.instance.handles.size).toBe(0);
      expect(guest.calls).toEqual([]);
    },
  );

  it('are not given away when another argument does not fit', () => {
    const guest = new Guest();
    for (const [types, values, message] of [
      [[stream, 'u8'], [end, 256], 'f: argument someValue1: expected u8, got 256'],
      [[stream, 'string'], [end, 1], 'f: argument someValue1: expected a string, got 1'],
      [[stream, stream], [end, end], 'f: argument someValue1: the stream is given away twice'],
      [['u8', stream], [-1, 1], 'f: argument someValue0: expected u8, got -1'],
    ] as const) {
      expect(refusal(() => lowering(types, guest)(values, { borrows: 0 }))).toBe(message);
      expect(guest.instance.handles.size).toBe(0);
    }
    const core = lowering([stream, 'u8', future], guest)([end, 7, new TestWaitable(2)], { borrows: 0 });
    expect(core).toEqual([1, 7, 2]);
  });

  it('name the object of a method, the result and the error in messages', () => {
    const scope = { borrows: 0 };
    expect(refusal(() => lowering(['u8', 'u8'], undefined, { call: 'method' })([true, 1], scope))).toBe(
      'f: this: expected u8, got true',
    );
    expect(refusal(() => lowering(['u8', 'u8'], undefined, { call: 'method' })([1, true], scope))).toBe(
      'f: argument someValue1: expected u8, got true',
    );
    const what = 'result';
    expect(refusal(() => lowering([list('u8')], undefined, { what })([[true]], scope))).toBe(
      'f: result[0]: expected u8, got true',
    );
    const fallible = result(list('u8'), record({ val: 'string' }));
    for (const [value, message] of [
      [{ tag: 'ok', val: [1, -1] }, 'f: result[1]: expected u8, got -1'],
      [{ tag: 'err', val: { val: 1 } }, 'f: error.val: expected a string, got 1'],
      [{ tag: 'err' }, 'f: error: expected an object, got undefined'],
    ] as const)
      expect(refusal(() => lowering([fallible], undefined, { what })([value], scope))).toBe(message);
  });

  it('give an error context to a call as often as it is mentioned', () => {
    const guest = new Guest();
    const types = [list(errorContext)];
    const core = lowering(types, guest)([[end, end]], { borrows: 0 });
    expect(guest.instance.handles.size).toBe(2);
    expect(lifting(types, guest)(core, [])).toEqual([[end, end]]);
    expect(guest.instance.handles.size).toBe(2);
  });

  it('cost the guest nothing once a value was refused', () => {
    const guest = new Guest();
    const lower = lowering(['string', 'u8'], guest);
    expect(refusal(() => lower(['text', -1], { borrows: 0 }))).toBe(
      'f: argument someValue1: expected u8, got -1',
    );
    guest.calls.length = 0;
    expect(refusal(() => lower(['text', -1], { borrows: 0 }))).toBe(
      'f: argument someValue1: expected u8, got -1',
    );
    expect(guest.calls).toEqual([]);
    expect(lower(['text', 1], { borrows: 0 })).toEqual([expect.any(Number), 4, 1]);
  });

  it('pass on what a getter of the host throws, with nothing given away', () => {
    const guest = new Guest();
    const value = {
      a: end,
      get b(): never {
        throw new RangeError('mine');
      },
    };
    expect(() => lowering([record({ a: stream, b: 'u8' })], guest)([value], { borrows: 0 })).toThrow(
      new RangeError('mine'),
    );
    expect(guest.instance.handles.size).toBe(0);
  });

  it('keep the handles of two calls apart when a getter calls the function again', () => {
    const guest = new Guest();
    const types = resourceTypes(guest, new Guest());
    const [files, counters] = types as [ResourceType, ResourceType];
    const pair = record({ n: 'u8', file: ownFile, lent: borrowFile });
    const lower = lowering([pair, borrowCounter], guest, {}, [files, counters]);
    const counter = engine.resourceClass({ kind: { tag: 'resource' } }, counters, 'Counter');
    const object = Object.assign(Object.create(counter.prototype as object) as object, {});
    expect(() => lower([{ file: {}, lent: {}, n: 1 }, object], { borrows: 0 })).toThrow(TypeError);
    expect(guest.instance.handles.size).toBe(0);
    const inner = { borrows: 0 };
    const outer = { borrows: 0 };
    const own = lowering([ownFile, pair], guest, {}, [files]);
    const value = {
      file: { name: 'a' },
      lent: { name: 'b' },
      get n(): number {
        if (inner.borrows === 0)
          own([{ name: 'c' }, { file: { name: 'd' }, lent: { name: 'e' }, n: 2 }], inner);
        return 1;
      },
    };
    expect(own([{ name: 'f' }, value], outer)).toHaveLength(4);
    expect([inner.borrows, outer.borrows]).toEqual([1, 1]);
    expect(guest.instance.handles.size).toBe(6);
  });

  it('are stored at the out pointer when there is one, and it is checked', () => {
    for (const address of ['i32', 'i64'] as const) {
      const guest = new Guest(address);
      const core = (ptr: number): number | bigint => (address === 'i32' ? ptr : BigInt(ptr));
      const options: CanonicalOptions = { ...plainOptions, memory: address };
      const more: Partial<FlatSpec> = { what: 'result', maxFlat: 0, options };
      const lower = lowering([tuple('u32', stream)], guest, more);
      expect(lower([[7, end]], { borrows: 0 }, core(64))).toEqual([]);
      expect(lifting([tuple('u32', stream)], guest, more)([core(64)], [])).toEqual([[7, end]]);
      expect(guest.calls).toEqual([]);
      for (const [ptr, message] of [
        [66, 'unaligned pointer: values must start at a multiple of 4'],
        [65_532, 'pointer out of bounds of memory'],
        [-8, 'pointer out of bounds of memory'],
      ] as const) {
        expect(() => lower([[7, end]], { borrows: 0 }, core(ptr))).toThrow(
          new Trap(`${message} (lowering the result of \`f\` for guest)`),
        );
        expect(() => lifting([tuple('u32', stream)], guest, more)([core(ptr)], [])).toThrow(
          new Trap(`${message} (lifting the result of \`f\` of guest)`),
        );
      }
    }
  });

  it('trap when realloc misbehaves, and when the table is full', () => {
    const guest = new Guest();
    const prepared = engine.lowerFlat(specOf([list('u32')]));
    const lower = prepared.bind({ ...binding(guest, [], []), realloc: () => 3 });
    expect(() => lower([[1]], { borrows: 0 })).toThrow(
      new Trap('realloc return: result not aligned (lowering the arguments of `f` of guest)'),
    );
    expect(guest.instance.mayLeave).toBe(false);
    const full = Object.assign(new Guest(), {});
    Object.assign(full.instance, { handles: new HandleTable(1) });
    expect(() =>
      lowering([tuple(stream, stream)], full)([[end, new TestWaitable(2)]], { borrows: 0 }),
    ).toThrow(
      new Trap('the handle table is full: it holds 1 handles (lowering the arguments of `f` of guest)'),
    );
  });

  it('trap for handles that are not there, of another type, or lifted twice', () => {
    const guest = new Guest();
    const [index] = lowering([stream], guest)([end], { borrows: 0 });
    const what = '(lifting the arguments of `f` for guest)';
    expect(() => lifting([future], guest)([index!], [])).toThrow(new Trap(`not a future ${what}`));
    expect(lifting([stream], guest)([index!], [])).toEqual([end]);
    expect(() => lifting([stream], guest)([index!], [])).toThrow(new Trap(`unknown handle index 1 ${what}`));
    expect(() => lifting([stream], guest)([-1], [])).toThrow(
      new Trap(`unknown handle index 4294967295 ${what}`),
    );
  });

  it('count against the limits of the instance', () => {
    const guest = new Guest();
    const lifted = (type: Type, options: Partial<CanonicalOptions>, core: number[]): unknown =>
      lifting([type], guest, { options: { ...plainOptions, ...options } })(core, []);
    expect(lifted('string', { maxBytes: 10 }, [64, 10])).toEqual(['\0'.repeat(10)]);
    expect(() => lifted('string', { maxBytes: 10 }, [64, 11])).toThrow(
      'a string or list of 11 bytes exceeds',
    );
    expect(() => lifted(u8List, { maxLifted: 400 }, [64, 100])).toThrow('exceeds the limit of this instance');
    // A guest can mention one error context in many elements, each of which is an error in JavaScript.
    lowering([errorContext], guest)([end], { borrows: 0 });
    new Uint32Array(guest.bytes.buffer).fill(1);
    expect(lifted(list(errorContext), { maxLifted: 20_000 }, [64, 10])).toEqual([
      Array.from({ length: 10 }, () => end),
    ]);
    expect(() => lifted(list(errorContext), { maxLifted: 20_000 }, [64, 20])).toThrow('exceeds the limit');
    expect(() => lifted(u8List, {}, [64, 65_536])).toThrow('list pointer/length out of bounds of memory');
    expect(() => lifted(list(stream), {}, [0, 0x1000_0000])).toThrow('is longer than 268435455');
  });

  it('lend handles until the lends end, to the host and to another component', () => {
    for (const peer of ['host', 'component'] as const) {
      const guest = new Guest();
      const [files, counters] = resourceTypes(guest, new Guest()) as [ResourceType, ResourceType];
      engine.resourceClass({ kind: { tag: 'resource' } }, counters, 'Counter');
      const file = { name: 'a' };
      const handles = [
        new ResourceHandle(files, file, true, undefined),
        new ResourceHandle(counters, 7, true, undefined),
      ];
      const [one, two] = handles.map((handle) => guest.instance.handles.add(handle)) as [number, number];
      const lent: unknown[] = [];
      const types = [borrowFile, list(borrowCounter), option(borrowFile)];
      new Uint32Array(guest.bytes.buffer).set([two, two], 16);
      const values = lifting(types, guest, { peer }, [files, counters])([one, 64, 2, 1, one], lent);
      if (peer === 'component') expect(values).toEqual([file, [7, 7], file]);
      expect(handles.map(({ lends }) => lends)).toEqual([2, 2]);
      const own = (): unknown => lifting([ownCounter], guest, {}, [counters])([two], []);
      expect(own).toThrow('cannot remove owned resource while borrowed');
      endLends(lent);
      expect(handles.map(({ lends }) => lends)).toEqual([0, 0]);
      expect(own).not.toThrow();
    }
  });

  it('need the memory and the realloc that their types need', () => {
    const message = 'the canonical options lack a memory or realloc';
    const { memory: _memory, ...none } = plainOptions;
    expect(() => engine.liftFlat(specOf(['string'], { options: none }))).toThrow(message);
    expect(() => engine.liftFlat(specOf(['u8'], { options: none, maxFlat: 0 }))).toThrow(message);
    expect(() =>
      engine.lowerFlat(specOf(['string'], { options: { ...plainOptions, realloc: false } })),
    ).toThrow(message);
    const options = { ...plainOptions, realloc: false };
    const lower = lowering([tuple('u8', 'u8')], new Guest(), { options, maxFlat: 1 });
    expect(lower([[1, 2]], { borrows: 0 }, 64)).toEqual([]);
  });

  it('are not streams in functions that run without a task', () => {
    const params = [{ name: 'it', type: stream }];
    expect(() => lift(engine, { params }, () => undefined)(end)).toThrow(
      'streams, futures and error contexts are passed by tasks only',
    );
  });
});
