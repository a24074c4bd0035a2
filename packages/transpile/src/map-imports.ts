import { camelCase } from '@wit-ts/mapping';
import type { PlanImport } from '@wit-ts/plan';

/** An import of a component that its static module imports from another module. */
export interface MappedImport {
  /** The name of the interface, or of the function or type of the world. */
  readonly name: string;
  readonly specifier: string;
  /** The export of the module; absent for the module itself. */
  readonly exported?: string;
}

/**
 * Finds the module for each import that a map covers.
 *
 * @throws TypeError when an entry is not one, or names an import that the component does not have
 */
export function mapImports(
  imports: readonly PlanImport[],
  map: Readonly<Record<string, string>>,
): readonly MappedImport[] {
  const entries = Object.entries(map).map(([pattern, target]) => entryOf(pattern, target));
  const isOfWorld = new Map(imports.map(({ path }) => [path[0] ?? '', path.length === 1]));
  for (const { pattern, matches } of entries)
    if (!pattern.includes('*') && ![...isOfWorld.keys()].some((name) => matches(name) !== undefined))
      throw new TypeError(
        `\`map\`: the component does not import \`${pattern}\`; it imports ${listed([...isOfWorld.keys()])}`,
      );
  const components = new Set(
    imports.flatMap(({ path, item }) => (path.length === 1 && item.tag === 'component' ? path : [])),
  );
  for (const { pattern, matches } of entries)
    if (!pattern.includes('*') && [...components].some((name) => matches(name) !== undefined))
      throw new TypeError(
        `\`map\`: \`${pattern}\` is a component, which no module can export: give its bytes as \`components\` (\`--component\`)`,
      );
  return [...isOfWorld].flatMap(([name, isItem]): readonly MappedImport[] => {
    // Only the static module itself can compile it, and it imports the mapped modules before it runs.
    if (components.has(name)) return [];
    for (const { matches, target } of entries) {
      const parts = matches(name);
      if (parts === undefined) continue;
      let used = 0;
      // Each star of the target stands for one of the pattern, the last one for all that follow.
      const filled = target.replaceAll('*', () => parts[Math.min(used++, parts.length - 1)] ?? '');
      const at = filled.indexOf('#');
      if (at >= 0)
        return [{ name, specifier: filled.slice(0, at), exported: camelCase(filled.slice(at + 1)) }];
      return [{ name, specifier: filled, ...(isItem ? { exported: camelCase(name) } : {}) }];
    }
    return [];
  });
}

interface MapEntry {
  readonly pattern: string;
  readonly target: string;
  /** Returns what the stars of the pattern stand for in a name; `undefined` if the name does not fit. */
  matches(name: string): readonly string[] | undefined;
}

function entryOf(pattern: string, target: string): MapEntry {
  if (typeof target !== 'string' || target === '' || target.startsWith('#') || pattern === '')
    throw new TypeError(
      `\`map\`: ${JSON.stringify(pattern)} needs the specifier of a module, such as './processor.js'`,
    );
  const stars = pattern.split('*').length - 1;
  if (stars > 4) throw new TypeError(`\`map\`: ${JSON.stringify(pattern)} has more than four stars`);
  if (stars === 0 && target.includes('*'))
    throw new TypeError(
      `\`map\`: ${JSON.stringify(target)} has a star that stands for nothing in \`${pattern}\``,
    );
  const versions = pattern.includes('@') ? '' : '(?:@.*)?';
  const text = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
  const expression = new RegExp(`^${text.join('([^@]*?)')}${versions}$`, 'u');
  return { pattern, target, matches: (name) => expression.exec(name)?.slice(1) };
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const shown = names.slice(0, 8).map((name) => `\`${name}\``);
  return `${shown.join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`;
}

/** Returns true if a host has to give something although a map covers these imports. */
export function needsHost(imports: readonly PlanImport[], mapped: readonly MappedImport[]): boolean {
  const names = new Set(mapped.map(({ name }) => name));
  return imports.some(
    ({ path, item }) =>
      !names.has(path[0] ?? '') && !['resource', 'resource-alias', 'instance'].includes(item.tag),
  );
}
