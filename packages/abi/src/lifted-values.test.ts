import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { Guest, lower } from './fixtures/guest.ts';
import { list, result } from './fixtures/types.ts';
import { enumOf, flags, option, record, roundTrip, u8List, variant } from './fixtures/values.ts';

describe.each(engines)('lifting values of a guest (%s)', (_, engine) => {
  it('gives objects all keys, in the order of the type', () => {
    const value = roundTrip(engine, record({ b: option('u8'), a: flags('z', 'y') }), {
      a: {},
      b: undefined,
    }) as object;
    expect(Object.keys(value)).toEqual(['b', 'a']);
    expect(Object.keys(Reflect.get(value, 'a') as object)).toEqual(['z', 'y']);
  });

  it.each<[string, Type, object]>([
    ['result', result(), { tag: 'ok' }],
    ['result<u8>', result('u8'), { tag: 'err' }],
    ['result<_, u8>', result(undefined, 'u8'), { tag: 'ok' }],
  ])('gives each side of a %s a `val`, and accepts values with and without it', (_name, type, value) => {
    for (const passed of [value, { ...value, val: undefined }])
      expect(roundTrip(engine, list(type), [passed])).toStrictEqual([{ ...value, val: undefined }]);
  });

  it('gives a case without a payload no `val`, and accepts both', () => {
    const type = list(variant({ none: undefined, some: 'u8' }));
    for (const passed of [{ tag: 'none' }, { tag: 'none', val: undefined }])
      expect(roundTrip(engine, type, [passed])).toStrictEqual([{ tag: 'none' }]);
  });

  it('copies lists of numbers', () => {
    const guest = new Guest();
    guest.bytes.set([1, 2, 3], 100);
    let seen: Uint8Array = new Uint8Array();
    const core = lower(
      engine,
      { params: [{ name: 'it', type: u8List }] },
      (value: Uint8Array) => void (seen = value),
      { guest },
    );
    core(100, 3);
    guest.bytes.fill(9);
    expect([...seen]).toEqual([1, 2, 3]);
    expect(seen.buffer.byteLength).toBe(3);
  });

  it('keeps the last of several map entries with the same key', () => {
    const guest = new Guest();
    guest.bytes.set([1, 10, 2, 20, 1, 30], 100);
    const map: Type = { kind: { tag: 'map', key: 'u8', value: 'u8' } };
    let seen: unknown;
    const core = lower(
      engine,
      { params: [{ name: 'it', type: map }] },
      (value: unknown) => void (seen = value),
      { guest },
    );
    core(100, 3);
    expect(seen).toEqual(
      new Map([
        [1, 30],
        [2, 20],
      ]),
    );
  });

  it.each<[string, Type, (number | bigint)[]]>([
    ['unaligned pointer', { kind: { tag: 'list', element: 'u32' } }, [2, 0]],
    ['list pointer/length out of bounds of memory', { kind: { tag: 'list', element: 'u32' } }, [-4, 2]],
    ['a list of 4294967292 bytes', { kind: { tag: 'list', element: 'u32' } }, [0, 0x3fff_ffff]],
    ['string pointer/length out of bounds of memory', 'string', [65_536, 1]],
    ['invalid utf-8', 'string', [100, 1]],
    ['invalid variant discriminant', variant({ a: undefined }), [1]],
    ['invalid variant discriminant', enumOf('a', 'b'), [-1]],
    ['invalid `char` bit pattern', 'char', [0xdfff]],
    ['invalid `char` bit pattern', 'char', [-1]],
    ['invalid `char` bit pattern', 'char', [0x11_0000]],
  ])('traps: %s', (message, type, core) => {
    const guest = new Guest();
    guest.bytes[100] = 0xff;
    const call = lower(engine, { params: [{ name: 'it', type }] }, () => undefined, { guest });
    expect(() => call(...core)).toThrow();
    expect(guest.instance.failure?.message).toContain(message);
  });

  it('ignores the bits that the type does not use', () => {
    const seen: unknown[] = [];
    const see = (value: unknown): void => void seen.push(value);
    lower(engine, { params: [{ name: 'it', type: 'u8' }] }, see)(0x1ff);
    lower(engine, { params: [{ name: 'it', type: 's8' }] }, see)(0xff);
    lower(engine, { params: [{ name: 'it', type: 'bool' }] }, see)(2);
    lower(engine, { params: [{ name: 'it', type: flags('a', 'b') }] }, see)(-2);
    expect(seen).toEqual([255, -1, true, { a: false, b: true }]);
  });
});
