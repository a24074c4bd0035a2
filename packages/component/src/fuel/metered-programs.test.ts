import fc from 'fast-check';
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
  const metered = meterModule(bytes);
  expect(WebAssembly.validate(metered as BufferSource)).toBe(true);
  return metered;
}

describe('a metered program', () => {
  it('does what the program does, and counts what an interpreter counts', () => {
    let returned = 0;
    fc.assert(
      fc.property(programs, args, (program, given) => {
        const metered = meteredProgram(program);
        const expected = interpret(program, given, MOST);
        const run = runMetered(metered, given, 10 * MOST);
        if (expected.end === 'lost') return;
        expect(run.isEmpty).toBe(false);
        const { memory, global } = run.exports as Record<string, any>;
        expect(global.value).toBe(expected.globals[GLOBALS - 1]);
        expect(Buffer.compare(new Uint8Array(memory.buffer), expected.memory)).toBe(0);
        if (expected.end === 'returned') {
          returned += 1;
          expect(run).toMatchObject({ error: undefined, result: expected.result, used: expected.count });
        } else {
          expect(run.error).toBeInstanceOf(WebAssembly.RuntimeError);
          expect(run.used).toBeGreaterThanOrEqual(expected.count);
        }
      }),
      { numRuns: 300 },
    );
    expect(returned).toBeGreaterThan(100);
  });
});
