import { readFile } from 'node:fs/promises';
import { generate } from '@wit-ts/bindgen';
import { componentWorld, decode } from '@wit-ts/component';
import { compile, instantiate } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';

interface Thenable {
  then$1(): number;
}
interface Things extends Thenable {
  readonly Thing: new () => Thenable;
  readonly Maker: Thenable;
  make(): Promise<Thenable>;
}
interface ThenableGuest {
  readonly things: Things;
  ask(): Promise<number>;
}

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

describe('a component with functions called `then`', async () => {
  const thenable = await readFile(inTestComponents('names/built/thenable.wasm'));
  class Ticket {
    then$1(): number {
      return 7;
    }
  }
  const host = { 'test:names/host': { Ticket, buy: async () => new Ticket() } };

  it.each(['compile', 'reference'] as const)(
    'has no object that a promise waits for (%s)',
    async (engine) => {
      const { things, ask } = await instantiate<ThenableGuest>(await compile(thenable, { engine }), host);
      const passedOn = await Promise.resolve(things);
      expect(passedOn.then$1()).toBe(5);
      const Maker = await Promise.resolve(passedOn.Maker);
      expect(Maker.then$1()).toBe(4);
      const thing = await passedOn.make();
      expect(thing).toBeInstanceOf(passedOn.Thing);
      expect(thing.then$1()).toBe(3);
      expect(await ask()).toBe(7);
    },
  );

  it('is declared for hosts under the names that the runtime uses', async () => {
    const { resolve, world } = componentWorld(decode(thenable));
    const text = (await generate(resolve, world)).map(({ content }) => content).join('\n');
    expect(text.match(/\bthen\S*\(\): number;/gu)).toEqual(
      Array.from({ length: 4 }, () => 'then$1(): number;'),
    );
  });

  it('is declared for guests under the names of WIT', async () => {
    const { resolve, world } = componentWorld(decode(thenable));
    const text = (await generate(resolve, world, { side: 'guest' })).map(({ content }) => content).join('\n');
    expect(text).toMatch(/\bthen\(\): number;/u);
    expect(text).not.toContain('then$1');
  });
});
