import { expect, it, vi } from 'vitest';
import { compile } from './component.ts';
import { built } from './fixtures/components.ts';
import { instantiate } from './instantiate.ts';

function noDynamicImports(): never {
  throw new TypeError('this platform has no dynamic imports');
}

vi.mock('@wit-ts/abi/reference', noDynamicImports);
vi.mock('./tasks/index.ts', noDynamicImports);
vi.mock('./mapping/mapped-component.ts', noDynamicImports);
vi.mock('./suspend/index.ts', noDynamicImports);

const message =
  'a part of the runtime cannot be loaded: serve all files of the bundle, or bundle the program into one file';

it('says what to do if the reference engine cannot be loaded', async () => {
  await expect(compile(await built('direct'), { engine: 'reference' })).rejects.toThrow(message);
});

it('says what to do if the code for tasks cannot be loaded', async () => {
  await expect(compile(await built('tasks'))).rejects.toThrow(message);
});

it('says what to do if the code of an option cannot be loaded', async () => {
  const component = await compile(await built('direct'));
  await expect(instantiate(component, {}, { mapping: { casing: 'wit' } })).rejects.toThrow(message);
  await expect(instantiate(component, {}, { suspend: true })).rejects.toThrow(message);
});
