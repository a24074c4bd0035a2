import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';
import { programsPage } from './page.ts';

describe('docs/wasi-programs.md', () => {
  it('is what `test-components/programs/main.ts` writes', async () => {
    const page = await readFile(inTestComponents('../docs/wasi-programs.md'), 'utf8');
    expect(page).toBe(await programsPage());
  });
});
