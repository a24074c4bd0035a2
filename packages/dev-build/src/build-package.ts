import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type InputOptions, type Plugin, rolldown } from 'rolldown';
import { type Manifest, workspacePackages } from '@wit-ts/dev-support/workspace';
import { asciiOnly } from './ascii-only.ts';
import { calledFunctions } from './called-functions.ts';
import { eagerFunctions } from './eager-functions.ts';
import { entriesOf, isExternal, workersOf } from './entries.ts';
import { InitialModules } from './initial-modules.ts';
import { leanFileSystem } from './lean-file-system.ts';
import { type FileGroup, groupAtOnce } from './modules-at-once.ts';
import { addPlatformTypes } from './platform-types.ts';

/** The file that contains what a package needs whenever it starts. */
const INITIAL = 'initial';

/** The file that contains what most programs load of a package at once. */
const AT_ONCE = 'at-once';

/**
 * Builds a package into its `dist`. Each export and each command becomes one module that contains the package's own
 * files, because Node takes half a millisecond to load a file. Imports of other packages stay as they are, except for
 * the packages that `package.json` lists under `joins`: their code becomes a part of this package for the same reason.
 * Everything that the first export, or what is listed under `initial`, imports statically is one file then, and so is
 * everything that the modules of a name under `together` import; what several of these need is in the first file. What
 * the modules need that are listed under `atOnce` is a file of its own, so that a page that imports only these loads
 * nothing else. An entry that is listed under `standalone` shares no file with the others: it has all of its code.
 * The functions that the script under `sample` calls are compiled when their file is loaded.
 * `tsc` writes the declarations, one file for each source; they need neither the DOM library nor `esnext.disposable`.
 *
 * Throws an Error with the compiler's messages when the types are wrong.
 */
export async function buildPackage(directory: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Manifest;
  const output = join(directory, 'dist');
  await rm(output, { recursive: true, force: true });
  writeDeclarations(directory);
  await addPlatformTypes(output);
  const { joins = [], standalone = [], sample } = manifest;
  const entries = entriesOf(manifest).map(({ name, source }) => ({
    entry: [name, join(directory, source)] as const,
    isAlone: standalone.includes(source),
  }));
  const together = entries.flatMap(({ entry, isAlone }) => (isAlone ? [] : [entry]));
  const workers =
    manifest.bin === undefined
      ? []
      : workersOf(workspacePackages().filter((each) => joins.includes(each.manifest.name)));
  const shared = [...together, ...workers];
  await bundle(directory, manifest, shared, joins.length > 0);
  if (sample !== undefined) {
    const called = await calledFunctions(join(directory, sample), output);
    await bundle(directory, manifest, shared, joins.length > 0, eagerFunctions(called));
  }
  for (const { entry } of entries.filter(({ isAlone }) => isAlone))
    if ((await bundle(directory, manifest, [entry], false)) > 1)
      throw new Error(`${entry[1]} imports parts dynamically, so it cannot be one file`);
}

/**
 * Writes entries into `dist`, and returns the number of files.
 *
 * @param joinsInitial whether what is needed at the start becomes one file
 * @param layout changes the texts of the files
 */
async function bundle(
  directory: string,
  manifest: Manifest,
  entries: readonly (readonly [name: string, path: string])[],
  joinsInitial: boolean,
  layout?: Plugin,
): Promise<number> {
  const { joins = [], initial: first = ['src/index.ts'], together = {} } = manifest;
  // A command runs in Node only, so it joins what Node would load by a name that starts with `#`.
  const isCommand = manifest.bin !== undefined;
  const own: InputOptions = {
    external: (id) => (isCommand && id.startsWith('#') ? false : isExternal(id, joins)),
    resolve: { conditionNames: ['@wit-ts/source', ...(isCommand ? ['node'] : []), 'import', 'default'] },
    platform: 'neutral',
  };
  const pathsOf = (sources: readonly string[]): string[] => sources.map((source) => join(directory, source));
  const found = Object.entries({ [INITIAL]: first, ...together }).map(([name, sources]) => ({
    name,
    modules: new InitialModules(pathsOf(sources)),
  }));
  // What several groups need is in the first file, because one of them must not load another.
  const isShared = (id: string): boolean => found.filter(({ modules }) => modules.includes(id)).length > 1;
  const groups: readonly FileGroup[] =
    manifest.atOnce === undefined
      ? found.map(({ name, modules }) => ({
          name,
          includes: (id) => modules.includes(id) || (name === INITIAL && isShared(id)),
        }))
      : await Promise.all(
          Object.entries({ [AT_ONCE]: manifest.atOnce, ...together, [INITIAL]: first }).map(
            ([name, sources]) => groupAtOnce(name, pathsOf(sources), own),
          ),
        );
  const build = await rolldown({
    input: Object.fromEntries(entries),
    ...own,
    logLevel: 'warn',
    // A module of a group is in one file with what imports it, also if it is imported dynamically elsewhere.
    checks: { ineffectiveDynamicImport: groups.length === 1 },
    plugins: [...found.map(({ modules }) => modules.plugin), layout, leanFileSystem, asciiOnly],
  });
  try {
    const { output } = await build.write({
      dir: join(directory, 'dist'),
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].js',
      // The code that a command joins finds the module of a worker beside itself.
      chunkFileNames: ({ name }) =>
        isCommand && groups.some((group) => group.name === name) ? '[name].js' : 'shared/[name].js',
      ...(joinsInitial && {
        codeSplitting: {
          groups: groups.map(({ name, includes }, index) => ({
            name,
            // The modules that are listed may be imported dynamically.
            ...(name === INITIAL && manifest.initial === undefined && { tags: ['$initial'] }),
            test: (id: string) =>
              includes(id) && !groups.slice(0, index).some((before) => before.includes(id)),
          })),
        },
      }),
      // The declarations contain the doc comments.
      comments: { annotation: true, jsdoc: false, legal: true },
    });
    return output.filter(({ type }) => type === 'chunk').length;
  } finally {
    await build.close();
  }
}

function writeDeclarations(directory: string): void {
  const options = ['-p', 'tsconfig.build.json', '--emitDeclarationOnly'];
  const { status, error, stdout } = spawnSync('tsc', options, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(
      `the declarations of ${basename(directory)} cannot be written:\n${error?.message ?? stdout}`,
    );
  }
}
