/** The parts of a `package.json` that a build reads. */
export interface Manifest {
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  /** Packages whose code becomes a part of this package's build. */
  readonly joins?: readonly string[];
}

/** A published module. */
export interface Entry {
  /** Its path in `dist`, without the extension. */
  readonly name: string;
  /** The path of its source, relative to the package. */
  readonly source: string;
}

/**
 * Lists the modules that a package publishes: the exports that have a source, and the commands.
 *
 * Throws a TypeError when one of them is not a module in `dist`.
 */
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

/** Tells whether an import stays an import. Relative and absolute paths are the package's own files. */
export function isExternal(id: string, joins: readonly string[]): boolean {
  if (/^(?:[./\\]|[A-Za-z]:)/u.test(id)) return false;
  return !joins.some((name) => id === name || id.startsWith(`${name}/`));
}
