import { describe, expect, it } from 'vitest';
import { expectSafe } from './fixtures/damage.ts';
import { realComponents } from './fixtures/real.ts';
import { decode, validate } from './index.ts';

describe.skipIf(realComponents.size === 0)(
  'damaged bytes of real components (skipped if test-components are not built)',
  () => {
    it.each([...realComponents])('cause a DecodeError or no error: %s', (_path, whole) => {
      expect(validate(decode(whole), { coreModules: false })).toEqual([]);
      expectSafe(whole, 300);
    });
  },
);
