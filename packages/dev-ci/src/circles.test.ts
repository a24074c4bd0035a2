import { workspacePackages } from '@wit-ts/dev-support/workspace';
import { describe, expect, it } from 'vitest';
import { circlesIn, importGraph, importsIn } from './circles.ts';

/** Circles of imports that load modules, and why each one stays. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  [
    '@wit-ts/component: src/elaborate/evaluate.ts, src/elaborate/extern-entity.ts',
    'the type of an instance is a list of declarations, and a declaration has the type of an extern',
  ],
]);

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

  it('finds none in a graph without circles', () => {
    expect(circlesIn(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', []]]))).toEqual([]); // prettier-ignore
  });
});

describe('importsIn', () => {
  it('tells imports that load a module from imports of types and from later ones', () => {
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
  (name, directory) => {
    it('has no circle of imports that load modules, but for the known ones', () => {
      const circles = circlesIn(importGraph(directory).value).map((files) => `${name}: ${files.join(', ')}`);
      expect(circles).toEqual([...KNOWN.keys()].filter((circle) => circle.startsWith(`${name}: `)));
    });
  },
);
