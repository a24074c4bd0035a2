import { join } from 'node:path';
import type { Manifest, WorkspacePackage } from '@wit-ts/dev-support/workspace';

/** A published module. */
interface EntryModule {
  /** Its path in `dist`, without the extension. */
  readonly name: string;
  /** The path of its source, relative to the package. */
  readonly source: string;
}

/**
 * Lists the modules that a package publishes: the exports that have a source, the commands, and the modules behind a
 * name that starts with `#`, which differ between platforms.
 *
 * Throws a TypeError when one of them is not a module in `dist`.
 */
export function entriesOf(manifest: Pick<Manifest, 'exports' | 'imports' | 'bin'>): readonly EntryModule[] {
  const published = [
    ...Object.values(manifest.exports ?? {}).flatMap((conditions) =>
      typeof conditions === 'object' && conditions !== null && '@wit-ts/source' in conditions
        ? [(conditions as { readonly default?: unknown }).default]
        : [],
    ),
    ...Object.values(manifest.imports ?? {}).flatMap((conditions) =>
      Object.entries(conditions)
        .filter(([name]) => name !== '@wit-ts/source')
        .map(([, built]) => (built as { readonly default?: unknown }).default),
    ),
    ...Object.values(manifest.bin ?? {}),
  ];
  const names = published.map((file) => {
    const name = typeof file === 'string' ? /^\.\/dist\/(.+)\.js$/u.exec(file)?.[1] : undefined;
    if (name === undefined) throw new TypeError(`${String(file)} is not a module in ./dist`);
    return name;
  });
  return [...new Set(names)].map((name) => ({ name, source: `src/${name}.ts` }));
}

/**
 * Lists the modules of workers that packages publish, by their names in `dist`. A package that joins them needs its
 * own: the code that starts a worker looks for them beside itself.
 */
export function workersOf(
  joined: readonly WorkspacePackage[],
): readonly (readonly [name: string, path: string])[] {
  return joined.flatMap(({ directory, manifest }) =>
    entriesOf(manifest)
      .filter(({ name }) => name.endsWith('-worker'))
      .map(({ name, source }) => [name, join(directory, source)] as const),
  );
}

/**
 * Tells whether an import stays an import. Relative and absolute paths are the package's own files. Names that start
 * with `#` are files of the package, too, but the platform decides which.
 */
export function isExternal(id: string, joins: readonly string[]): boolean {
  if (/^(?:[./\\]|[A-Za-z]:)/u.test(id)) return false;
  return !joins.some((name) => id === name || id.startsWith(`${name}/`));
}
