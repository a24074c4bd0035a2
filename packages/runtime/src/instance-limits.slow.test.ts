import { Random } from '@wit-ts/dev-support/random';
import { describe, expect, it } from 'vitest';
import {
  type ComponentNode,
  PAGE,
  treeBytes,
  treeFunctions,
  treeTotals,
} from './fixtures/component-trees.ts';
import { compile, instantiateSync, LinkError, Trap } from './index.ts';

const FULL = 2 ** 32 - 1;

/** Returns a random tree of components, of at most five levels. */
function randomTree(random: Random, depth = 0): ComponentNode {
  const few = (count: number, most: number): number[] =>
    Array.from({ length: random.below(count) }, () => random.below(most));
  return {
    instances: 1 + random.below(2),
    modules: few(3, 1).map(() => ({
      instances: 1 + random.below(2),
      memories: few(3, 4),
      tables: few(3, 6),
    })),
    children: depth === 4 ? [] : few(3, 1).map(() => randomTree(random, depth + 1)),
  };
}

/** What may be left of each limit, and what an instance then grows by it. */
interface Left {
  memory: number;
  table: number;
  handle: number;
}

/** Calls functions at random, and expects that each grows something as long as enough is left, and only then. */
function expectShared(random: Random, tree: ComponentNode, exports: object, left: Left): void {
  const functions = treeFunctions(tree);
  for (let call = 0; call < 30; call += 1) {
    const index = random.below(functions.length);
    const what = functions[index]!;
    const by = what === 'handle' ? 1 : random.below(4);
    const run = Reflect.get(exports, `f${index}`) as (by: number) => number;
    if (what === 'handle' && left.handle === 0) {
      expect(() => run(by)).toThrow(Trap);
      return;
    }
    const grew = run(by);
    expect([what, by, grew !== FULL]).toEqual([what, by, by <= left[what]]);
    if (grew !== FULL) left[what] -= by;
  }
}

describe('the limits of random trees of components', () => {
  it.each([22])(
    'are shared by everything in the tree, and refuse one too few, with seed %i',
    async (seed) => {
      const random = new Random(seed);
      for (let count = 0; count < 60; count += 1) {
        const tree = randomTree(random);
        const total = treeTotals(tree);
        const component = await compile(treeBytes(tree), { limits: { memoryBytes: 2 ** 30 } });
        for (const [name, most] of Object.entries(total)) {
          instantiateSync(component, {}, { limits: { [name]: most } });
          if (most === 0) continue;
          const limits = { [name]: most - 1 };
          expect(() => instantiateSync(component, {}, { limits })).toThrow(LinkError);
          expect(() => instantiateSync(component, {}, { limits })).toThrow(
            `limits.${name}: expected at most`,
          );
        }
        const left = { memory: random.below(8), table: random.below(8), handle: random.below(8) };
        const limits = {
          memoryBytes: total.memoryBytes + left.memory * PAGE + random.below(PAGE),
          tableEntries: total.tableEntries + left.table,
          handles: left.handle,
        };
        const exports = instantiateSync(component, {}, { limits });
        if (treeFunctions(tree).length > 0) expectShared(random, tree, exports, left);
      }
    },
  );
});
