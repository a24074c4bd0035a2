import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load } from '@wit-ts/wit/node';
import { join } from 'node:path';
import { fixtureNames, fixturePath } from '../fixtures/fixture-files.ts';
import { unformattedFiles } from '../fixtures/formatted-law.ts';
import { alone } from '../fixtures/from-contract.ts';
import { randomWorld } from '../fixtures/random-world.ts';

describe('everything that is generated is as prettier formats it', () => {
  it.each(fixtureNames())('for the fixture %s', async (name) => {
    const { resolve } = await load(join(fixturePath(name), `${name}.wit`));
    for (const world of resolve.worlds) expect(await unformattedFiles(resolve, world)).toEqual([]);
  });

  it('for random worlds', async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, async (world) => {
        expect(await unformattedFiles(alone(world), world)).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });
});
