import { render } from '@wit-ts/diagnostics';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { componentModule, type AssetPlacing } from './component-module.ts';
import { writeDeclarations, type DeclaredModule } from './declarations.ts';
import type { WitPluginOptions } from './options.ts';
import type { WitRequest } from './request.ts';
import { WorldReader } from './world-module.ts';

/** What a bundler offers while a module is loaded. */
interface LoadContext {
  readonly placing: AssetPlacing;
  /** Loads the module again when a file changes besides its own. */
  watch(file: string): void;
  /** Loads the module again when there is another file in a folder. Not every bundler can. */
  watchFolder?(folder: string): void;
  warn(message: string): void;
}

/** Makes modules of worlds and components for any bundler, and writes their declarations. */
export class WitModules {
  readonly options: WitPluginOptions;
  /** The folder of the project. */
  root: string;
  readonly #worlds: WorldReader;
  /** The last writing of declarations: one after the other, because two imports may have a file in common. */
  #written: Promise<unknown> = Promise.resolve();
  /** The files and folders that a module was read from besides its own file, by that file. */
  readonly #dependencies = new Map<string, ReadonlySet<string>>();

  constructor(options: WitPluginOptions) {
    this.options = options;
    this.root = resolve(options.root ?? '.');
    this.#worlds = new WorldReader(options);
  }

  /**
   * Returns the JavaScript of a module.
   *
   * @throws WitError when WIT has errors; other errors when a component cannot be read
   */
  async load(request: WitRequest, context: LoadContext): Promise<string> {
    if (request.kind === 'component') {
      const { options, root } = this;
      const { code, declared } = await componentModule(request, options, root, context.placing, (paths) =>
        this.#read(request, paths, context),
      );
      await this.#declare(request, declared, context);
      return code;
    }
    const { code, warnings, declared } = await this.#worlds.module(request, (paths) =>
      this.#read(request, paths, context),
    );
    for (const diagnostic of warnings) context.warn(render(diagnostic));
    await this.#declare(request, declared, context);
    return code;
  }

  /** Remembers from which paths a module was read, and watches them. */
  #read(request: WitRequest, paths: readonly string[], context: LoadContext): void {
    this.#dependencies.set(request.file, new Set(paths.map((path) => resolve(path))));
    for (const path of paths) watch(path, request, context);
  }

  /** Returns whether the module with an identifier was read from one of the paths, besides its own file. */
  dependsOn(id: string, paths: readonly string[]): boolean {
    const dependencies = this.#dependencies.get(id.replace(/\?.*$/u, ''));
    return dependencies !== undefined && paths.some((path) => dependencies.has(resolve(path)));
  }

  async #declare(
    { file }: WitRequest,
    modules: readonly DeclaredModule[],
    context: LoadContext,
  ): Promise<void> {
    const writing = this.#written.then(() => writeDeclarations(file, modules, this.options, this.root));
    this.#written = writing.catch(() => undefined);
    try {
      for (const path of await writing)
        context.warn(
          `${path} is not as this plugin wrote it, so it stays as it is: delete it to have the declarations of ${file}`,
        );
    } catch (error) {
      // A program can be built in a folder that cannot be written to.
      context.warn(`the declarations of ${file} cannot be written: ${String(error)}`);
    }
  }
}

function watch(path: string, { file }: WitRequest, context: LoadContext): void {
  if (resolve(path) === resolve(file)) return;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) context.watchFolder?.(path);
  else context.watch(path);
}
