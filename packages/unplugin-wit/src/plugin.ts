import type { UnpluginContextMeta, UnpluginOptions } from 'unplugin';
import { esbuildSetup } from './esbuild-plugin.ts';
import { checkPluginOptions, type WitPluginOptions } from './options.ts';
import { rollupHooks, rollupLike } from './rollup-like.ts';
import { ViteAssets, viteHooks } from './vite-server.ts';
import { webpackLike } from './webpack-like.ts';
import { WitModules } from './wit-modules.ts';

const name = 'unplugin-wit';

/** Makes the plugin for a bundler, as unplugin asks for it. */
export function witPlugin(options: WitPluginOptions | undefined, meta: UnpluginContextMeta): UnpluginOptions {
  checkPluginOptions(options ?? {});
  const modules = new WitModules(options ?? {});
  const { framework } = meta;
  if (framework === 'vite') {
    const assets = new ViteAssets();
    return {
      name,
      enforce: 'pre',
      ...rollupLike(modules, framework, assets),
      vite: viteHooks(modules, assets),
    };
  }
  if (framework === 'esbuild') return { name, esbuild: { setup: (build) => esbuildSetup(modules, build) } };
  if (framework === 'webpack' || framework === 'rspack') return { name, ...webpackLike(modules) };
  return {
    name,
    ...rollupLike(modules, framework),
    rollup: rollupHooks,
    rolldown: rollupHooks,
  };
}
