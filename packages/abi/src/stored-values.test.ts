import type { Type, TypeDef } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Guest, plainOptions } from './fixtures/guest.ts';
import { engines, typeAndValues, ValueStore } from './fixtures/value-store.ts';
import { option, record, u8List } from './fixtures/values.ts';
import { resourceDrop, ResourceHandle, ResourceType, Trap } from './index.ts';

/** Values that engines load and store outside of calls. */

describe.each(engines)('values in memory, %s engine', (_, engine) => {
  it('are loaded as they were stored', () => {
    fc.assert(
      fc.property(typeAndValues, ({ type, values, address: memory, stringEncoding }) => {
        const store = new ValueStore(engine, type, { memory, stringEncoding });
        const ptr = store.allocate(type, values.length);
        store.store(values, ptr);
        expect([...(store.load(ptr, values.length) as unknown[])]).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['u8', Uint8Array.of(1, 2, 255)],
    ['s16', Int16Array.of(-1, 2, 3)],
    ['u64', BigUint64Array.of(1n, 2n ** 64n - 1n)],
    ['f32', Float32Array.of(0.5, -0)],
  ] as const)('of the type %s are loaded as a typed array that does not share the memory', (type, values) => {
    const store = new ValueStore(engine, type);
    const ptr = store.allocate(type, values.length);
    store.store(values, ptr);
    const loaded = store.load(ptr, values.length);
    expect(loaded).toEqual(values);
    store.store(new (values.constructor as Uint8ArrayConstructor)(values.length), ptr);
    expect(loaded).toEqual(values);
  });

  it('are stored from any array-like object', () => {
    const store = new ValueStore(engine, 'u16');
    const ptr = store.allocate('u16', 3);
    store.store([1, 2, 3], ptr);
    expect(store.load(ptr, 3)).toEqual(Uint16Array.of(1, 2, 3));
    store.store({ length: 2, 0: 7, 1: 8 }, ptr);
    expect(store.load(ptr, 3)).toEqual(Uint16Array.of(7, 8, 3));
  });

  it('may be an empty list', () => {
    const store = new ValueStore(engine, 'string');
    store.store([], 64);
    expect(store.load(64, 0)).toEqual([]);
  });

  it('are stored even if realloc grows the memory', () => {
    const store = new ValueStore(engine, 'string');
    const texts = Array.from({ length: 4 }, (__, index) => String(index).repeat(40_000));
    const ptr = store.allocate('string', texts.length);
    store.store(texts, ptr);
    expect(store.load(ptr, texts.length)).toEqual(texts);
  });

  it.each(['i32', 'i64'] as const)('trap at a misaligned address of an %s memory', (memory) => {
    const store = new ValueStore(engine, 'u32', { memory });
    const message =
      /^unaligned pointer: a list must start at a multiple of 4 \((?:load|stor)ing values of `lines` for guest\)$/u;
    expect(() => store.load(66, 1)).toThrow(Trap);
    expect(() => store.load(66, 1)).toThrow(message);
    expect(() => store.store([1], 66)).toThrow(Trap);
    expect(() => store.store([1], 66)).toThrow(message);
  });

  it.each(['i32', 'i64'] as const)('trap out of bounds of an %s memory', (memory) => {
    const store = new ValueStore(engine, 'u32', { memory });
    const end = store.guest.bytes.length;
    expect(store.load(end - 8, 2)).toEqual(Uint32Array.of(0, 0));
    for (const [ptr, count] of [
      [end - 4, 2],
      [end, 1],
      [2 ** 32 - 4, 1],
      [0, 2 ** 25],
    ] as const) {
      expect(() => store.load(ptr, count)).toThrow('list pointer/length out of bounds of memory');
    }
    expect(() => store.store([1, 2], end - 4)).toThrow('list pointer/length out of bounds of memory');
    expect(store.load(end - 4, 1)).toEqual(Uint32Array.of(0));
  });

  it('trap when a string or list is longer than the limit of the instance', () => {
    const store = new ValueStore(engine, 'string', { maxBytes: 4 });
    const ptr = store.allocate('string', 1);
    store.store(['12345'], ptr);
    expect(() => store.load(ptr, 1)).toThrow(/exceeds the limit of this instance: 4 bytes/u);
    expect(() => new ValueStore(engine, 'u8', { maxBytes: 4 }).load(64, 5)).toThrow(/: 4 bytes/u);
  });

  it('trap when they repeat the same long string too often', () => {
    const store = new ValueStore(engine, 'string', { maxLifted: 2 ** 26 });
    const length = 9 << 20;
    store.guest.grow(length + 256);
    const words = new Uint32Array(store.guest.bytes.buffer);
    words.set(Array.from({ length: 16 }, (__, index) => (index % 2 === 0 ? 128 : length)));
    expect(store.load(0, 1)[0]).toHaveLength(length);
    expect(() => store.load(0, 8)).toThrow(
      /^the size in JavaScript of the values of a call \(`liftedBytes`\) exceeds the limit of this instance: 67108864/u,
    );
  });

  it('are refused with the path of the first wrong value', () => {
    const store = new ValueStore(engine, record({ x: 'u8', y: option('string') }));
    const values = [{ x: 1 }, { x: 2, y: 'two' }, { x: 3, y: 7 }];
    expect(() => store.store(values, 64)).toThrow(TypeError);
    expect(() => store.store(values, 64)).toThrow('lines: values[2].y: expected a string, got 7');
    expect(() => store.store(5 as never, 64)).toThrow(/^lines: values: expected/u);
    expect(store.guest.instance.mayLeave).toBe(true);
  });

  it('rethrow the error of a host getter', () => {
    const store = new ValueStore(engine, record({ x: 'u8' }));
    const failing = {
      get x(): number {
        throw new RangeError('not today');
      },
    };
    expect(() => store.store([failing], 64)).toThrow(new RangeError('not today'));
  });

  it('are not checked when they come from a component', () => {
    const guest = new Guest();
    const spec = { type: 'u8', options: plainOptions, name: 'bytes', peer: 'component' } as const;
    const binding = { instance: guest.instance, memory: guest.memory, resources: [] };
    engine.store(spec).bind(binding)([1, 2], 64);
    expect(engine.load(spec).bind(binding)(64, 2)).toEqual(Uint8Array.of(1, 2));
  });

  it('need a memory, and realloc to store strings and lists', () => {
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
  it('change their owner when they are stored or loaded', () => {
    const type = ResourceType.ofHost('file');
    const store = new ValueStore(engine, own, {}, [type]);
    const ptr = store.allocate(own, 2);
    const files = [{ name: 'a' }, { name: 'b' }];
    store.store(files, ptr);
    expect(store.guest.instance.handles.size).toBe(2);
    expect(store.load(ptr, 2)).toEqual(files);
    expect(store.guest.instance.handles.size).toBe(0);
    expect(() => store.load(ptr, 1)).toThrow(
      /^unknown handle index \d \(loading values of `lines` for guest\)$/u,
    );
  });

  it('stay with the host when another part has the wrong type', () => {
    const other = new Guest();
    const type = ResourceType.ofGuest('counter', other.instance);
    const counter: TypeDef = { name: 'counter', kind: { tag: 'resource' } };
    const pair = record({ it: { kind: { tag: 'own', resource: counter } }, n: 'u8' });
    const store = new ValueStore(engine, pair, {}, [type]);
    const made = engine.resourceClass(counter, type, 'Counter');
    other.instance.handles.add(new ResourceHandle(type, 7, true, undefined));
    const loader = engine
      .load({ type: { kind: { tag: 'own', resource: counter } }, options: plainOptions, name: 'up' })
      .bind({ instance: other.instance, memory: other.memory, resources: [type] });
    other.bytes[64] = 1;
    const [object] = Array.from(loader(64, 1));
    expect(object).toBeInstanceOf(made);
    expect(() => store.store([{ it: object, n: 300 }], 64)).toThrow(
      'lines: values[0].n: expected u8, got 300',
    );
    expect(store.guest.instance.handles.size).toBe(0);
    store.store([{ it: object, n: 3 }], 64);
    expect(store.guest.instance.handles.size).toBe(1);
    expect(() => store.store([{ it: object, n: 3 }], 64)).toThrow(TypeError);
    expect(() => resourceDrop(type, store.guest.instance)(1)).not.toThrow();
  });

  it('cannot be borrows', () => {
    const spec = { type: borrow, options: plainOptions, name: 'lines' };
    for (const refuse of [() => engine.load(spec), () => engine.store(spec)]) {
      expect(refuse).toThrow(TypeError);
      expect(refuse).toThrow('a borrow cannot be passed outside of the parameters of a call');
    }
  });
});
