import { describe, it } from 'vitest';
import { checkMemoryIsLikeDisk } from '../../fixtures/file-law.ts';

describe('a directory in memory', () => {
  it('does what a directory on a disk does, in 400 random programs', { timeout: 300_000 }, () => {
    checkMemoryIsLikeDisk(400);
  });
});
