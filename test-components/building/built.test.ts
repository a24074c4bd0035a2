import { describe, expect, it } from 'vitest';
import { recipes } from '../recipes.ts';
import { mismatch, readLedger } from './ledger.ts';

describe('the committed components', async () => {
  const ledger = await readLedger();

  it.each(recipes)('$name belongs to its sources', async (recipe) => {
    expect(await mismatch(recipe, ledger.get(recipe.name))).toBeUndefined();
  });

  it('are all in recipes.ts', () => {
    expect([...ledger.keys()].sort()).toEqual(recipes.map(({ name }) => name).sort());
  });
});
