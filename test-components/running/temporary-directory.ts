import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** Gives each test of the file an empty directory, whose path the function returns. */
export function temporaryDirectory(): () => string {
  let path = '';
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'wit-ts-granted-'));
  });
  afterEach(() => rm(path, { recursive: true, force: true }));
  return () => path;
}
