import type { Type } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEngine } from './compile/index.ts';
import { anyType, valueOf } from './fixtures/arbitrary.ts';
import { engines } from './fixtures/engines.ts';
import { callBetween, type Holding, type Outcome, type PairSignature, type Spoil } from './fixtures/pair.ts';
import { contains } from './layout/contains.ts';
import { referenceEngine } from './reference/index.ts';

/** The laws of calls between components, and those that hold the two executions together. */

const holding: fc.Arbitrary<Holding> = fc.record({
  address: fc.constantFrom<'i32' | 'i64'>('i32', 'i32', 'i32', 'i64'),
  stringEncoding: fc.constantFrom('utf8', 'utf8', 'utf16', 'latin1+utf16'),
});

/** The `err` of a host's function is thrown, so what a guest returns here is no result itself. */
const resultType = anyType.filter(
  (type) => typeof type === 'string' || (type.kind.tag !== 'result' && type.kind.tag !== 'alias'),
);

const call = fc.tuple(anyType, resultType).chain(([param, result]) =>
  fc.tuple(
    fc.record({
      param: fc.constant(param),
      result: fc.constant(result),
      caller: holding,
      callee: holding,
    }) as fc.Arbitrary<PairSignature>,
    valueOf(param),
    valueOf(result),
  ),
);

const patches = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 });

describe.each(engines)('a call between components (%s)', (_, engine) => {
  it('gives the callee what the caller passes, and the caller what the callee returns', () => {
    fc.assert(
      fc.property(call, ([signature, value, answer]) => {
        const { given, returned, may } = callBetween(engine, signature, value, answer);
        expect(given).toEqual(value);
        expect(returned).toEqual([expect.any(String), answer]);
        expect(may).toEqual([true, true, true, true]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('reference and compile, between components', () => {
  it('leave the same memories, by the same calls of realloc', () => {
    fc.assert(
      fc.property(call, ([signature, value, answer]) => {
        const expected = callBetween(referenceEngine, signature, value, answer);
        expect(callBetween(compileEngine, signature, value, answer)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('trap alike where an argument is corrupt', () => {
    fc.assert(
      fc.property(call, patches, fc.nat(0xffff_ffff), ([signature, value, answer], bytes, noise) => {
        const run = (engine: typeof compileEngine): unknown =>
          comparable(
            signature.param,
            callBetween(engine, signature, value, answer, { argument: spoil(bytes, noise) }),
          );
        expect(run(compileEngine)).toEqual(run(referenceEngine));
      }),
      { numRuns: 500 },
    );
  });

  it('trap alike where a result is corrupt', () => {
    fc.assert(
      fc.property(call, patches, fc.nat(0xffff_ffff), ([signature, value, answer], bytes, noise) => {
        const run = (engine: typeof compileEngine): unknown =>
          comparable(
            signature.result,
            callBetween(engine, signature, value, answer, { result: spoil(bytes, noise) }),
          );
        expect(run(compileEngine)).toEqual(run(referenceEngine));
      }),
      { numRuns: 500 },
    );
  });
});

/** One core value in four is noise: discriminants, addresses and lengths that mean nothing. */
function spoil(bytes: readonly (readonly [number, number])[], noise: number): Spoil {
  return (core, image) => {
    for (const [at, byte] of bytes) image[at % image.length] = byte;
    for (const [index, item] of core.entries()) {
      if (((noise >>> index) & 3) !== 3) continue;
      core[index] = typeof item === 'bigint' ? BigInt(noise) : noise % 100;
    }
  };
}

/** Which NaN a NaN becomes is nobody's business. */
function comparable(type: Type, outcome: Outcome): unknown {
  const floats = contains(type, (shape) => shape === 'f32' || shape === 'f64');
  return floats ? { ...outcome, images: [] } : outcome;
}
