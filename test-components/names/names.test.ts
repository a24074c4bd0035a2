import { readFile } from 'node:fs/promises';
import { generate } from '@wit-ts/bindgen';
import { componentWorld, decode } from '@wit-ts/component';
import { instantiate } from '@wit-ts/runtime';
import { expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';

const bytes = await readFile(inTestComponents('names/built/wat.wasm'));
const names = ['then$1', 'toString', 'constructor', 'hasOwnProperty'];

it('exports each function as an own property, without a `then` that `await` would call', async () => {
  const exports = await instantiate(bytes);
  expect(Object.keys(exports).toSorted()).toEqual(names.toSorted());
  expect(
    Object.keys(exports)
      .map((name) => exports[name]() as number)
      .toSorted(),
  ).toEqual([0, 1, 2, 3]);
  expect(exports['then$1']()).toBe(0);
});

it('declares the functions under the names that the runtime uses', async () => {
  const { resolve, world } = componentWorld(decode(bytes));
  const [file] = await generate(resolve, world);
  for (const name of names)
    expect(file?.content).toMatch(new RegExp(`^  "?${name.replace('$', '\\$')}"?\\(\\): number;`, 'mu'));
});
