import { expect, it } from 'vitest';
import { combinations } from './fixtures/choices.ts';
import { compareEngines } from './fixtures/compare-engines.ts';

it.each([11, 12])(
  'both engines do the same with random values, right and wrong ones, and values that lie (seed %i)',
  (seed) => {
    const { differences, refused } = compareEngines({ seed, from: 0, to: 150, values: 5 });
    expect(differences).toEqual([]);
    // Some lies are accepted: a getter, a typed array of another realm.
    expect(refused['lying argument']).toBeLessThan(700);
  },
);

it.each(combinations.slice(1))(
  'both engines do the same under every choice of the mapping: %o',
  (mapping) => {
    expect(compareEngines({ seed: 16, from: 0, to: 40, values: 3, mapping }).differences).toEqual([]);
  },
);
