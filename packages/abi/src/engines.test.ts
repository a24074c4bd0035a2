import type { Type } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEngine } from './compile/index.ts';
import type { CanonicalOptions, Engine } from './engine.ts';
import { anyType, valueOf } from './fixtures/arbitrary.ts';
import { compareEngines, spoil } from './fixtures/compare-engines.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { flattenType } from './layout/flatten.ts';
import { referenceEngine } from './reference/index.ts';
import { Trap } from './trap.ts';

/** The laws that hold the two executions of the specification together. */

const engines: readonly (readonly [string, Engine])[] = [
  ['reference', referenceEngine],
  ['compile', compileEngine],
];

type Core = (number | bigint)[];
type Encoding = CanonicalOptions['stringEncoding'];

const address = fc.constantFrom<'i32' | 'i64'>('i32', 'i32', 'i32', 'i64');
const encoding = fc.constantFrom<Encoding>('utf8', 'utf8', 'utf16', 'latin1+utf16');

const typeAndValue = anyType.chain((type) => fc.tuple(fc.constant(type), valueOf(type), address, encoding));

/** What a guest gets of an argument. */
function lowered(engine: Engine, type: Type, value: unknown, guest: Guest, stringEncoding: Encoding): Core {
  let core: Core = [];
  const call = lift(engine, { params: [{ name: 'it', type }] }, (...args: Core) => void (core = args), {
    guest,
    options: { stringEncoding },
  });
  call(value);
  return core;
}

/** What a host gets of a guest's argument; a trap is a value here. */
function lifted(engine: Engine, type: Type, core: Core, guest: Guest, stringEncoding: Encoding): unknown {
  let seen: unknown;
  const call = lower(engine, { params: [{ name: 'it', type }] }, (value: unknown) => void (seen = value), {
    guest,
    options: { stringEncoding },
  });
  try {
    call(...asWasm(core, type, guest));
  } catch {
    expect(guest.instance.failure).toBeInstanceOf(Trap);
    return 'trap';
  }
  return { seen };
}

/** Core wasm hands integers over signed. */
function asWasm(core: Core, type: Type, guest: Guest): Core {
  const flat = flattenType(type, guest.address) ?? [guest.address];
  return core.map((value, index) => {
    if (typeof value === 'bigint') return BigInt.asIntN(64, value);
    return flat[index] === 'i32' ? value | 0 : value;
  });
}

describe.each(engines)('%s', (_, engine) => {
  it('lifts what it lowered', () => {
    fc.assert(
      fc.property(typeAndValue, ([type, value, bits, stringEncoding]) => {
        const guest = new Guest(bits);
        const core = lowered(engine, type, value, guest, stringEncoding);
        const back = lifted(engine, type, core, Guest.holding(guest.image(), bits), stringEncoding);
        expect(back).toEqual({ seen: value });
      }),
      { numRuns: 400 },
    );
  });

  it('gives back what a host function returns, through memory or core values', () => {
    fc.assert(
      fc.property(typeAndValue, ([type, value, bits, stringEncoding]) => {
        fc.pre(typeof type === 'string' || (type.kind.tag !== 'result' && type.kind.tag !== 'alias'));
        const guest = new Guest(bits);
        const out = bits === 'i32' ? 32_768 : 32_768n;
        const host = lower(engine, { params: [], result: type }, () => value, {
          guest,
          options: { stringEncoding },
        });
        const direct = host(out);
        const core = (): number | bigint => direct ?? out;
        const same = Guest.holding(guest.bytes, bits);
        const call = lift(engine, { params: [], result: type }, core, {
          guest: same,
          options: { stringEncoding },
        });
        expect(call()).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });
});

describe('reference and compile', () => {
  it('agree on random values, handles, corrupt memories and misfits', () => {
    // A million cases are run by `pnpm study engines`.
    const { differences, cases } = compareEngines({ seed: 2, from: 0, to: 200, values: 4 });
    expect(differences).toEqual([]);
    expect(Object.values(cases)).toEqual([800, 800, 800, 800, 800]);
  });

  it('lower a value to the same core values, the same memory, by the same calls of realloc', () => {
    fc.assert(
      fc.property(typeAndValue, ([type, value, bits, stringEncoding]) => {
        const [left, right] = [new Guest(bits), new Guest(bits)];
        const expected = lowered(referenceEngine, type, value, left, stringEncoding);
        const found = lowered(compileEngine, type, value, right, stringEncoding);
        expect(found.map(comparable)).toEqual(expected.map(comparable));
        expect(right.calls).toEqual(left.calls);
        // What stays behind where a string outgrew its place is nobody's.
        const moved = left.calls.some(([old]) => old !== 0);
        if (!moved) expect(right.image()).toEqual(left.image());
      }),
      { numRuns: 500 },
    );
  });

  it('lift the same from a memory that is corrupt, or trap both', () => {
    const patches = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 });
    fc.assert(
      fc.property(
        typeAndValue,
        patches,
        fc.nat(0xffff_ffff),
        ([type, value, bits, stringEncoding], bytes, noise) => {
          const guest = new Guest(bits);
          const core = lowered(compileEngine, type, value, guest, stringEncoding);
          const image = guest.image();
          for (const [at, byte] of bytes) image[at % image.length] = byte;
          // One core value in four is noise: discriminants, addresses and lengths that mean nothing.
          const flat = core.map((item, index) => {
            if (((noise >>> index) & 3) !== 3) return item;
            return typeof item === 'bigint' ? BigInt(noise) : noise % 100;
          });
          const expected = lifted(referenceEngine, type, flat, Guest.holding(image, bits), stringEncoding);
          const found = lifted(compileEngine, type, flat, Guest.holding(image, bits), stringEncoding);
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 800 },
    );
  });

  it('refuse the same values, in the same words', () => {
    fc.assert(
      fc.property(
        anyType,
        fc.anything({ withBigInt: true, withTypedArray: true, maxDepth: 3 }),
        (type, value) => {
          const [expected, found] = [referenceEngine, compileEngine].map((engine) => {
            const guest = new Guest();
            try {
              return {
                core: lowered(engine, type, value, guest, 'utf8').map(comparable),
                usable: guest.instance.mayEnter,
              };
            } catch (error) {
              return { error: String(error), usable: guest.instance.mayEnter };
            }
          });
          expect(found).toEqual(expected);
          expect(found!.usable).toBe(true);
          if (found!.error !== undefined)
            expect(found!.error).toMatch(/^TypeError: process-data: argument it/u);
        },
      ),
      { numRuns: 800 },
    );
  });

  it('refuse a value with one part that does not fit, and say which', () => {
    const broken = typeAndValue.chain(([type, value]) =>
      fc.tuple(
        fc.constant(type),
        fc.constant(value),
        fc.nat(),
        fc.anything({ withBigInt: true, maxDepth: 1 }),
      ),
    );
    fc.assert(
      fc.property(broken, ([type, value, at, junk]) => {
        const spoilt = spoil(value, at, junk);
        const [expected, found] = [referenceEngine, compileEngine].map((engine) => {
          try {
            return lowered(engine, type, spoilt, new Guest(), 'utf8').map(comparable);
          } catch (error) {
            return String(error);
          }
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: 800 },
    );
  });
});

/** Core values are compared as wasm reads them. */
function comparable(value: number | bigint): string {
  if (typeof value === 'bigint') return `${BigInt.asUintN(64, value)}`;
  return Number.isInteger(value) && Math.abs(value) <= 0xffff_ffff ? `${value >>> 0}` : `${value}`;
}
