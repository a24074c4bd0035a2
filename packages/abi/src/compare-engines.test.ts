import { expect, it } from 'vitest';
import { compareEngines } from './fixtures/compare-engines.ts';

// A sample; `compare-engines.slow.test.ts` tries more, and `pnpm study engines` a million cases.
it('both engines do the same with random values, right and wrong ones, and values that lie', () => {
  const { differences, cases } = compareEngines({ seed: 7, from: 0, to: 15, values: 3 });
  expect(differences).toEqual([]);
  expect(cases['lying argument']).toBe(45);
});
