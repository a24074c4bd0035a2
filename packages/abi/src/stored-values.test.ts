import type { Type, TypeDef } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Guest, plainOptions } from './fixtures/guest.ts';
import { engines, StoredSide, typeAndValues } from './fixtures/stored-side.ts';
import { option, record, u8List } from './fixtures/values.ts';
import { resourceDrop, ResourceHandle, ResourceType, Trap } from './index.ts';

/** Values that engines load and store outside of calls. */

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
    expect(() => side.load(ptr, 1)).toThrow(/exceeds the limit of this instance: 4 bytes/u);
    expect(() => new StoredSide(engine, 'u8', { maxBytes: 4 }).load(64, 5)).toThrow(/: 4 bytes/u);
  });

  it('may not be the same long string many times', () => {
    const side = new StoredSide(engine, 'string');
    const length = 9 << 20;
    side.guest.grow(length + 256);
    const words = new Uint32Array(side.guest.bytes.buffer);
    words.set(Array.from({ length: 16 }, (__, index) => (index % 2 === 0 ? 128 : length)));
    expect(side.load(0, 1)[0]).toHaveLength(length);
    expect(() => side.load(0, 8)).toThrow(/^a value repeats the same memory so often/u);
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
