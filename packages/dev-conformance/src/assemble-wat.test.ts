import { peersInstalled } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { assembleCachedWat, WatError } from './assemble-wat.ts';

describe.skipIf(!peersInstalled())(
  'assembleWat (skipped unless packages/dev-peers/tools is installed: run `pnpm conformance wast` once)',
  () => {
    it('assembles modules and components', async () => {
      expect([...(await assembleCachedWat('(module)'))]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
      expect([...(await assembleCachedWat('(component)'))]).toEqual([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
    });

    it('does not validate', async () => {
      expect((await assembleCachedWat('(component (export "f" (func 9)))')).length).toBeGreaterThan(8);
    });

    it('accepts name annotations in all places', async () => {
      const annotated = '(module (import "a" "b" (global $x (@name "y (z)") (;0;) i32)))';
      const plain = '(module (import "a" "b" (global $x i32)))';
      expect([...(await assembleCachedWat(annotated))]).toEqual([...(await assembleCachedWat(plain))]);
    });

    it.each([['assembled the first time'], ['read from the cache']])(
      'gives the position of an error in text that is %s',
      async () => {
        const refusal = assembleCachedWat('(module\n  (func unknown.op))');
        await expect(refusal).rejects.toBeInstanceOf(WatError);
        await expect(refusal).rejects.toMatchObject({ line: 2, column: 9 });
      },
    );
  },
);
