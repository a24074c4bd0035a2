import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileEngine } from '@wit-ts/abi/compile';
import { referenceEngine } from '@wit-ts/abi/reference';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../paths.ts';
import { runVector, type Vector } from './run-vector.ts';

const present = existsSync(sharedPath('vectors'));

// This test runs a sample of the vectors; `vectors.slow.test.ts` runs all of them.
describe.skipIf(!present)(
  `Canonical ABI vectors${present ? '' : ' (skipped: ../shared/vectors does not exist)'}`,
  () => {
    it.each([
      ['reference', referenceEngine],
      ['compile', compileEngine],
    ])('pass under the %s engine', async (_, engine) => {
      const lines = (await readFile(join(sharedPath('vectors'), 'cabi-1.jsonl'), 'utf8'))
        .trimEnd()
        .split('\n');
      const chosen = lines.filter((_line, index) => index % 20 === 0);
      expect(chosen.length).toBeGreaterThan(50);
      const problems = chosen.map((line) => runVector(engine, JSON.parse(line) as Vector));
      expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
    });
  },
);
