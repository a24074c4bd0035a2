import type { Type } from '@wit-ts/model';
import { afterAll, describe, expect, it } from 'vitest';
import type { CanonicalOptions } from './engine.ts';
import { engines } from './fixtures/engines.ts';
import { failure, fuse } from './fixtures/fuse.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { option, record } from './fixtures/values.ts';

/**
 * Memories of 4 GiB and more. They are virtual: the tests touch a few pages of each. One memory of each kind serves all
 * tests, because the platform reserves the addresses of only so many.
 */

type Encoding = CanonicalOptions['stringEncoding'];

const GIB = 2 ** 30;
const encodings: readonly Encoding[] = ['utf8', 'utf16', 'latin1+utf16'];

const memories: Record<string, WebAssembly.Memory> = {};

/** Returns a guest whose realloc returns addresses from `start` on. */
function guestAt(address: 'i32' | 'i64', pages: number, start: number): Guest {
  const key = `${address} ${pages}`;
  memories[key] ??= new WebAssembly.Memory(
    address === 'i32'
      ? { initial: pages }
      : ({ initial: BigInt(pages), address: 'i64' } as unknown as WebAssembly.MemoryDescriptor),
  );
  return new Guest(address, memories[key], start);
}

/** Returns an address or a length as core wasm passes it to JavaScript. */
function coreOf(address: 'i32' | 'i64', value: number): number | bigint {
  return address === 'i32' ? value | 0 : BigInt(value);
}

afterAll(() => {
  for (const key of Object.keys(memories)) delete memories[key];
});

const places: readonly (readonly ['i32' | 'i64', number, number])[] = [
  ['i32', 65_535, 64],
  ['i32', 65_536, 64],
  ['i32', 65_536, 2 * GIB - 40],
  ['i32', 65_536, 4 * GIB - 16_384],
  ['i64', 65_536, 64],
  ['i64', 65_536, 4 * GIB - 16_384],
  ['i64', 65_552, 64],
  ['i64', 65_552, 2 ** 21],
  ['i64', 65_552, 4 * GIB - 40],
  ['i64', 65_552, 4 * GIB + 8],
  ['i64', 131_072, 6 * GIB],
];

const texts = [
  '',
  'hello',
  'naïve café',
  'a€🦊',
  'The quick brown fox. '.repeat(3),
  'Größe '.repeat(40),
  '日本語🐕'.repeat(30),
  'x'.repeat(3000),
];

const list = (element: Type): Type => ({ kind: { tag: 'list', element } });

const values: readonly (readonly [Type, unknown])[] = [
  ['string', 'hello'],
  [list('u8'), Uint8Array.of(1, 2, 255)],
  [list('s8'), Int8Array.of(1, -2, 127)],
  [list('u16'), Uint16Array.of(1, 2, 65_535)],
  [list('s16'), Int16Array.of(1, -2, 3)],
  [list('u32'), Uint32Array.of(7, 8, 2 ** 32 - 1)],
  [list('s32'), Int32Array.of(7, -8)],
  [list('u64'), BigUint64Array.of(7n, 2n ** 64n - 1n)],
  [list('s64'), BigInt64Array.of(7n, -1n)],
  [list('f32'), Float32Array.of(0.5, -1)],
  [list('f64'), Float64Array.of(0.5, -1, 1e300)],
  [list('bool'), [true, false, true]],
  [list('char'), ['a', '🦊']],
  [list('string'), texts],
  [list(list('u16')), [Uint16Array.of(1), Uint16Array.of(), Uint16Array.of(2, 3)]],
  [list(record({ x: 'f64', y: 'u8', z: 'u32' })), [{ x: 0.25, y: 1, z: 2 ** 31 }]],
  [
    list(record({ n: 'string', o: option('u64') })),
    [
      { n: 'naïve', o: 5n },
      { n: '', o: undefined },
    ],
  ],
  [
    { kind: { tag: 'map', key: 'string', value: 'u16' } },
    new Map([
      ['a', 1],
      ['€', 2],
    ]),
  ],
  [
    { kind: { tag: 'tuple', types: [...Array.from({ length: 17 }, () => 'u16' as const), 'string'] } },
    [...Array.from({ length: 17 }, (_, index) => index), 'spilled'],
  ],
];

