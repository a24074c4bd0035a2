import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { CoreAsset } from './component-module.ts';
import { CORE_SCHEME, relativeSpecifier } from './core-specifier.ts';

/** The part of the compilers of webpack and Rspack that is used. */
export interface WebpackCompiler {
  readonly options: {
    readonly externalsPresets: { readonly node?: boolean };
    readonly output: { readonly module?: boolean };
    /** The defaults put conditions under the kinds of imports. */
    readonly resolve: { readonly byDependency?: Readonly<Record<string, Conditions>> };
  };
  readonly webpack: {
    readonly ExternalsPlugin: new (type: string, externals: RegExp) => { apply(compiler: unknown): void };
    readonly Compilation: { readonly PROCESS_ASSETS_STAGE_PRE_PROCESS: number };
    readonly sources: { readonly ReplaceSource: new (source: Source) => ReplaceSource };
  };
  readonly hooks: {
    readonly thisCompilation: { tap(name: string, callback: (compilation: Compilation) => void): void };
  };
}

interface Conditions {
  readonly conditionNames?: readonly string[];
}

interface Compilation {
  readonly hooks: {
    readonly processAssets: {
      tap(
        options: { readonly name: string; readonly stage: number },
        callback: (assets: Readonly<Record<string, Source>>) => void,
      ): void;
    };
  };
  updateAsset(name: string, source: Source): void;
}

interface Source {
  source(): string | Uint8Array;
}

interface ReplaceSource extends Source {
  replace(start: number, lastOfReplaced: number, text: string): void;
}

const NAME = 'unplugin-wit';

/** Only imports: in a build for development, the identifiers of modules contain the same text. */
const IMPORTS = /(?<=\bfrom ?")unplugin-wit:([^"]+)(?=")/gu;

/** Returns a short hash, for the name of a file. */
export function contentHash(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/**
 * Makes a file of a core module for workerd. Returns the specifier with which its component imports it, which contains
 * the whole name: a later build can take the component from webpack's cache.
 */
export function emittedCore(
  { name, content }: CoreAsset,
  emitFile: (name: string, content: Buffer) => void,
): string {
  const extension = extname(name);
  const file = `${name.slice(0, -extension.length)}-${contentHash(content)}${extension}`;
  emitFile(file, Buffer.from(content));
  return CORE_SCHEME + file;
}

/**
 * Keeps the imports of core modules in a bundle for workerd, and makes their specifiers relative to the file that each
 * is in.
 */
export function keepCoreImports(compiler: unknown): void {
  const { webpack, hooks } = compiler as WebpackCompiler;
  new webpack.ExternalsPlugin('module', new RegExp(`^${CORE_SCHEME}`, 'u')).apply(compiler);
  const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_PRE_PROCESS;
  hooks.thisCompilation.tap(NAME, (compilation) => {
    compilation.hooks.processAssets.tap({ name: NAME, stage }, (assets) => {
      for (const [file, source] of Object.entries(assets)) {
        if (!/\.[cm]?js$/u.test(file)) continue;
        const found = [...String(source.source()).matchAll(IMPORTS)];
        if (found.length === 0) continue;
        const replaced = new webpack.sources.ReplaceSource(source);
        for (const { 0: specifier, 1: target = '', index } of found)
          replaced.replace(index, index + specifier.length - 1, relativeSpecifier(file, target));
        compilation.updateAsset(file, replaced);
      }
    });
  });
}
