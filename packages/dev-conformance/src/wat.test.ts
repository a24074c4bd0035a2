import { peersInstalled } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { assembleWat, WatError } from './wat.ts';

describe.skipIf(!peersInstalled())(
  'assembleWat (needs packages/dev-peers/tools: `pnpm conformance wast` installs them)',
  () => {
    it('assembles modules and components', async () => {
      expect([...(await assembleWat('(module)'))]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
      expect([...(await assembleWat('(component)'))]).toEqual([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
    });

    it('validates nothing', async () => {
      expect((await assembleWat('(component (export "f" (func 9)))')).length).toBeGreaterThan(8);
    });

    it('takes name annotations wherever they stand', async () => {
      const annotated = '(module (import "a" "b" (global $x (@name "y (z)") (;0;) i32)))';
      const plain = '(module (import "a" "b" (global $x i32)))';
      expect([...(await assembleWat(annotated))]).toEqual([...(await assembleWat(plain))]);
    });

    it.each([['the first time'], ['from the cache']])('says where text is wrong, %s', async () => {
      const refusal = assembleWat('(module\n  (func unknown.op))');
      await expect(refusal).rejects.toBeInstanceOf(WatError);
      await expect(refusal).rejects.toMatchObject({ line: 2, column: 9 });
    });
  },
);
