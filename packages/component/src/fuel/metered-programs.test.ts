import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeProgram } from './fixtures/encode-program.ts';
import { interpret } from './fixtures/interpret.ts';
import { runMetered } from './fixtures/metered-run.ts';
import { GLOBALS, type Program } from './fixtures/program.ts';
import { randomProgram } from './fixtures/random-program.ts';
import { meterModule } from './meter-module.ts';

const MOST = 20_000;

const programs = fc.gen().map((draw) => randomProgram((count) => draw(fc.nat, { max: count - 1 })));
const args = fc.tuple(fc.integer({ min: -2, max: 5 }), fc.integer({ min: -2, max: 5 }));

function meteredProgram(program: Program): Uint8Array {
  const bytes = encodeProgram(program);
  expect(WebAssembly.validate(bytes)).toBe(true);
  return meterModule(bytes);
}

describe('a metered program', () => {
  it('does what the program does, and counts what an interpreter counts', () => {
    let returned = 0;
    fc.assert(
      fc.property(programs, args, (program, given) => {
        const expected = interpret(program, given, MOST);
        if (expected.end === 'lost') return;
        const run = runMetered(meteredProgram(program), given, 10 * MOST);
        const memory = run.exports!['memory'] as WebAssembly.Memory;
        expect(run.isEmpty).toBe(false);
        expect(Buffer.compare(new Uint8Array(memory.buffer), expected.memory)).toBe(0);
        expect((run.exports!['global'] as WebAssembly.Global).value).toBe(expected.globals[GLOBALS - 1]);
        if (expected.end === 'returned') {
          returned += 1;
          expect(run).toMatchObject({ error: undefined, result: expected.result, used: expected.count });
        } else {
          expect(run.error).toBeInstanceOf(WebAssembly.RuntimeError);
          // Sections that began after the last test or call may be missing, and the rest of others is charged already.
          expect(run.used).toBeGreaterThanOrEqual(expected.settled);
          expect(run.used).toBeLessThanOrEqual(expected.count + encodeProgram(program).length);
        }
      }),
      { numRuns: 120 },
    );
    expect(returned).toBeGreaterThan(30);
  });

  it('ends with the fuel that it needs, and only with less of it stops', () => {
    fc.assert(
      fc.property(programs, args, fc.nat({ max: 200 }), (program, given, limit) => {
        const metered = meteredProgram(program);
        const run = runMetered(metered, given, limit);
        const expected = interpret(program, given, MOST);
        if (run.isEmpty) {
          expect(run.error).toBeInstanceOf(WebAssembly.RuntimeError);
          // It stopped before something that was not covered, so it did no more than the program. What it stopped
          // before may cost nothing, if what was charged until then exceeds the limit.
          if (expected.end === 'returned') {
            expect(limit).toBeLessThan(expected.count);
            expect(run.used).toBeLessThanOrEqual(expected.count);
          }
          expect(runMetered(metered, given, limit)).toMatchObject({ used: run.used, isEmpty: true });
        } else expect(run.error === undefined).toBe(expected.end === 'returned');
        if (expected.end === 'returned')
          expect(runMetered(metered, given, expected.count)).toMatchObject({ error: undefined });
      }),
      { numRuns: 80 },
    );
  });
});
