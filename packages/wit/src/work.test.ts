import { growthOf } from '@wit-ts/dev-support/growth';
import { describe, expect, it } from 'vitest';
import { growthCases } from './fixtures/growth-cases.ts';

describe('the work of resolving, formatting and printing', async () => {
  const growth = await growthOf(new URL('fixtures/growth-cases.ts', import.meta.url));

  it.each(growthCases)('grows with the size of the text: $name', ({ name }) => {
    const { once, twice } = growth.get(name)!;
    expect(once).toBeGreaterThan(0);
    // Linear work doubles, quadratic work quadruples.
    expect(twice / once).toBeLessThan(3);
  });

  it('is small for a change beside a large package that is cached', () => {
    expect(growth.get('cached')!.once).toBeLessThan(growth.get('not cached')!.once / 10);
  });
});
