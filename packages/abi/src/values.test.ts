import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { Guest, lift } from './fixtures/guest.ts';
import {
  enumOf,
  f32List,
  flags,
  flagsOnly,
  inherited,
  none,
  option,
  optionsOnly,
  point,
  problem,
  record,
  roundTrip,
  u16List,
  u8List,
  variant,
  UnderstatedBytes,
  OverstatedBytes,
  ClassWithToString,
} from './fixtures/values.ts';

describe.each(engines)('lowering host values (%s)', (_, engine) => {
  it.each<[Type, unknown, unknown]>([
    ['u64', 7, 7n],
    ['s64', -7, -7n],
    ['f64', 1, 1],
    [u8List, [1, 2], Uint8Array.of(1, 2)],
    [u8List, Buffer.from([1, 2]), Uint8Array.of(1, 2)],
    [u8List, Uint16Array.of(1, 255), Uint8Array.of(1, 255)],
    [u8List, { length: 2, 0: 1, 1: 2 }, Uint8Array.of(1, 2)],
    [u8List, new UnderstatedBytes(Uint8Array.of(1, 2).buffer), Uint8Array.of(1, 2)],
    [u8List, new OverstatedBytes(Uint8Array.of(1, 2).buffer), Uint8Array.of(1, 2)],
    [u8List, Object.defineProperty(Uint8Array.of(1, 2), 'length', { value: 1 }), Uint8Array.of(1, 2)],
    [u16List, new UnderstatedBytes(Uint8Array.of(1, 2).buffer), Uint16Array.of(1, 2)],
    [u16List, new OverstatedBytes(Uint8Array.of(1, 2).buffer), Uint16Array.of(1, 2)],
    [u8List, new Uint8Array(new ArrayBuffer(0)), new Uint8Array()],
    [u8List, new Set([1, 2]), Uint8Array.of(1, 2)],
    [u8List, new Map([['a', 1]]).values(), Uint8Array.of(1)],
    ...[2, 5].flatMap((length): [Type, unknown, unknown][] => {
      const items = Array.from({ length }, (_item, index) => index);
      return [items, Uint8Array.from(items), new Set(items), items.values(), { ...items, length }].map(
        (value) => [{ kind: { tag: 'fixed-length-list', element: 'u8', length } }, value, items],
      );
    }),
    [option('u8'), null, undefined],
    [record({ a: option('u8') }), {}, { a: undefined }],
    ...[
      {},
      Object.create(null),
      new ClassWithToString(),
      Object.assign(new ClassWithToString(), { limit: undefined }),
    ].map((value: object): [Type, unknown, unknown] => [
      optionsOnly,
      value,
      { perms: none, limit: undefined },
    ]),
    ...inherited.flatMap(([name, key]): [Type, unknown, unknown][] => [
      [record({ [name]: option('u32') }), {}, { [key]: undefined }],
      [record({ [name]: option('u32') }), { [key]: 7 }, { [key]: 7 }],
      [
        record({ [name]: option('u32') }),
        new ClassWithToString(),
        { [key]: key === 'toString' ? 7 : undefined },
      ],
      [flags(name), {}, { [key]: false }],
      [flags(name), { [key]: true }, { [key]: true }],
    ]),
    [optionsOnly, Object.assign(new Error('a'), { limit: 7 }), { perms: none, limit: 7 }],
    [flagsOnly, new ClassWithToString(), { perms: none }],
    [flags('read'), new ClassWithToString(), none],
    [flags('read'), Object.assign(new Error('a'), { read: true }), { read: true }],
    [option(option('u8')), { tag: 'some', val: undefined }, { tag: 'some', val: undefined }],
    [option(option('u8')), { tag: 'none' }, { tag: 'none' }],
    // Every second level of options is tagged, as in jco: the third one is plain again.
    [option(option(option('u8'))), undefined, undefined],
    [option(option(option('u8'))), { tag: 'none' }, { tag: 'none' }],
    [option(option(option('u8'))), { tag: 'some', val: undefined }, { tag: 'some', val: undefined }],
    [option(option(option('u8'))), { tag: 'some', val: 7 }, { tag: 'some', val: 7 }],
    [option(option(option(option('u8')))), { tag: 'some', val: undefined }, { tag: 'some', val: undefined }],
    [option({ kind: { tag: 'alias', type: option(option('u8')) } }), null, undefined],
    [{ kind: { tag: 'map', key: 'string', value: 'u8' } }, [['a', 1]], new Map([['a', 1]])],
    [flags('read', 'write-all'), { writeAll: true }, { read: false, writeAll: true }],
    [flags('read'), undefined, { read: false }],
    [flags('read'), null, { read: false }],
    [
      variant({ none: undefined, 'some-text': 'string' }),
      { tag: 'some-text', val: 'a' },
      { tag: 'some-text', val: 'a' },
    ],
    [{ kind: { tag: 'result' } }, { tag: 'err' }, { tag: 'err' }],
    ['char', '🦊', '🦊'],
    ['string', 'a\ud800b', 'a\ufffdb'],
    ['f32', Number.NaN, Number.NaN],
    // As in a Float32Array. A check for numbers that become infinite would make such lists three times slower.
    [f32List, [0.1, 1e300], Float32Array.of(0.1, Number.POSITIVE_INFINITY)],
    [f32List, Float64Array.of(0.1, 1e300), Float32Array.of(0.1, Number.POSITIVE_INFINITY)],
    ['f64', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ['f64', -0, -0],
  ])('accepts a value of the type %j', (type, given, taken) => {
    expect(roundTrip(engine, type, given)).toEqual(taken);
  });

  it.each<[Type, unknown, string]>([
    ['u8', 300, 'argument meta: expected u8, got 300'],
    ['u8', undefined, 'argument meta: expected u8, got undefined'],
    ['u8', 5n, 'argument meta: expected u8, got 5n'],
    ['u8', '5', 'argument meta: expected u8, got "5"'],
    ['u8', Symbol('a'), 'argument meta: expected u8, got Symbol(a)'],
    ['s8', 128, 'argument meta: expected s8, got 128'],
    ['u16', -1, 'argument meta: expected u16, got -1'],
    ['s16', 32_768, 'argument meta: expected s16, got 32768'],
    ['u32', 2 ** 32, 'argument meta: expected u32, got 4294967296'],
    ['s32', 2 ** 31, 'argument meta: expected s32, got 2147483648'],
    ['u64', -1n, 'argument meta: expected u64, got -1n'],
    ['u64', 2n ** 64n, 'argument meta: expected u64, got 18446744073709551616n'],
    ['u64', 2 ** 53, 'argument meta: expected u64, got 9007199254740992'],
    ['s64', 1.5, 'argument meta: expected s64, got 1.5'],
    ['f64', '1', 'argument meta: expected f64, got "1"'],
    ['f32', 1n, 'argument meta: expected f32, got 1n'],
    ['bool', 1, 'argument meta: expected a boolean, got 1'],
    ['char', 'ab', 'argument meta: expected a string of exactly one character, got "ab"'],
    ['char', '', 'argument meta: expected a string of exactly one character, got ""'],
    ['char', '\ud800', 'argument meta: expected a string of exactly one character, got "\\ud800"'],
    ['string', 1, 'argument meta: expected a string, got 1'],
    ['string', { toString: () => 'a' }, 'argument meta: expected a string, got an object'],
    [
      u8List,
      new DataView(new ArrayBuffer(2)),
      'argument meta: expected a list, got an object of the class DataView',
    ],
    [u8List, 'ab', 'argument meta: expected a list, got "ab"'],
    [u8List, [1, 256], 'argument meta[1]: expected u8, got 256'],
    [u8List, Int8Array.of(1, -1), 'argument meta[1]: expected u8, got -1'],
    [u8List, [1, undefined, 2], 'argument meta[1]: expected u8, got undefined'],
    [u8List, new Set([1, 256]), 'argument meta[1]: expected u8, got 256'],
    [u8List, [1, 256].values(), 'argument meta[1]: expected u8, got 256'],
    [u8List, new Map([[1, 2]]), 'argument meta[0]: expected u8, got an array of 2 elements'],
    [point, { x: 1, y: 1.5 }, 'argument meta.y: expected u64, got 1.5'],
    [point, null, 'argument meta: expected an object, got null'],
    [point, Promise.resolve(), 'argument meta.x: expected u32, got undefined'],
    [record({ a: option('u8') }), [1], 'argument meta: expected an object, got an array of 1 element'],
    [
      { kind: { tag: 'list', element: point } },
      [
        { x: 1, y: 2n },
        { x: '', y: 2n },
      ],
      'argument meta[1].x: expected u32, got ""',
    ],
    [
      { kind: { tag: 'tuple', types: ['u8', 'u8'] } },
      [1],
      'argument meta: expected an array of exactly 2 elements, got an array of 1 element',
    ],
    [
      { kind: { tag: 'fixed-length-list', element: 'u8', length: 9 } },
      [1],
      'argument meta: expected a list of exactly 9 elements, got an array of 1 element',
    ],
    [
      { kind: { tag: 'fixed-length-list', element: 'u8', length: 2 } },
      new Set([1]),
      'argument meta: expected a list of exactly 2 elements, got an object of the class Set',
    ],
    [
      { kind: { tag: 'fixed-length-list', element: 'u8', length: 2 } },
      [1, 256].values(),
      'argument meta[1]: expected u8, got 256',
    ],
    [
      variant({ a: undefined, b: 'u8' }),
      { tag: 'c' },
      'argument meta.tag: expected one of "a", "b", got "c"',
    ],
    [variant({ a: undefined, b: 'u8' }), { tag: 'b', val: -1 }, 'argument meta.val: expected u8, got -1'],
    [
      variant({ a: undefined, b: 'u8' }),
      { tag: 'a', val: 1 },
      'argument meta.val: expected no value, because "a" has no payload, got 1',
    ],
    [enumOf('one', 'two'), 'three', 'argument meta: expected one of "one", "two", got "three"'],
    [enumOf('one', 'two'), 0, 'argument meta: expected one of "one", "two", got 0'],
    [flags('read'), { write: true }, 'argument meta: unknown flag "write", expected one of "read"'],
    ...inherited.flatMap(([name, key]): [Type, unknown, string][] => [
      [record({ [name]: 'u32' }), {}, `argument meta.${key}: expected u32, got undefined`],
      [record({ [name]: 'u32' }), { [key]: () => 1 }, `argument meta.${key}: expected u32, got a function`],
      [flags(name), { [key]: () => 1 }, `argument meta.${key}: expected a boolean, got a function`],
    ]),
    [flags('read'), { read: 1 }, 'argument meta.read: expected a boolean, got 1'],
    [
      flags('read'),
      new Set(['read']),
      'argument meta: expected an object of booleans, got an object of the class Set',
    ],
    [flags('read'), ['read'], 'argument meta: expected an object of booleans, got an array of 1 element'],
    [
      flags('read'),
      new Date(0),
      'argument meta: expected an object of booleans, got an object of the class Date',
    ],
    ...[[], new Set(), new Date(0), new Error('a'), Object(5), new ArrayBuffer(1)].flatMap(
      (value: object): [Type, unknown, string][] =>
        [optionsOnly, flagsOnly].map((type) => [
          type,
          value,
          `argument meta: expected an object, got ${Array.isArray(value) ? 'an array of 0 elements' : `an object of the class ${value.constructor.name}`}`,
        ]),
    ),
    [
      flagsOnly,
      Promise.resolve(),
      'argument meta: expected an object, got a Promise (a synchronous function cannot wait for it)',
    ],
    [option(option('u8')), 5, 'argument meta: expected an object with a tag, got 5'],
    [
      { kind: { tag: 'map', key: 'string', value: 'u8' } },
      { a: 1 },
      'argument meta: expected a Map, got an object',
    ],
    [
      { kind: { tag: 'map', key: 'char', value: 'char' } },
      ['ab'],
      'argument meta[0]: expected an array of exactly 2 elements, got "ab"',
    ],
    [
      { kind: { tag: 'map', key: 'u8', value: 'u8' } },
      [[1, 2, 3]],
      'argument meta[0]: expected an array of exactly 2 elements, got an array of 3 elements',
    ],
    [
      { kind: { tag: 'map', key: 'string', value: 'u8' } },
      new Map([['a', 256]]),
      'argument meta[0].value: expected u8, got 256',
    ],
  ])('refuses a wrong value for the type %j: %s', (type, value, message) => {
    expect(problem(engine, type, value)).toBe(`process-data: ${message}`);
  });

  it('leaves the guest usable after it refused a value', () => {
    const guest = new Guest();
    const call = lift(
      engine,
      {
        params: [
          { name: 'a', type: 'string' },
          { name: 'b', type: 'u8' },
        ],
      },
      () => undefined,
      { guest },
    );
    expect(() => call('written before the other was looked at', 256)).toThrow(
      'argument b: expected u8, got 256',
    );
    call('a', 1);
  });

  it('names an argument that is missing', () => {
    const call = lift(
      engine,
      {
        params: [
          { name: 'first-one', type: 'u8' },
          { name: 'second', type: 'u8' },
        ],
      },
      () => undefined,
    );
    expect(() => call(1)).toThrow('process-data: argument second: expected u8, got undefined');
    expect(() => call()).toThrow('process-data: argument firstOne: expected u8, got undefined');
  });
});
