import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, bigInt, constantFrom, integer, oneof, property, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { Preview1Guest } from '../fixtures/preview1-guest.ts';
import { PREVIEW1_SIGNATURES } from '../fixtures/preview1-signatures.ts';
import { testSystem } from '../fixtures/test-system.ts';

const folder = temporaryDirectory();
const LAST_ERRNO = 76;

/** All but the one that ends the program. */
const SIGNATURES = new Map(Object.entries(PREVIEW1_SIGNATURES).filter(([name]) => name !== 'proc_exit'));

/** Small numbers are descriptors, flags, lengths, and pointers to something; the others are mostly wrong. */
const i32 = oneof(
  { weight: 6, arbitrary: integer({ min: 0, max: 8 }) },
  { weight: 3, arbitrary: integer({ min: 0, max: 65_544 }) },
  { weight: 1, arbitrary: integer() },
);
// A long file costs time, and finds nothing more.
const i64 = oneof(
  bigInt({ min: 0n, max: 4096n }),
  constantFrom(-1n, -(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n),
);

const call = constantFrom(...SIGNATURES.keys()).chain((name) =>
  tuple(constantFrom(name), tuple(...[...SIGNATURES.get(name)!].map((type) => (type === 'i' ? i32 : i64)))),
);

it('every function returns an error number, whatever its arguments are, and nothing gets out of the directory', () => {
  assert(
    property(array(call, { minLength: 1, maxLength: 12 }), (calls) => {
      // Without clocks nothing waits.
      const box = join(folder(), 'box');
      rmSync(box, { recursive: true, force: true });
      mkdirSync(box);
      writeFileSync(join(box, 'a'), 'text');
      const system = testSystem({ clocks: undefined }, [{ guest: '/', host: box, write: true }]);
      const guest = new Preview1Guest(system);
      // Pointers to the beginning of the memory find a path and a list of buffers there.
      guest.put('a\0\0\0\u0003\0\0\0b/../..', 0);
      for (const [name, args] of calls) {
        const error = guest.call(name, ...args);
        expect(Number.isInteger(error) && error >= 0 && error <= LAST_ERRNO).toBe(true);
      }
      guest.host.close();
      system.close();
      expect(readdirSync(folder())).toEqual(['box']);
    }),
    { numRuns: 500 },
  );
});
