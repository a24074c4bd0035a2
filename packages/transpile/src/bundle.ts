import { fileURLToPath } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';
import { inFunction } from './in-function.ts';
import { SUPPORT } from './print/print-module.ts';

const ENTRY = 'wit-ts:entry';

/** Adds to a printed module what it imports from its support, and nothing else of it. */
export async function bundleModule(text: string, minify: boolean, support = SUPPORT): Promise<string> {
  let supportText = supportTexts.get(support);
  if (supportText === undefined) {
    supportText = bundled(fileURLToPath(import.meta.resolve(support)), () => false, [], false);
    supportTexts.set(support, supportText);
  }
  const texts = new Map([
    [ENTRY, text],
    [support, await supportText],
  ]);
  const code = await bundled(
    ENTRY,
    (id) => !texts.has(id),
    [
      {
        name: 'static-module',
        resolveId: (id) => (texts.has(id) ? id : null),
        load: (id) => texts.get(id),
      },
    ],
    minify,
  );
  return inFunction(code);
}

/** What a worker imports of the host of WASI. */
export const HOST = '@wit-ts/wasi/deployed';

/**
 * Bundles the entry of a worker, the modules of its component, and the host of WASI. All of them use one copy of the
 * runtime: the host throws its errors, and asks it which call is made.
 *
 * @param entry the text of the entry
 * @param modules the texts of the modules that it imports, by their specifiers
 * @param files the specifiers of files beside the worker, which stay imports
 */
export async function bundleWorker(
  entry: string,
  modules: ReadonlyMap<string, string>,
  files: ReadonlySet<string>,
  minify: boolean,
): Promise<string> {
  const support = fileURLToPath(import.meta.resolve(SUPPORT));
  const known = new Map([
    [SUPPORT, support],
    ['@wit-ts/runtime', support],
    [HOST, fileURLToPath(import.meta.resolve(HOST))],
  ]);
  const texts = new Map([...modules, [ENTRY, entry]]);
  return bundled(
    ENTRY,
    (id) => files.has(id),
    [
      {
        name: 'worker',
        resolveId: (id) => (texts.has(id) ? id : (known.get(id) ?? null)),
        load: (id) => texts.get(id),
      },
    ],
    minify,
    ['workerd'],
  );
}

/** Each support as one text, by its name. Reading its many files costs much more than a module. */
const supportTexts = new Map<string, Promise<string>>();

/**
 * @param isExternal whether an import stays an import
 * @param conditions of the packages of a worker, which is one file. The support is not bundled as one file: what it
 *   imports dynamically would be wrapped in functions, which a bundler cannot leave out of a module
 */
async function bundled(
  input: string,
  isExternal: (id: string) => boolean,
  plugins: Plugin[],
  minify: boolean,
  conditions?: readonly string[],
): Promise<string> {
  const build = await rolldown({
    input,
    platform: 'neutral',
    external: isExternal,
    // A relative specifier is relative to the module that is written, and stays as it is.
    makeAbsoluteExternalsRelative: false,
    logLevel: 'silent',
    resolve: { conditionNames: ['@wit-ts/source', ...(conditions ?? []), 'import', 'default'] },
    treeshake: { moduleSideEffects: false },
    // Comments with the paths of this machine would differ between machines.
    experimental: { attachDebugInfo: 'none' },
    plugins,
  });
  try {
    const { output } = await build.generate({
      format: 'esm',
      ...(conditions !== undefined && { codeSplitting: false }),
      minify,
      comments: { annotation: true, jsdoc: false, legal: true },
    });
    return output[0].code;
  } finally {
    await build.close();
  }
}
