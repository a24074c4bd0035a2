import { describe, expect, it } from 'vitest';
import { recipes } from '../recipes.ts';
import { mismatch, readBuildRecords } from './built-json.ts';

describe('the committed components', async () => {
  const records = await readBuildRecords();

  it.each(recipes)('$name was built from the committed sources', async (recipe) => {
    expect(await mismatch(recipe, records.get(recipe.name))).toBeUndefined();
  });

  it('all have a recipe', () => {
    expect([...records.keys()].sort()).toEqual(recipes.map(({ name }) => name).sort());
  });
});
