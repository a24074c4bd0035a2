import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchDirectory } from '../fixtures/scratch-directory.ts';
import { load } from './index.ts';

const scratch = scratchDirectory();

it('names eight of many files that have the missing package', async () => {
  const files = Array.from({ length: 12 }, (_, at) => [
    `p/i${at}.wit`,
    `package c:d@1.0.0; interface i${at} {}`,
  ]);
  await scratch.write({
    'p/a.wit': 'package a:b; world w { import c:d/i0@1.0.0; }',
    ...Object.fromEntries(files),
  });
  const { diagnostics } = await load(join(scratch.path, 'p/a.wit'));
  expect(diagnostics[0]?.help).toMatch(
    /^(`\S+`, ){7}`\S+` and 4 more have it, but packages are looked for in /u,
  );
});
