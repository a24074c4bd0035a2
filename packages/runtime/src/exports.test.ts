import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import { compile, DecodeError, instantiateSync, LinkError } from './index.ts';

const preamble = [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0];
const INSTANCE = 5;

/**
 * Returns a component of `depth` nested instances. Each instance but the first exports the one before it `times` times,
 * and the last one is exported as `x`.
 */
function nested(depth: number, times: number): Uint8Array<ArrayBuffer> {
  const names = Array.from({ length: times }, (_, index) => 0x61 + index);
  const instances = Array.from({ length: depth }, (_, index) => [
    INSTANCE,
    (index === 0 ? 0 : times * (4 + size(index - 1))) + 3,
    1,
    1,
    ...(index === 0 ? [0] : [times, ...names.flatMap((name) => [0, 1, name, INSTANCE, ...leb(index - 1)])]),
  ]);
  const exported = [0, 1, 0x78, INSTANCE, ...leb(depth - 1), 0];
  return Uint8Array.from([...preamble, ...instances.flat(), 11, exported.length + 1, 1, ...exported]);
}

const leb = (index: number): number[] => (index < 0x80 ? [index] : [(index & 0x7f) | 0x80, index >> 7]);
const size = (index: number): number => leb(index).length;

describe('exported instances within instances', () => {
  it('are created once, even if several instances export them', async () => {
    // There would be 2^60 instances if each export created its own.
    let at = instantiateSync(await compile(nested(60, 2)))['x'];
    for (let depth = 1; depth < 60; depth += 1) {
      expect(at.a).toBe(at.b);
      at = at.a;
    }
    expect(at).toEqual({});
  });

  it('are refused when they nest too deeply', async () => {
    await expect(compile(nested(300, 1))).rejects.toThrow(DecodeError);
    await expect(compile(nested(300, 1))).rejects.toThrow(/more than 100 levels deep/u);
  });
});

describe('names that differ in WIT but not in JavaScript', async () => {
  interface Clashes {
    a1(): number;
    a1$1(): number;
    readonly B1: (new () => { c1(): number; c1$1(): number }) & { prototype$1(): number };
    readonly B1$1: new () => Disposable;
  }
  const component = await compile(await built('names/clashes'));

  it('are numbered in their order, for imports and exports', () => {
    const asked = { a1: () => 1, a1$1: () => 2 };
    const { clashes } = instantiateSync<{ readonly clashes: Clashes }>(component, {
      'example:names/asked': asked,
    });
    expect([clashes.a1(), clashes.a1$1()]).toEqual([1, 2]);
    const { B1, B1$1 } = clashes;
    const b = new B1();
    expect([b.c1(), b.c1$1(), B1.prototype$1()]).toEqual([10, 11, 12]);
    expect(new B1$1()).toBeInstanceOf(B1$1);
    expect(new B1$1()).not.toBeInstanceOf(B1);
  });

  it('are reported one by one when they are missing, and may be given as WIT writes them', () => {
    const asked = { a1: () => 1 };
    const error = thrown(() => instantiateSync(component, { 'example:names/asked': asked })) as LinkError;
    expect(error).toBeInstanceOf(LinkError);
    expect(error.problems.map(({ path }) => path)).toEqual([['example:names/asked', 'a1']]);
    const literal = { 'a-1': () => 7, a1$1: () => 2 };
    const { clashes } = instantiateSync<{ readonly clashes: Clashes }>(component, {
      'example:names/asked': literal,
    });
    expect([clashes.a1(), clashes.a1$1()]).toEqual([7, 2]);
  });
});
