import { expect, it, vi } from 'vitest';
import { compile } from './component.ts';
import { built } from './fixtures/components.ts';

vi.mock('./rewritten-module.ts', () => {
  throw new TypeError('this platform has no dynamic imports');
});

it('is loaded only for limits that change core modules', async () => {
  const bytes = await built('direct');
  expect((await compile(bytes, { limits: { handles: 5 } })).limits).toEqual({ handles: 5 });
  await expect(compile(bytes, { limits: { memoryBytes: 2 ** 20 } })).rejects.toThrow(
    '`options.limits`: no code is loaded on demand; use `instantiateSync`',
  );
});
