import { generate, type GeneratedFile, type GenerateOptions } from '@wit-ts/bindgen';
import { decode, decodeWitPackage } from '@wit-ts/component';
import { hasErrors, WitError, type Diagnostic } from '@wit-ts/diagnostics';
import type { World } from '@wit-ts/model';
import { selectWorld, WitCache } from '@wit-ts/wit';
import { load, type Loaded } from '@wit-ts/wit/node';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isolatedDeclaration } from 'rolldown/experimental';
import { transform } from 'rolldown/utils';
import type { DeclaredModule } from './declarations.ts';
import type { WitPluginOptions } from './options.ts';
import type { WitRequest } from './request.ts';

/** The module of a world. */
interface WorldModule {
  readonly code: string;
  /** The files and folders that were read. */
  readonly paths: readonly string[];
  readonly warnings: readonly Diagnostic[];
  /** The declarations of this world, or of all worlds of the package if the program names one. */
  readonly declared: readonly DeclaredModule[];
}

/** Reads the worlds that programs import. What did not change since the last reading is not read again. */
export class WorldReader {
  readonly #options: WitPluginOptions;
  readonly #cache = new WitCache();

  constructor(options: WitPluginOptions) {
    this.#options = options;
  }

  /**
   * Makes the module that `wit-ts gen` writes for a world, as JavaScript.
   *
   * @param read receives the files and folders that were read, also before an error
   * @throws WitError when the WIT has errors
   */
  async module(request: WitRequest, read: (paths: readonly string[]) => void): Promise<WorldModule> {
    const { features, allFeatures } = this.#options;
    const loaded = await load(packageOf(request.file), {
      cache: this.#cache,
      decode: (bytes) => decodeWitPackage(decode(bytes)),
      ...(features === undefined ? {} : { features }),
      ...(allFeatures === undefined ? {} : { allFeatures }),
    });
    read(loaded.paths);
    if (hasErrors(loaded.diagnostics) || loaded.package === undefined) throw new WitError(loaded.diagnostics);
    const { value: world, diagnostics } = selectWorld(loaded.resolve, loaded.package, request.world);
    if (world === undefined) throw new WitError(diagnostics.map(namingQuery));
    const form = formOf(this.#options);
    const text = await generate(loaded.resolve, world, form);
    const { code } = await transform('world.ts', text[0]?.content ?? '', {
      typescript: { onlyRemoveTypeImports: true },
    });
    const declared = await declaredWorlds(loaded, new Map([[world, text]]), request, form);
    return { code, paths: loaded.paths, warnings: loaded.diagnostics, declared };
  }
}

/** Returns how worlds are generated. Values beside types are in the module of the world, which is the only one. */
function formOf({ mapping, enums = 'union', variants = 'union' }: WitPluginOptions): GenerateOptions {
  const hasValues = enums !== 'union' || variants !== 'union' || mapping?.flags === 'bigint';
  return { ...mapping, enums, variants, layout: hasValues ? 'file' : 'interfaces' };
}

/**
 * Returns the folder of a file if all files of WIT in it are one package: at most one name of a package is in them. A
 * file of another package beside it shows that each file is for itself.
 */
function packageOf(file: string): string {
  const folder = dirname(file);
  const others = readdirSync(folder).filter((name) => name.endsWith('.wit'));
  if (others.length < 2) return file;
  const declared = others.map((name) => {
    const [, declaration] =
      /^\s*package\s+([^\s;{]+)\s*;/mu.exec(readFileSync(join(folder, name), 'utf8')) ?? [];
    return declaration;
  });
  return new Set(declared.filter((name) => name !== undefined)).size < 2 ? folder : file;
}

/** The help of the library names the flag of the command line. */
function namingQuery(diagnostic: Diagnostic): Diagnostic {
  const { code, help = '' } = diagnostic;
  if (code !== 'ambiguous-world' && code !== 'unknown-world') return diagnostic;
  return { ...diagnostic, help: `${help === '' ? '' : `${help}; `}name it in the import: \`?world=NAME\`` };
}

/** Declares the world, or all worlds of the package if the program names one: then others may be imported, too. */
async function declaredWorlds(
  { resolve, package: main }: Loaded,
  generated: ReadonlyMap<World, readonly GeneratedFile[]>,
  { world: named }: WitRequest,
  form: GenerateOptions,
): Promise<readonly DeclaredModule[]> {
  const worlds = new Set([
    ...generated.keys(),
    ...(named === undefined ? [] : (main?.worlds.values() ?? [])),
  ]);
  return Promise.all(
    [...worlds].map(async (world) => {
      const texts = generated.get(world) ?? (await generate(resolve, world, form));
      const files = await Promise.all(texts.map(declarationsOf));
      return { query: named === undefined ? '' : `?world=${world.name}`, files };
    }),
  );
}

async function declarationsOf({ path, content }: GeneratedFile): Promise<GeneratedFile> {
  const { code } = await isolatedDeclaration(path, content);
  const [header = ''] = content.split('\n', 1);
  return { path: path.replace(/\.ts$/u, '.d.ts'), content: `${header}\n${code}` };
}
