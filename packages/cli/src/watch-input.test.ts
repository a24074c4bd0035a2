import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CommandContext } from './command-context.ts';
import { testDirectory } from './fixtures/test-directory.ts';
import { processIo } from './io.ts';
import { watchInputs } from './watch-input.ts';

it('runs again for a change that was made as soon as the first run had read the input', async () => {
  const { path } = await testDirectory({ 'world.wit': 'one' });
  const file = join(path, 'world.wit');
  const interrupted = new AbortController();
  const context = new CommandContext({ ...processIo(), signal: interrupted.signal }, { quiet: true });
  let runs = 0;
  const ended = watchInputs(context, [file], [], async () => {
    runs += 1;
    if (runs === 1) await writeFile(file, 'two');
    else interrupted.abort();
  });
  expect(await ended).toBe(0);
  expect(runs).toBe(2);
});
