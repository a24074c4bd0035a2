import { fileURLToPath } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';
import { SUPPORT } from './print/print-module.ts';

const ENTRY = 'wit-ts:entry';

/** Adds to a printed module what it imports from its support, and nothing else of it. */
export async function bundleModule(text: string, minify: boolean): Promise<string> {
  supportText ??= bundled(fileURLToPath(import.meta.resolve(SUPPORT)), () => false, [], false);
  const texts = new Map([
    [ENTRY, text],
    [SUPPORT, await supportText],
  ]);
  return bundled(
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
}

/** The support as one text. Reading its many files costs much more than a module. */
let supportText: Promise<string> | undefined;

/** @param isExternal whether an import stays an import */
async function bundled(
  input: string,
  isExternal: (id: string) => boolean,
  plugins: Plugin[],
  minify: boolean,
): Promise<string> {
  const build = await rolldown({
    input,
    platform: 'neutral',
    external: isExternal,
    // A relative specifier is relative to the module that is written, and stays as it is.
    makeAbsoluteExternalsRelative: false,
    logLevel: 'silent',
    resolve: { conditionNames: ['@wit-ts/source', 'import', 'default'] },
    treeshake: { moduleSideEffects: false },
    plugins,
  });
  try {
    const { output } = await build.generate({
      format: 'esm',
      minify,
      comments: { annotation: true, jsdoc: false, legal: true },
    });
    return output[0].code;
  } finally {
    await build.close();
  }
}
