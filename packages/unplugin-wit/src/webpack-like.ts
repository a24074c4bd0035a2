import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { render, WitError } from '@wit-ts/diagnostics';
import type { UnpluginBuildContext, UnpluginOptions } from 'unplugin';
import type { AssetPlacing, CoreAsset } from './component-module.ts';
import { needsModules, shownError } from './report.ts';
import { requestOf } from './request.ts';
import { targetOfConditions } from './target-of-conditions.ts';
import { contentHash, emittedCore, keepCoreImports, type WebpackCompiler } from './webpack-core-imports.ts';
import type { WitModules } from './wit-modules.ts';

/** The part of the compilers and of the contexts of loaders in webpack and Rspack that is used. */
interface NativeContext {
  readonly compiler: WebpackCompiler;
  readonly loaderContext?: {
    addContextDependency(folder: string): void;
    emitError(error: Error): void;
    emitFile(name: string, content: Buffer): void;
  };
}

/** Returns the hooks for webpack and Rspack. */
export function webpackLike(
  modules: WitModules,
): Pick<UnpluginOptions, 'load' | 'loadInclude' | 'webpack' | 'rspack'> {
  return {
    webpack: keepCoreImports,
    rspack: keepCoreImports,
    loadInclude: (id) => requestOf(id) !== undefined,
    async load(id) {
      const request = requestOf(id);
      if (request === undefined) return null;
      const { compiler, loaderContext } = nativeContext(this);
      const { externalsPresets, output, resolve } = compiler.options;
      const target =
        modules.options.target ??
        targetOfConditions(resolve.byDependency?.['esm']?.conditionNames) ??
        (externalsPresets.node === true ? 'node' : 'browser');
      const placing: AssetPlacing =
        target === 'workerd'
          ? {
              target,
              specifierOf: (asset) => emittedCore(asset, (...file) => loaderContext?.emitFile(...file)),
            }
          : { target, urlOf: (asset) => urlOf(modules.root, asset) };
      try {
        if (target === 'workerd' && output.module !== true)
          throw new TypeError(needsModules('`output.module` and `experiments.outputModule` to `true`'));
        return await modules.load(request, {
          placing,
          watch: (file) => this.addWatchFile(file),
          watchFolder: (folder) => loaderContext?.addContextDependency(folder),
          warn: (message) => this.warn(message),
        });
      } catch (error) {
        const shown = shownError(error, request);
        if (shown === undefined) throw error;
        if (!(error instanceof WitError)) throw withoutStack(shown.message);
        const [first, ...others] = error.diagnostics.map((each) => withoutStack(render(each)));
        for (const other of others) loaderContext?.emitError(other);
        throw first ?? withoutStack(shown.message);
      }
    },
  };
}

function nativeContext(context: UnpluginBuildContext): NativeContext {
  return context.getNativeBuildContext?.() as unknown as NativeContext;
}

/** The stack of an error in WIT would say where this package made it. */
function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}

/** webpack makes assets of files only. @returns an expression that it understands */
async function urlOf(root: string, { name, content }: CoreAsset): Promise<string> {
  const file = join(root, 'node_modules/.cache/unplugin-wit', contentHash(content), name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return `new URL(${JSON.stringify(file)}, import.meta.url)`;
}
