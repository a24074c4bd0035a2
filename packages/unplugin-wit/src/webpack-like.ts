import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { render, WitError } from '@wit-ts/diagnostics';
import type { UnpluginBuildContext, UnpluginOptions } from 'unplugin';
import type { AssetPlacing, CoreAsset } from './component-module.ts';
import { shownError } from './report.ts';
import { requestOf } from './request.ts';
import type { WitModules } from './wit-modules.ts';

/** The part of the compilers and of the contexts of loaders in webpack and Rspack that is used. */
interface NativeContext {
  readonly compiler: { readonly options: { readonly externalsPresets?: { readonly node?: boolean } } };
  readonly loaderContext?: {
    addContextDependency(folder: string): void;
    emitError(error: Error): void;
  };
}

/** Returns the hooks for webpack and Rspack. */
export function webpackLike(modules: WitModules): Pick<UnpluginOptions, 'load' | 'loadInclude'> {
  return {
    loadInclude: (id) => requestOf(id) !== undefined,
    async load(id) {
      const request = requestOf(id);
      if (request === undefined) return null;
      const { compiler, loaderContext } = nativeContext(this);
      const placing: AssetPlacing = {
        target: compiler.options.externalsPresets?.node === true ? 'node' : 'browser',
        urlOf: (asset) => urlOf(modules.root, asset),
      };
      try {
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
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const file = join(root, 'node_modules/.cache/unplugin-wit', hash, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return `new URL(${JSON.stringify(file)}, import.meta.url)`;
}
