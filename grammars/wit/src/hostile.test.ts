import { growthOf } from '@wit-ts/dev-support/growth';
import { describe, expect, it } from 'vitest';
import { growthCases } from './fixtures/growth-cases.ts';
import { codesOf, hostileLaws } from './fixtures/hostile-laws.ts';
import { parseLaws } from './fixtures/parse-laws.ts';
import { parseCst } from './index.ts';

describe('the work of a parse', async () => {
  const growth = await growthOf(new URL('fixtures/growth-cases.ts', import.meta.url));

  it.each(growthCases)('grows with the length of the text: $name', ({ name }) => {
    const { once, twice } = growth.get(name)!;
    expect(once).toBeGreaterThan(0);
    // Linear work doubles, quadratic work quadruples.
    expect(twice / once).toBeLessThan(3);
  });
});

// `hostile.slow.test.ts` has the same at a hundred times the size.
hostileLaws({ open: 1000, closed: 500, pieces: 1000, items: 1000, mistakes: 1000 });

it('reads names that are properties of objects', () => {
  const names = ['%constructor', 'to-string', 'value-of', 'has-own-property', 'prototype'];
  const items = names.map((name) => `record ${name} { ${name}: u8 }`).join(' ');
  expect(parseCst(`interface i { ${items} }`).errors).toEqual([]);
  expect(codesOf('interface __proto__ { __proto__: func(); }').size).toBe(0);
});

// A tenth of the runs of `hostile.slow.test.ts`.
parseLaws(0.1);
