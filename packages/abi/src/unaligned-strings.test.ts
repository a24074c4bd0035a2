import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import type { CanonicalOptions, CoreFunction } from './engine.ts';
import { engines } from './fixtures/engines.ts';
import { failure, fuse, partyOf } from './fixtures/fuse.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { option, record, variant } from './fixtures/values.ts';

/** A string of 16-bit units at an odd address traps as such, before anything is lowered or allocated. */

type Encoding = CanonicalOptions['stringEncoding'];

const encodings: readonly Encoding[] = ['utf8', 'utf16', 'latin1+utf16'];
const TAG = 0x8000_0000 | 0;
const UNALIGNED = /^unaligned pointer: a string must start at a multiple of 2/u;

const list = (element: Type): Type => ({ kind: { tag: 'list', element } });
const words = Array.from({ length: 15 }, (_, index) => [`w${index}`, 'u32'] as const);

/** A type that contains a string, and its core values when the string is `ptr`, `length`. */
interface StringPlace {
  readonly name: string;
  readonly type: Type;
  /** Writes to the memory what must be there, and returns the core values. */
  readonly core: (memory: DataView, ptr: number, length: number) => number[];
}

function write(memory: DataView, at: number, ...values: number[]): number {
  for (const [index, value] of values.entries()) memory.setInt32(at + 4 * index, value, true);
  return at;
}

const places: readonly StringPlace[] = [
  { name: 'alone', type: 'string', core: (_, ptr, length) => [ptr, length] },
  { name: 'in a record', type: record({ a: 'u8', b: 'string' }), core: (_, ptr, length) => [7, ptr, length] },
  { name: 'in an option', type: option('string'), core: (_, ptr, length) => [1, ptr, length] },
  {
    name: 'in a variant',
    type: variant({ a: 'u32', b: 'string' }),
    core: (_, ptr, length) => [1, ptr, length],
  },
  {
    name: 'second in a list',
    type: list('string'),
    core: (memory, ptr, length) => [write(memory, 64, 128, 2, ptr, length), 2],
  },
  {
    name: 'in a list in a list',
    type: list(list('string')),
    core: (memory, ptr, length) => [write(memory, 64, write(memory, 96, ptr, length), 1), 1],
  },
  {
    name: 'the value of a map',
    type: { kind: { tag: 'map', key: 'u32', value: 'string' } },
    core: (memory, ptr, length) => [write(memory, 64, 1, ptr, length), 1],
  },
  {
    name: 'in a spilled record',
    type: record({ ...Object.fromEntries(words), s: 'string' }),
    core: (memory, ptr, length) => [write(memory, 64, ...words.map(() => 0), ptr, length)],
  },
];