describe.each(engines)('a memory of 4 GiB or more (%s)', (_, engine) => {
  it.each(places)('passes values both ways: %s, %i pages, at %i', (address, pages, start) => {
    for (const [type, value] of values) {
      for (const stringEncoding of encodings) {
        const guest = guestAt(address, pages, start);
        const setup = { guest, options: { stringEncoding } };
        let core: (number | bigint)[] = [];
        const params = [{ name: 'it', type }];
        lift(engine, { params }, (...args: (number | bigint)[]) => void (core = args), setup)(value);
        let seen: unknown;
        lower(engine, { params }, (given: unknown) => void (seen = given), setup)(...core);
        expect(seen).toEqual(value);
      }
    }
  });

  it.each(places)(
    'passes the results of functions both ways: %s, %i pages, at %i',
    (address, pages, start) => {
      for (const [result, value] of values) {
        const guest = guestAt(address, pages, start);
        const out = guest.realloc(...[0, 0, 8, 512].map((part) => coreOf(address, part)))!;
        lower(engine, { params: [], result }, () => value, { guest })(out);
        expect(lift(engine, { params: [], result }, () => out, { guest })()).toEqual(value);
      }
    },
  );

  it.each(places)('traps on invalid text: %s, %i pages, at %i', (address, pages, start) => {
    for (const length of [3, 40, 300]) {
      for (const stringEncoding of ['utf8', 'utf16'] as const) {
        const guest = guestAt(address, pages, start + (start % 2));
        const at = guest.top;
        guest.bytes.fill(stringEncoding === 'utf8' ? 0xff : 0xd8, at, at + 2 * length);
        const [ptr, count] = [at, length].map((part) => coreOf(address, part));
        const params = [{ name: 'it', type: 'string' as const }];
        const call = lower(engine, { params }, () => undefined, { guest, options: { stringEncoding } });
        expect(failure(guest, () => call(ptr!, count!))).toMatch(/^invalid utf-/u);
        const caller = guestAt(address, pages, start + (start % 2));
        const callee = new Guest();
        const between = fuse(engine, ['string'], undefined, () => undefined, {
          caller,
          callee,
          encodings: [stringEncoding, 'utf8'],
        });
        expect(failure(caller, () => between(ptr!, count!))).toMatch(/^invalid utf-/u);
        expect(callee.calls).toEqual([]);
      }
    }
  });

  it('passes every text from every encoding to every other, between all kinds of memories', () => {
    const kinds = [
      () => new Guest(),
      () => guestAt('i32', 65_536, 4 * GIB - 65_536),
      () => guestAt('i64', 65_552, 2 ** 21),
      () => guestAt('i64', 131_072, 5 * GIB + 4),
    ];
    for (const from of encodings) {
      for (const to of encodings) {
        for (const makeCaller of kinds) {
          for (const makeCallee of kinds) {
            // Two guests with one memory would overwrite each other's strings.
            const [caller, callee] = [makeCaller(), makeCallee()];
            if (caller.memory === callee.memory) continue;
            expect(passed(caller, callee, from, to)).toEqual(texts);
          }
        }
      }
    }
  });

  /** Passes all texts from one guest to the other in one list, and returns what arrived. */
  function passed(caller: Guest, callee: Guest, from: Encoding, to: Encoding): unknown {
    const type = list('string');
    const params = [{ name: 'it', type }];
    let seen: unknown;
    const read = lower(engine, { params }, (given: unknown) => void (seen = given), {
      guest: callee,
      options: { stringEncoding: to },
    });
    const call = fuse(engine, [type], undefined, (...core: number[]) => void read(...core), {
      caller,
      callee,
      encodings: [from, to],
    });
    lift(engine, { params }, (...core: number[]) => void call(...core), {
      guest: caller,
      options: { stringEncoding: from },
    })(texts);
    return seen;
  }

  it.each<[Type, Encoding]>([
    ['string', 'utf16'],
    ['string', 'latin1+utf16'],
    [list('u32'), 'utf8'],
    [list('string'), 'utf8'],
  ])('traps on an unaligned address as such, also beyond 2^53: %j, %s', (type, stringEncoding) => {
    for (const ptr of [4 * GIB + 1, 2 ** 40 + 1, 2 ** 53 - 1]) {
      expect(trapAt(BigInt(ptr), type, stringEncoding)).toMatch(/^unaligned pointer/u);
    }
    for (const ptr of [2n ** 53n + 1n, 2n ** 60n + 1n, -1n]) {
      expect(trapAt(ptr, type, stringEncoding)).toMatch(/^unaligned pointer/u);
    }
    for (const ptr of [2n ** 53n, 2n ** 63n, -8n]) {
      expect(trapAt(ptr, type, stringEncoding)).toContain('out of bounds of memory');
    }
  });

  /** Returns the message of the trap for a string or list at that address, as an argument and in a list. */
  function trapAt(ptr: bigint, type: Type, stringEncoding: Encoding): string {
    const seen = [type, list(type)].map((of) => {
      const guest = guestAt('i64', 65_552, 64);
      new BigInt64Array(guest.memory.buffer).set([ptr, 1n], 8);
      const args = of === type ? [BigInt.asIntN(64, ptr), 1n] : [64n, 1n];
      const call = lower(engine, { params: [{ name: 'it', type: of }] }, () => undefined, {
        guest,
        options: { stringEncoding },
      });
      return failure(guest, () => call(...args));
    });
    expect(seen[1]).toBe(seen[0]);
    return seen[0]!;
  }

  it('traps when realloc returns an address beyond 2^53', () => {
    for (const [at, message] of [
      [2n ** 53n + 1n, 'not aligned'],
      [2n ** 53n, 'beyond end of memory'],
    ] as const) {
      const guest = Object.assign(guestAt('i64', 65_552, 64), { realloc: () => at });
      const call = lift(engine, { params: [{ name: 'it', type: list('u16') }] }, () => undefined, { guest });
      expect(failure(guest, () => call([1]))).toContain(message);
    }
  });
});
