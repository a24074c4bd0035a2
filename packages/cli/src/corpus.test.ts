import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { diff } from '@wit-ts/check';
import { contractOf, mismatches, worldOf } from '@wit-ts/model';
import { load } from '@wit-ts/wit/node';
import { describe, expect, it } from 'vitest';

const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/wit-parse-pass/', import.meta.url));
const names = existsSync(CORPUS)
  ? readdirSync(CORPUS, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.name.endsWith('.wit'))
      .map((entry) => entry.name)
  : [];

describe.skipIf(names.length === 0)(
  'the worlds of ../shared/corpus/wit-parse-pass (skipped if it does not exist)',
  () => {
    it.each(names)(
      'satisfy themselves, also when they are rebuilt from their contracts: %s',
      async (name) => {
        const { resolve, package: main } = await load(`${CORPUS}${name}`, { features: ['active'] });
        for (const world of resolve.worlds) {
          const contract = contractOf(world);
          const rebuilt = worldOf(contract);
          expect(contractOf(rebuilt)).toEqual(contract);
          expect(mismatches(world, world)).toEqual([]);
          expect(mismatches(world, rebuilt)).toEqual([]);
          expect(mismatches(rebuilt, world)).toEqual([]);
        }
        expect(diff(main!, main!).changes).toEqual([]);
      },
    );
  },
);