describe.each(engines)('a string at an odd address (%s)', (_, engine) => {
  const cases = (['utf16', 'latin1+utf16'] as const).flatMap((from) =>
    (from === 'utf16' ? [0, 1, 40] : [0, 1, 40, TAG, TAG | 1, TAG | 40]).map(
      (length) => [from, length] as const,
    ),
  );

  it.each(cases)(
    'traps in every place of an argument for the host: %s, length %i',
    (stringEncoding, length) => {
      for (const { type, core } of places) {
        const guest = new Guest();
        let called = false;
        const params = [
          { name: 'first', type: 'string' as const },
          { name: 'it', type },
        ].slice(type === places.at(-1)!.type ? 1 : 0);
        const call = lower(engine, { params }, () => void (called = true), {
          guest,
          options: { stringEncoding },
        });
        const view = new DataView(guest.bytes.buffer);
        const args = [...(params.length === 2 ? [128, 2] : []), ...core(view, 257, length)];
        expect(failure(guest, () => call(...args))).toMatch(UNALIGNED);
        expect(called).toBe(false);
      }
    },
  );

  it.each(cases)('traps in every place of a result for the host: %s, length %i', (stringEncoding, length) => {
    for (const { type } of places) {
      const guest = new Guest();
      const call = lift(engine, { params: [], result: record({ first: 'string', it: type }) }, () => 400, {
        guest,
        options: { stringEncoding },
      });
      stored(new DataView(guest.bytes.buffer), 400, type, length);
      expect(failure(guest, call)).toMatch(UNALIGNED);
    }
  });

  it.each(cases)('traps between components before realloc is called: %s, length %i', (from, length) => {
    for (const to of encodings) {
      for (const { type, core } of places) {
        const [caller, callee] = [new Guest(), new Guest()];
        const params = type === places.at(-1)!.type ? [type] : ['string' as const, type];
        const call = fuse(engine, params, 'string', () => 64, { caller, callee, encodings: [from, to] });
        const view = new DataView(caller.bytes.buffer);
        const args = [...(params.length === 2 ? [128, 2] : []), ...core(view, 257, length), 2048];
        expect(failure(caller, () => call(...args))).toMatch(UNALIGNED);
        expect(callee.calls).toEqual([]);
      }
    }
  });

  it.each(cases)(
    'traps in a result between components before realloc is called: %s, length %i',
    (from, length) => {
      for (const to of encodings) {
        for (const { type } of places) {
          const [caller, callee] = [new Guest(), new Guest()];
          const result = record({ first: 'string', it: type });
          const call = fuse(engine, [], result, () => 400, { caller, callee, encodings: [to, from] });
          stored(new DataView(callee.bytes.buffer), 400, type, length);
          // The address for the result is unaligned too, but lifting comes before lowering.
          expect(failure(caller, () => call(2049))).toMatch(UNALIGNED);
          expect(caller.calls).toEqual([]);
        }
      }
    },
  );

  it('traps as unaligned before it traps as out of bounds, or as invalid', () => {
    for (const from of ['utf16', 'latin1+utf16'] as const) {
      for (const ptr of [0xffff_ffff, 65_535, 65_537]) {
        const guest = new Guest();
        const call = lower(engine, { params: [{ name: 'it', type: 'string' }] }, () => undefined, {
          guest,
          options: { stringEncoding: from },
        });
        expect(failure(guest, () => call(ptr | 0, 0x07ff_ffff))).toMatch(UNALIGNED);
        const [caller, callee] = [new Guest(), new Guest()];
        const between = fuse(engine, ['string'], undefined, () => undefined, {
          caller,
          callee,
          encodings: [from, 'utf8'],
        });
        expect(failure(caller, () => between(ptr | 0, 0x07ff_ffff))).toMatch(UNALIGNED);
      }
    }
  });

  it.each([
    ['utf8', 'utf16', 'aé€', [2, 2]],
    ['utf8', 'latin1+utf16', 'aé', [2, 2]],
    ['utf8', 'latin1+utf16', 'aé€', [2, 2, 2]],
    ['utf16', 'utf16', 'aé€', [2]],
    ['utf16', 'latin1+utf16', 'aé€', [2, 2]],
    ['latin1+utf16', 'utf16', 'aé', [2]],
    ['latin1+utf16', 'utf16', 'a€', [2]],
    ['latin1+utf16', 'latin1+utf16', 'aé', [2]],
    ['latin1+utf16', 'latin1+utf16', 'a€', [2]],
    ['latin1+utf16', 'utf8', 'aé', [1, 1, 1]],
    ['utf16', 'utf8', 'aé€', [1, 1, 1]],
  ] as const)('of realloc traps in each of its calls: %s to %s, %s', (from, to, text, alignments) => {
    for (const [at, alignment] of alignments.entries()) {
      const [caller, callee] = [new Guest(), new Guest()];
      let called = false;
      const realloc: CoreFunction = (...args) =>
        callee.calls.length === at ? Number(callee.realloc(...args)) | 1 : callee.realloc(...args);
      const pass = fuse(engine, ['string'], undefined, () => void (called = true), {
        caller,
        callee: { ...partyOf(callee), realloc },
        encodings: [from, to],
      });
      const params = [{ name: 'it', type: 'string' as const }];
      const setup = { guest: caller, options: { stringEncoding: from } };
      const run = (): unknown =>
        lift(engine, { params }, (...core: number[]) => void pass(...core), setup)(text);
      if (alignment === 1) run();
      else expect(failure(caller, run)).toMatch(/^realloc return: result not aligned/u);
      expect([called, callee.calls.length > at]).toEqual([alignment === 1, true]);
    }
  });
});

/** Writes a record of two members: an empty string at 128, and a value of the type whose string is at 257. */
function stored(view: DataView, at: number, type: Type, length: number): void {
  const place = places.find((item) => item.type === type)!;
  const core = place.core(view, 257, length);
  write(view, at, 128, 2);
  if (place.name === 'in a spilled record')
    new Uint8Array(view.buffer).copyWithin(at + 8, core[0]!, core[0]! + 68);
  else write(view, at + 8, ...core);
}
