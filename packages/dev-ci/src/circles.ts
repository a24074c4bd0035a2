import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { sourceFiles } from '@wit-ts/dev-support/workspace';

/** Which files of a package import which others of it. Paths are relative to the package. */
interface ImportGraph {
  /** Imports that run when the importing module is loaded. */
  readonly value: ReadonlyMap<string, readonly string[]>;
  /** All imports, including imports of types and dynamic imports. */
  readonly all: ReadonlyMap<string, readonly string[]>;
}

// An import of types alone leaves nothing behind; `import { type A }` still loads the module.
const STATIC = /^(?:import|export)\b(?<type>\s+type\b)?(?:[^'";`]*?\bfrom)?\s*'(?<target>\.[^']+)'/gmu;
const LATER = /\bimport\('(?<target>\.[^']+)'\)/gu;

/** Reads the imports of a package's source files. Tests and fixtures are left out. */
export function importGraph(directory: string): ImportGraph {
  const value = new Map<string, readonly string[]>();
  const all = new Map<string, readonly string[]>();
  for (const file of sourceFiles(directory)) {
    if (/\.test(?:-d)?\.ts$/u.test(file)) continue;
    const text = readFileSync(join(directory, file), 'utf8');
    const { loaded, types } = importsIn(text);
    const resolved = (targets: readonly string[]): string[] =>
      targets
        .map((target) => posix.join(posix.dirname(file), target))
        .filter((target) => existsSync(join(directory, target)));
    value.set(file, resolved(loaded));
    all.set(file, resolved([...loaded, ...types]));
  }
  return { value, all };
}

/** Finds the relative imports in a module: those that load the other module at once, and the rest. */
export function importsIn(text: string): { readonly loaded: string[]; readonly types: string[] } {
  const loaded: string[] = [];
  const types: string[] = [];
  for (const { groups } of text.matchAll(STATIC)) {
    (groups?.['type'] === undefined ? loaded : types).push(groups?.['target'] ?? '');
  }
  for (const { groups } of text.matchAll(LATER)) types.push(groups?.['target'] ?? '');
  return { loaded, types };
}

/**
 * Finds the groups of files that import each other in a circle: the strongly connected components of the graph that
 * have more than one file, or a file that imports itself. Each group is sorted.
 */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  // Tarjan's algorithm. The depth of its recursion is at most the number of files.
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      else if (!open.includes(target)) continue;
      lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const members = open.splice(open.indexOf(file));
    if (members.length > 1 || (graph.get(file) ?? []).includes(file)) circles.push(members.toSorted());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}
