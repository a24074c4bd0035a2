import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from '@wit-ts/wit/node';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { unformattedFiles } from '../fixtures/formatted-law.ts';
import { alone } from '../fixtures/from-contract.ts';
import { randomWorld } from '../fixtures/random-world.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus/wit-parse-pass', import.meta.url));

it('random worlds are generated as prettier formats them', async () => {
  await fc.assert(
    fc.asyncProperty(randomWorld, async (world) => {
      expect(await unformattedFiles(alone(world), world)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

it.skipIf(!existsSync(corpus))(
  'the worlds of ../shared/corpus/wit-parse-pass are generated as prettier formats them',
  async () => {
    for (const name of readdirSync(corpus).filter((file) => !file.endsWith('.json'))) {
      const { resolve, diagnostics } = await load(join(corpus, name), { allFeatures: true });
      if (diagnostics.some(({ severity }) => severity === 'error')) continue;
      for (const world of resolve.worlds) expect(await unformattedFiles(resolve, world), name).toEqual([]);
    }
  },
);
