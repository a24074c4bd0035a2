import { type InputOptions, rolldown } from 'rolldown';

/**
 * Returns the modules that a program loads at once if it imports only these, without those whose code it does not use.
 * Modules that re-export others import more than is used, so only a build of such a program knows it.
 */
async function modulesAtOnce(
  entries: readonly string[],
  options: InputOptions,
): Promise<ReadonlySet<string>> {
  const build = await rolldown({ ...options, input: [...entries], logLevel: 'silent' });
  try {
    const { output } = await build.generate({ format: 'esm' });
    const chunks = output.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk] : []));
    const names = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
    // Iterating over a Set also visits the elements that are added meanwhile.
    for (const name of names)
      for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? [])
        names.add(imported);
    return new Set(
      chunks.filter(({ fileName }) => names.has(fileName)).flatMap(({ moduleIds }) => moduleIds),
    );
  } finally {
    await build.close();
  }
}

/** Modules that become one file. */
export interface FileGroup {
  readonly name: string;
  readonly includes: (id: string) => boolean;
}

/** Returns a group of the modules that a program loads at once if it imports only the entries. */
export async function groupAtOnce(
  name: string,
  entries: readonly string[],
  options: InputOptions,
): Promise<FileGroup> {
  const modules = await modulesAtOnce(entries, options);
  return { name, includes: (id) => modules.has(id) };
}
