import { referenceEngine } from '@wit-ts/abi/reference';
import { expect, it, vi } from 'vitest';
import { compile } from './component.ts';
import { built } from './fixtures/components.ts';

function noDynamicImports(): never {
  throw new TypeError('this platform has no dynamic imports');
}

vi.mock('@wit-ts/abi/compile/values', noDynamicImports);
vi.mock('./linking/linking.ts', noDynamicImports);

const message =
  'a part of the runtime cannot be loaded: serve all files of the bundle, or bundle the program into one file';

it('says what to do if the part of the engine for tasks cannot be loaded', async () => {
  await expect(compile(await built('tasks'))).rejects.toThrow(message);
});

it('says what to do if the code that links components cannot be loaded', async () => {
  // This engine is here as a whole, so that no part of another one is loaded.
  await expect(compile(await built('linking'), { engine: referenceEngine })).rejects.toThrow(message);
});
