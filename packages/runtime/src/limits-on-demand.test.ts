import { expect, it, vi } from 'vitest';
import { compile } from './component.ts';
import { built } from './fixtures/components.ts';
import { instantiate } from './instantiate.ts';

vi.mock('./limited-instances.ts', () => {
  throw new TypeError('this platform has no dynamic imports');
});

it('refuses limits, and says what to do, if the code of the limits cannot be loaded', async () => {
  const bytes = await built('direct');
  const options = { limits: { memoryBytes: 2 ** 20 } };
  const message = /`options\.limits`: no code is loaded on demand; use `instantiateSync`/u;
  await expect(compile(bytes, options)).rejects.toThrow(message);
  await expect(instantiate(await compile(bytes), {}, options)).rejects.toThrow(message);
  await expect(instantiate(bytes, {}, { limits: { handles: 5 } })).rejects.toThrow(message);
});
