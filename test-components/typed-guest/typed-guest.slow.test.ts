import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { generate } from '@wit-ts/bindgen';
import { peersInstalled } from '@wit-ts/dev-peers';
import { compileStrictly } from '@wit-ts/dev-support/compile-strictly';
import { compile, ComponentError, instantiate as instantiateComponent } from '@wit-ts/runtime';
import { resolveOrThrow } from '@wit-ts/wit';
import { beforeAll, describe, expect, it } from 'vitest';
import { componentizeGuest } from '../building/javascript-guest.ts';
import { inTestComponents } from '../building/paths.ts';

const witPath = inTestComponents('typed-guest/wit/world.wit');
const source = await readFile(inTestComponents('typed-guest/guest/guest.ts'), 'utf8');

/** The errors of a compiler in the guest and its generated declarations. */
async function typeErrors(guest: string): Promise<string[]> {
  const { resolve } = resolveOrThrow(await readFile(witPath, 'utf8'));
  const files = await generate(resolve, 'typed-guest', { side: 'guest', asyncExports: ['count'] });
  const generated = files.map(({ path, content }) => ({ path: `generated/${path}`, content }));
  const errors = await compileStrictly([{ path: 'guest.ts', content: guest }, ...generated], {
    target: 'es2022',
    lib: ['es2022'],
  });
  return errors.map(({ message }) => message);
}

describe('the types of the guest', () => {
  it('accept it', async () => {
    expect(await typeErrors(source)).toEqual([]);
  });

  it('refuse a call without an argument, and a promise of another value', async () => {
    const wrong = source
      .replace('new Counter(0);', 'new Counter();')
      .replace('sum.add(0)', 'String(sum.add(0))');
    expect(await typeErrors(wrong)).toEqual([
      expect.stringContaining('TS2322'),
      expect.stringContaining('TS2554'),
    ]);
  });
});

interface Guest {
  count(text: string): number;
}

const why = peersInstalled() ? '' : ' (skipped: packages/dev-peers/tools is not installed)';

describe.skipIf(!peersInstalled())(`the guest as a component${why}`, () => {
  let instantiate: () => Promise<Guest>;
  const notes: string[] = [];

  class Counter {
    static disposed = 0;
    #value: number;

    constructor(start: number) {
      this.#value = start;
    }

    add(n: number): number {
      if (this.#value + n > 10) throw new ComponentError(`${this.#value} + ${n}`);
      this.#value += n;
      return this.#value;
    }

    static merge(a: Counter, b: Counter): Counter {
      return new Counter(a.#value + b.#value);
    }

    [Symbol.dispose](): void {
      Counter.disposed += 1;
    }
  }

  beforeAll(async () => {
    const built = await componentizeGuest({
      name: 'typed-guest',
      // `using` and the types are for TypeScript; the engine has neither.
      source: withoutUsing(stripTypeScriptTypes(source)),
      witPath,
      worldName: 'typed-guest',
    });
    if (built.tag === 'unavailable') throw new Error(built.reason);
    const component = await compile(built.bytes);
    instantiate = () =>
      instantiateComponent<Guest>(component, { Counter, note: (text: string) => void notes.push(text) });
  }, 300_000);

  it('resolves the promise of an asynchronous export, and uses the class of the world', async () => {
    const { count } = await instantiate();
    expect(count('one two  three')).toBe(3);
    expect(notes.splice(0)).toEqual(['counted one two  three']);
  });

  it('throws the err of its result, as a value and as a payload', async () => {
    const { count } = await instantiate();
    expect(() => count('')).toThrow(expect.objectContaining({ payload: 'no words' }));
    expect(() => count('a '.repeat(11))).toThrow(
      expect.objectContaining({ payload: 'too many words: 10 + 1' }),
    );
    // The engine makes what an import throws in another realm than that of the guest.
    expect(notes.splice(0)).toEqual(['an Error: false']);
    expect(count('again')).toBe(1);
  });

  it('traps if it throws another error', async () => {
    const { count } = await instantiate();
    expect(() => count('fail')).toThrow('wasm trap: unreachable');
  });
});

function withoutUsing(text: string): string {
  return text.replaceAll(/\busing (\w+) =/gu, 'const $1 =');
}
