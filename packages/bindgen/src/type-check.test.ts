import { sample } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alone } from './fixtures/from-contract.ts';
import { randomWorld } from './fixtures/random-world.ts';
import { fixtureSources } from './fixtures/fixture-files.ts';
import { compilers, typeErrors, type Compiler, type SourceText } from './fixtures/type-check.ts';
import { generate, type Side } from './index.ts';

/** The files of many worlds, a folder for each, so that the compiler starts once. */
async function sampleFiles(side: Side, count: number): Promise<SourceText[]> {
  const worlds = sample(randomWorld, { numRuns: count, seed: 20_261_120 });
  const files = await Promise.all(
    worlds.map(async (world, i) =>
      (await generate(alone(world), world, { side })).map(({ path, content }) => ({
        path: `${i}/${path}`,
        content,
      })),
    ),
  );
  return files.flat();
}

const all = Object.keys(compilers) as Compiler[];

describe.each(all)('%s with every strict option accepts', (compiler) => {
  it('files for hosts of any world', async () => {
    expect(await typeErrors(compiler, await sampleFiles('host', 60))).toEqual([]);
  });

  it('the golden files, and code that is written against them', async () => {
    // Where code is to be refused, it says `@ts-expect-error`.
    expect(await typeErrors(compiler, fixtureSources())).toEqual([]);
  });

  it('declarations for guests of any world', async () => {
    // Declarations of one module in two worlds would be merged, so each world is a program.
    for (let i = 0; i < 3; i += 1) {
      const [world] = sample(randomWorld, { numRuns: 1, seed: i });
      const files = await generate(alone(world!), world!, { side: 'guest' });
      expect(await typeErrors(compiler, files)).toEqual([]);
    }
  });
});

it('a file that is wrong is found out', async () => {
  const files = [{ path: 'wrong.ts', content: 'export const x: number = "";\n' }];
  expect(await typeErrors('TypeScript 7', files)).toEqual([
    `wrong.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.`,
  ]);
});
