import { DecodeError } from '@wit-ts/component/binary';
import { expect, it, vi } from 'vitest';
import { compile } from './component.ts';

vi.mock('@wit-ts/component/explained', () => {
  throw new TypeError('this platform has no dynamic imports');
});

it('throws a DecodeError for bytes that are not a component if the explanation cannot be loaded', async () => {
  const error: unknown = await compile(new TextEncoder().encode('(component)')).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DecodeError)) throw error;
  expect([error.message, error.offset]).toEqual([expect.stringContaining('not a component'), 0]);
});
