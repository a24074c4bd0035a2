import { expect, it, vi } from 'vitest';
import { built } from './fixtures/components.ts';
import { instantiate } from './instantiate.ts';
import { LinkError } from './link-error.ts';

vi.mock('./rare-parts.ts', () => {
  throw new TypeError('this platform has no dynamic imports');
});

it('instantiate names the wrong imports when the texts of its errors cannot be loaded', async () => {
  const bytes = await built('edge-handler');
  const error: unknown = await instantiate(bytes, {}).catch((thrown: unknown) => thrown);
  if (!(error instanceof LinkError)) throw error;
  expect(error.problems.length).toBeGreaterThan(0);
  for (const { expected, given } of error.problems) expect([expected, given]).toEqual(['func', 'undefined']);
});
