import { growthOf } from '@wit-ts/dev-support/growth';
import { describe, expect, it } from 'vitest';
import { growthCases } from './growth-cases.ts';

describe('the work of every step with texts and components of many shapes', async () => {
  const growth = await growthOf(new URL('growth-cases.ts', import.meta.url));

  it('is counted for hundreds of steps', () => {
    const counted = [...growth.values()].filter(({ once }) => once > 1000);
    expect(counted.length).toBeGreaterThan(250);
  });

  it.each(growthCases.map(({ name }) => name))('grows no faster than the size: %s', (name) => {
    const { once, twice } = growth.get(name)!;
    // Linear work doubles, and quadratic work quadruples. A little work says nothing.
    expect(twice < 1000 ? 0 : twice / once).toBeLessThan(3);
  });
});
