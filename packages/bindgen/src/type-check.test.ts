import { sample } from 'fast-check';
import { expect, it } from 'vitest';
import { fixtureSources } from './fixtures/fixture-files.ts';
import { alone } from './fixtures/from-contract.ts';
import { randomWorld } from './fixtures/random-world.ts';
import { typeErrors } from './fixtures/type-check.ts';
import { generate } from './index.ts';

// `type-check.slow.test.ts` compiles more worlds, those of the corpus as well, and with TypeScript 5.9 too.

it('accepts the golden files and a few random worlds under TypeScript 7 with every strict option', async () => {
  const worlds = sample(randomWorld, { numRuns: 4, seed: 20_261_120 });
  const files = await Promise.all(
    worlds.map(async (world, i) =>
      (await generate(alone(world), world)).map(({ path, content }) => ({ path: `${i}/${path}`, content })),
    ),
  );
  const golden = fixtureSources().map(({ path, content }) => ({ path: `fixtures/${path}`, content }));
  expect(await typeErrors('TypeScript 7', [...files.flat(), ...golden])).toEqual([]);
});

it('finds the error in a file that has one', async () => {
  const files = [{ path: 'wrong.ts', content: 'export const x: number = "";\n' }];
  expect(await typeErrors('TypeScript 7', files)).toEqual([
    `wrong.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.`,
  ]);
});
