import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { compileEngine } from './compile/index.ts';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower, plainOptions } from './fixtures/guest.ts';
import { expectLeastLimits } from './fixtures/lifted-size.ts';
import { Trap } from './trap.ts';

const list = (element: Type): Type => ({ kind: { tag: 'list', element } });
const tuple = (...types: Type[]): Type => ({ kind: { tag: 'tuple', types } });
const option = (type: Type): Type => ({ kind: { tag: 'option', type } });
const record = (type: Type): Type => ({ kind: { tag: 'record', fields: [{ name: 'it', type }] } });

/** Puts a type into another `depth` times, which takes no more of the guest's memory. */
function nested(wrap: (type: Type) => Type, depth: number, inner: Type = 'bool'): Type {
  return depth === 0 ? inner : wrap(nested(wrap, depth - 1, inner));
}

const many = Array.from({ length: 200 }, (_, index) => `f${index}`);
const limit = 2 ** 20;
const message =
  /the size in JavaScript of the values of a call \(`liftedBytes`\) exceeds the limit of this instance: 1048576 bytes/u;

/** Types of which 20,000 elements of zeros are too large. */
const large: readonly [string, Type][] = [
  ['tuples in tuples', list(nested((type) => tuple(type), 90))],
  ['records in records', list(nested(record, 90))],
  ['results in results', list(nested((ok) => ({ kind: { tag: 'result', ok } }), 60))],
  [
    'variants in variants',
    list(nested((type) => ({ kind: { tag: 'variant', cases: [{ name: 'a', type }] } }), 60)),
  ],
  [
    'lists of a fixed length in each other',
    list(nested((element) => ({ kind: { tag: 'fixed-length-list', element, length: 1 } }), 90)),
  ],
  ['options in options', list(nested(option, 60))],
  ['flags', list({ kind: { tag: 'flags', flags: [{ name: 'a' }] } })],
  ['maps', { kind: { tag: 'map', key: 'bool', value: nested((type) => tuple(type), 40) } }],
  [
    'records with many fields',
    list({ kind: { tag: 'record', fields: many.map((name) => ({ name, type: 'bool' })) } }),
  ],
  ['empty strings', list('string')],
  ['empty lists', list(list(list('u8')))],
  ['empty lists of numbers', list(list('u8'))],
];
const count = 20_000;

/** The address of the elements, and of results. */
const elements = 2 ** 16;
const result = 64;

/** Returns a guest with a list, which follows `head` where a result is. */
function guestWithList(...head: number[]): Guest {
  const guest = new Guest('i32', 2 ** 23);
  new Uint32Array(guest.bytes.buffer, result).set([...head, elements, count]);
  return guest;
}

describe.each(engines)('what a call may lift (%s)', (_, engine) => {
  it.each(large)('is limited for %s, as an argument', (_name, type) => {
    const guest = guestWithList();
    const call = lower(engine, { params: [{ name: 'it', type }] }, () => undefined, {
      guest,
      options: { maxLifted: limit },
    });
    expect(() => call(elements, count)).toThrow();
    expect(guest.instance.failure).toBeInstanceOf(Trap);
    expect(guest.instance.failure!.message).toMatch(message);
  });

  it.each(large)('is limited for %s, as a result', (_name, type) => {
    const guest = guestWithList();
    const setup = { guest, options: { maxLifted: limit } };
    expect(lift(engine, { params: [], result: type }, () => result, setup)).toThrow(message);
    expect(guest.instance.failure).toBeInstanceOf(Trap);
  });

  it.each(large)('is limited for %s, as an error', (_name, err) => {
    const setup = { guest: guestWithList(1), options: { maxLifted: limit } };
    const type: Type = { kind: { tag: 'result', err } };
    expect(lift(engine, { params: [], result: type }, () => result, setup)).toThrow(message);
  });

  it.each(large)('is limited for %s that go to another component as JavaScript values', (_name, type) => {
    const setup = { guest: guestWithList(), options: { maxLifted: limit }, peer: 'component' } as const;
    expect(lift(engine, { params: [], result: type }, () => result, setup)).toThrow(message);
  });

  it('counts two bytes for each unit of a string, whatever its encoding', () => {
    for (const stringEncoding of ['utf8', 'utf16', 'latin1+utf16'] as const) {
      for (const [maxLifted, length] of [
        [limit, limit / 2 - 200],
        [limit, limit / 2],
      ] as const) {
        const guest = new Guest('i32', limit * 2);
        const options = { maxLifted, stringEncoding };
        let seen: unknown;
        const call = lower(
          engine,
          { params: [{ name: 'it', type: 'string' }] },
          (text) => void (seen = text),
          {
            guest,
            options,
          },
        );
        if (length < limit / 2) call(0, length);
        else expect(() => call(0, length)).toThrow();
        expect(guest.instance.failure?.message ?? seen).toMatch(length < limit / 2 ? /^\0+$/u : message);
      }
    }
  });

  it('is shared by all arguments of a call, and is new for each call', () => {
    const type = list('u8');
    const params = ['a', 'b', 'c'].map((name) => ({ name, type }));
    const guest = new Guest('i32', limit);
    const call = lower(engine, { params }, () => undefined, { guest, options: { maxLifted: limit } });
    const third = Math.floor(limit / 3) - 400;
    for (let i = 0; i < 5; i += 1) call(0, third, 0, third, 0, third);
    expect(() => call(0, third, 0, third, 0, third + 1200)).toThrow();
    expect(guest.instance.failure!.message).toMatch(message);
  });

  it('is limited for a type that is too large by itself', () => {
    const type: Type = { kind: { tag: 'fixed-length-list', element: 'bool', length: 100_000 } };
    const guest = new Guest('i32', 2 ** 17);
    const call = lift(engine, { params: [], result: type }, () => 0, {
      guest,
      options: { maxLifted: limit },
    });
    expect(call).toThrow(message);
  });

  it('is one string or list of numbers of any length that the memory holds when there is no limit', () => {
    const guest = new Guest('i32', 2 ** 27);
    const text = lower(engine, { params: [{ name: 'it', type: list('u8') }] }, () => undefined, { guest });
    text(0, 2 ** 27);
    expect(guest.instance.failure).toBeUndefined();
  });

  it('is limited between components by the engine that makes JavaScript values of what passes', () => {
    const options = { ...plainOptions, maxLifted: limit };
    const type = { params: [{ name: 'it', type: list('bool') }], async: false } as const;
    const [caller, callee] = [new Guest('i32', 2 ** 17), new Guest('i32', 2 ** 17)];
    let given: unknown;
    const fused = engine.fuse({ type, name: 'f', caller: options, callee: options }).bind({
      core: (...args) => {
        given = args[1];
        return undefined;
      },
      caller: caller,
      callee: callee,
      resources: [],
    });
    if (engine === compileEngine) fused(0, 100_000);
    else expect(() => fused(0, 100_000)).toThrow();
    expect(given).toBe(engine === compileEngine ? 100_000 : undefined);
    expect(caller.instance.failure?.message ?? 'the size in JavaScript').toContain('the size in JavaScript');
  });

  it('says that a string is out of bounds when it is both that and too large', () => {
    const guest = new Guest();
    new Uint32Array(guest.bytes.buffer).fill(2 ** 27);
    const call = lower(engine, { params: [{ name: 'it', type: list('string') }] }, () => undefined, {
      guest,
    });
    expect(() => call(0, 100)).toThrow();
    expect(guest.instance.failure!.message).toContain('out of bounds');
  });
});

describe('the size of random values', () => {
  it('is the least limit under which both engines lift them', () => {
    expectLeastLimits(40);
  });
});
