import type { UnpluginOptions } from 'unplugin';
import type { AssetPlacing, CoreAsset } from './component-module.ts';
import type { BundleTarget } from './options.ts';
import { shownError, type BundlerError } from './report.ts';
import { requestOf, type WitRequest } from './request.ts';
import { coreImports, coreSpecifier, type ExternalCore } from './rollup-core-imports.ts';
import { targetOfConditions } from './target-of-conditions.ts';
import type { WitModules } from './wit-modules.ts';

/** The part of a context of Rollup, Rolldown and Vite that is used. unplugin declares what all bundlers have. */
interface RollupContext {
  addWatchFile(path: string): void;
  emitFile(file: { readonly type: 'asset'; readonly name: string; readonly source: Uint8Array }): string;
  error(error: BundlerError): never;
  warn(message: string): void;
  resolve(
    id: string,
    importer: string | undefined,
    options: { readonly skipSelf: boolean },
  ): Promise<{ readonly id: string; readonly external: unknown } | null>;
  /** Vite has environments: a page, a server, a worker. */
  readonly environment?: ViteEnvironment;
}

/** The part of an environment of Vite that decides how a module is written. */
interface ViteEnvironment {
  readonly mode: string;
  readonly config: {
    readonly consumer: 'client' | 'server';
    readonly resolve: { readonly conditions: readonly string[] };
  };
}

/** Where core modules are while Vite serves a page from memory. */
export interface DevelopmentAssets {
  urlOf(request: WitRequest, asset: CoreAsset): string;
}

/** Returns the hooks for Rollup and the bundlers with its interface. @param development for Vite's server */
export function rollupLike(
  modules: WitModules,
  framework: string,
  development?: DevelopmentAssets,
): Pick<UnpluginOptions, 'load' | 'loadInclude'> {
  return {
    loadInclude: (id) => requestOf(id) !== undefined,
    async load(id) {
      const request = requestOf(id);
      if (request === undefined) return null;
      const context = this as unknown as RollupContext;
      // Rollup and Rolldown watch only the files that they read themselves.
      if (context.environment?.mode !== 'dev') context.addWatchFile(request.file);
      try {
        const code = await modules.load(request, {
          placing: placingIn(context, request, modules.options.target, development),
          watch: (path) => context.addWatchFile(path),
          warn: (message) => context.warn(message),
        });
        // Without the type, Rolldown would take the file's extension for it.
        const type = framework === 'rollup' ? {} : { moduleType: 'js' };
        return { code, map: null, moduleSideEffects: false, ...type };
      } catch (error) {
        const shown = shownError(error, request);
        if (shown === undefined) throw error;
        return context.error(shown);
      }
    },
  };
}

function placingIn(
  context: RollupContext,
  request: WitRequest,
  option: BundleTarget | undefined,
  development: DevelopmentAssets | undefined,
): AssetPlacing {
  const { environment } = context;
  const isServer = environment?.config.consumer === 'server';
  const wanted = option ?? targetOfConditions(environment?.config.resolve.conditions);
  // While Vite serves a page, it runs in Node what the page does not load.
  const isUnbundled = environment?.mode === 'dev';
  const target =
    wanted === undefined || (wanted === 'workerd' && isUnbundled) ? (isServer ? 'node' : 'browser') : wanted;
  const emit = ({ name, content }: CoreAsset): string =>
    context.emitFile({ type: 'asset', name, source: content });
  if (target === 'workerd') return { target, specifierOf: (asset) => coreSpecifier(emit(asset)) };
  // What Vite runs in Node has no assets: Vite expects a server of the page to have them.
  if (isServer) return { target };
  if (isUnbundled && development !== undefined)
    return { target, urlOf: (asset) => development.urlOf(request, asset) };
  // Vite replaces the first argument by a path without the host.
  return { target, urlOf: (asset) => `new URL(import.meta.ROLLUP_FILE_URL_${emit(asset)}, import.meta.url)` };
}

/** The hooks of Rollup and Rolldown, which look for a file whose name ends in the query. */
export const rollupHooks = {
  ...coreImports,
  async resolveId(id: string, importer: string | undefined): Promise<string | ExternalCore | null> {
    const core = coreImports.resolveId(id);
    if (core !== null) return core;
    const [, path, query] = /^(.+\.(?:wit|wasm))(\?(?:component|world=[^&#]*))$/u.exec(id) ?? [];
    if (path === undefined || query === undefined) return null;
    const context = this as unknown as RollupContext;
    const found = await context.resolve(path, importer, { skipSelf: true });
    return found === null || found.external === true ? null : found.id + query;
  },
};
