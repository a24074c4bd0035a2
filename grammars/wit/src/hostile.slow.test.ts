import { describe, expect, it } from 'vitest';
import { codesOf, hostileLaws } from './fixtures/hostile-laws.ts';
import { functions } from './fixtures/hostile-texts.ts';
import { parseLaws } from './fixtures/parse-laws.ts';

/* `hostile.test.ts` counts the work for short texts. It cannot count what regular expressions and copies of arrays
   do, so these texts are so long that work that grows with the square would take minutes, longer than the runner lets
   a test run. */

hostileLaws({ open: 100_000, closed: 50_000, pieces: 100_000, items: 10_000, mistakes: 10_000 });

describe('very long texts', () => {
  it('reads a name of a megabyte', () => {
    expect(codesOf(`interface ${'a'.repeat(1 << 20)} {}`).size).toBe(0);
  });

  it('reads a megabyte on one line', () => {
    expect(codesOf(functions(40_000)).size).toBe(0);
  });
});

parseLaws(1);
