/** What a build needs to know of a `package.json`. */
export interface Manifest {
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  /** Packages that are joined with this one. */
  readonly joins?: readonly string[];
}

/** A module that is published. */
export interface Entry {
  /** Its path in `dist`, without the ending. */
  readonly name: string;
  /** Its source, relative to the package. */
  readonly source: string;
}

/** The modules that a package offers: its exports that have a source, and its commands. */
export function entriesOf(manifest: Manifest): readonly Entry[] {
  const published = [
    ...Object.values(manifest.exports ?? {}).flatMap((conditions) =>
      typeof conditions === 'object' && conditions !== null && '@wit-ts/source' in conditions
        ? [(conditions as { readonly default?: unknown }).default]
        : [],
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

/** Whether an import is left as it is. Paths, relative or not, are the package's own files. */
export function isExternal(id: string, joins: readonly string[]): boolean {
  if (/^(?:[./\\]|[A-Za-z]:)/u.test(id)) return false;
  return !joins.some((name) => id === name || id.startsWith(`${name}/`));
}
