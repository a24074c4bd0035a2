import type { Type } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEngine } from './compile/index.ts';
import { anyType, anyTypeWith, valueOf } from './fixtures/arbitrary.ts';
import { engines } from './fixtures/engines.ts';
import {
  callBetween,
  type Holding,
  type Interference,
  type Outcome,
  pairResources,
  type PairSignature,
  type Spoil,
} from './fixtures/pair.ts';
import { contains } from './layout/contains.ts';
import { referenceEngine } from './reference/index.ts';

/** The laws of calls between components, and those that hold the two executions together. */

const holding: fc.Arbitrary<Holding> = fc.record({
  address: fc.constantFrom<'i32' | 'i64'>('i32', 'i32', 'i32', 'i64'),
  stringEncoding: fc.constantFrom('utf8', 'utf8', 'utf16', 'latin1+utf16'),
});

const handles = pairResources.flatMap((resource): [own: Type, borrow: Type] => [
  { kind: { tag: 'own', resource } },
  { kind: { tag: 'borrow', resource } },
]);
/** The `err` of a host's function is thrown, so what a guest returns here is no result itself. */
function isNoResult(type: Type): boolean {
  return typeof type === 'string' || (type.kind.tag !== 'result' && type.kind.tag !== 'alias');
}

function callsOf(
  params: fc.Arbitrary<Type>,
  results: fc.Arbitrary<Type>,
): fc.Arbitrary<[PairSignature, unknown, unknown]> {
  return fc
    .tuple(params, results.filter(isNoResult), holding, holding)
    .chain(([param, result, caller, callee]) =>
      fc.tuple(fc.constant({ param, result, caller, callee }), valueOf(param), valueOf(result)),
    );
}

const calls = callsOf(anyTypeWith(handles), anyTypeWith(handles.filter((_, index) => index % 2 === 0)));

const spoil: fc.Arbitrary<Spoil> = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
    fc.nat(0xffff_ffff),
  )
  .map(([bytes, noise]) => spoilWith(bytes, noise));

const interference: fc.Arbitrary<Interference> = fc.oneof(
  spoil.map((argument) => ({ argument })),
  spoil.map((result) => ({ result })),
  fc.constant({ keepsBorrows: true }),
);

describe.each(engines)('a call between components (%s)', (_, engine) => {
  it('gives the callee what the caller passes, and the caller what the callee returns', () => {
    fc.assert(
      fc.property(callsOf(anyType, anyType), ([signature, value, answer]) => {
        const { given, returned, states } = callBetween(engine, signature, value, answer);
        expect(given).toEqual(value);
        expect(returned).toEqual([expect.any(Array), answer]);
        expect(states).toEqual(['true true undefined', 'true true undefined']);
      }),
      { numRuns: 400 },
    );
  });
});

describe('reference and compile, between components', () => {
  it('leave the same memories and tables, by the same calls of realloc', () => {
    fc.assert(
      fc.property(calls, ([signature, value, answer]) => {
        const expected = callBetween(referenceEngine, signature, value, answer);
        expect(callBetween(compileEngine, signature, value, answer)).toEqual(expected);
      }),
      { numRuns: 600 },
    );
  });

  it('trap alike, after the same steps', () => {
    fc.assert(
      fc.property(calls, interference, ([signature, value, answer], how) => {
        const [expected, found] = [referenceEngine, compileEngine].map((engine) =>
          comparable(signature, callBetween(engine, signature, value, answer, how)),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 800 },
    );
  });
});

/** One core value in four is noise: discriminants, addresses and lengths that mean nothing. */
function spoilWith(bytes: readonly (readonly [number, number])[], noise: number): Spoil {
  return (core, image) => {
    for (const [at, byte] of bytes) image[at % image.length] = byte;
    for (const [index, item] of core.entries()) {
      if (((noise >>> index) & 3) !== 3) continue;
      core[index] = typeof item === 'bigint' ? BigInt(noise) : noise % 100;
    }
  };
}

/** Which NaN a NaN becomes is nobody's business. */
function comparable({ param, result }: PairSignature, outcome: Outcome): unknown {
  const floats = [param, result].some((type) =>
    contains(type, (shape) => shape === 'f32' || shape === 'f64'),
  );
  return floats ? { ...outcome, images: [] } : outcome;
}
