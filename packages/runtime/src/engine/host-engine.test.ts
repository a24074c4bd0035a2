import { compileHostEngine } from '@wit-ts/abi/compile/host';
import { beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => vi.resetModules());

it('loads the compile engine on demand', async () => {
  const { hostEngine } = await import('./host-engine.ts');
  expect(Object.keys((await hostEngine())())).toEqual(Object.keys(compileHostEngine()));
});

it('takes the engine that was loaded at once', async () => {
  const { hostEngine, provideHostEngine } = await import('./host-engine.ts');
  provideHostEngine(compileHostEngine);
  expect(await hostEngine()).toBe(compileHostEngine);
});

it('says what to do when the engine cannot be loaded, and that after a component is found to be faulty', async () => {
  vi.doMock('@wit-ts/abi/compile/host', () => {
    throw new TypeError('this platform has no dynamic imports');
  });
  const { compile } = await import('../component.ts');
  const component = new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
  await expect(compile(component)).rejects.toThrow(
    'a part of the runtime cannot be loaded: serve all files of the bundle, or bundle the program into one file',
  );
  await expect(compile(component.slice(0, 7))).rejects.toThrow('the input ends');
  vi.doUnmock('@wit-ts/abi/compile/host');
});
