import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../paths.ts';
import { vectors } from '../suites/vectors.ts';

const present = existsSync(sharedPath('vectors'));

describe.skipIf(!present)(
  `Canonical ABI vectors${present ? '' : ' (skipped: ../shared/vectors does not exist)'}`,
  () => {
    it('pass under both engines', async () => {
      const failures: string[] = [];
      let cases = 0;
      for await (const { file, name, status, reason } of vectors.run({ paths: [] })) {
        cases += 1;
        if (status !== 'passed') failures.push(`${file}:${name} ${reason}`);
      }
      expect(failures).toEqual([]);
      expect(cases).toBeGreaterThanOrEqual(3600);
    });
  },
);
