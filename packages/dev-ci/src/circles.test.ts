import { workspacePackages } from '@wit-ts/dev-support/workspace';
import { describe, expect, it } from 'vitest';
import { circlesIn, importGraph, importsIn } from './circles.ts';

describe('circlesIn', () => {
  it('finds each group of files that import one another', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['e']],
      ['e', ['d']],
      ['f', ['f', 'a']],
      ['g', ['a', 'd']],
    ]);
    expect(circlesIn(graph).toSorted()).toEqual([['a', 'b', 'c'], ['d', 'e'], ['f']]);
  });

  it('finds no group in a graph without circles', () => {
    expect(circlesIn(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', []]]))).toEqual([]); // prettier-ignore
  });
});

describe('importsIn', () => {
  it('distinguishes imports that load a module at once from imports of types and dynamic imports', () => {
    const text = `import { a } from './a.ts';
import type { B } from './b.ts';
import { type C } from './c.ts';
import './d.ts';
export {
  e,
} from '../e.ts';
export type { F } from './f.ts';
import g from 'g';
const h = () => import('./h.ts');
`;
    expect(importsIn(text)).toEqual({
      loaded: ['./a.ts', './c.ts', './d.ts', '../e.ts'],
      types: ['./b.ts', './f.ts', './h.ts'],
    });
  });
});

describe.each(workspacePackages().map((each) => [each.manifest.name, each.directory] as const))(
  '%s',
  (_name, directory) => {
    it('has no circle of imports that load modules', () => {
      expect(circlesIn(importGraph(directory).value)).toEqual([]);
    });
  },
);
