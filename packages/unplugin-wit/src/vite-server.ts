import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Plugin, UserConfig, ViteDevServer } from 'vite';
import type { CoreAsset } from './component-module.ts';
import type { WitRequest } from './request.ts';
import type { DevelopmentAssets } from './rollup-like.ts';
import { coreImports } from './rollup-core-imports.ts';
import { targetOfConditions } from './target-of-conditions.ts';
import type { WitModules } from './wit-modules.ts';

const PREFIX = '@unplugin-wit/';

/** Serves core modules from memory while Vite serves a page. */
export class ViteAssets implements DevelopmentAssets {
  readonly #assets = new Map<string, Uint8Array>();
  #base = '/';

  /** The hash in the address makes a browser load a module again after a change. */
  urlOf({ file }: WitRequest, { name, content }: CoreAsset): string {
    const hash = createHash('sha256').update(file).update(content).digest('hex').slice(0, 16);
    const path = `${PREFIX}${hash}/${encodeURIComponent(name)}`;
    this.#assets.set(path, content);
    // Without the comment, Vite would look for a file of this name.
    return `new URL(/* @vite-ignore */ ${JSON.stringify(this.#base + path)}, import.meta.url)`;
  }

  set base(base: string) {
    this.#base = base.startsWith('/') ? base : '/';
  }

  serve(server: ViteDevServer): void {
    server.middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const content = pathname.startsWith(this.#base + PREFIX)
        ? this.#assets.get(pathname.slice(this.#base.length))
        : undefined;
      if (content === undefined) return next();
      response.setHeader('content-type', 'application/wasm');
      response.setHeader('cache-control', 'max-age=31536000,immutable');
      response.end(content);
    });
  }
}

/** Returns Vite's own hooks. */
export function viteHooks(modules: WitModules, assets: ViteAssets): Plugin {
  const { target } = modules.options;
  const isForWorkerd = (conditions: readonly string[] | undefined): boolean =>
    (target ?? targetOfConditions(conditions)) === 'workerd';
  return {
    ...coreImports,
    name: 'unplugin-wit',
    config: ({ ssr }): UserConfig => ({
      // A page finds the runtime only when it has loaded the first world, and Vite would then load the page again.
      optimizeDeps: { exclude: ['@wit-ts/runtime'] },
      // Vite leaves the files of assets to a page. For workerd they have to be beside the bundle.
      ...(isForWorkerd(ssr?.resolve?.conditions) && { build: { ssrEmitAssets: true } }),
    }),
    configEnvironment: (_, { resolve }) =>
      isForWorkerd(resolve?.conditions) ? { build: { emitAssets: true } } : null,
    configResolved(config) {
      assets.base = config.base;
      if (modules.options.root === undefined) modules.root = config.root;
    },
    configureServer: (server) => assets.serve(server),
    hotUpdate({ file, modules: changed }) {
      const others = [...this.environment.moduleGraph.idToModuleMap.values()].filter(
        ({ id }) => id !== null && modules.dependsOn(id, [file, dirname(file)]),
      );
      return others.length === 0 ? undefined : [...new Set([...changed, ...others])];
    },
  };
}
