import { dirname } from 'node:path';
import { WitError, type Diagnostic } from '@wit-ts/diagnostics';
import type { CoreAsset } from './component-module.ts';
import { CORE_SCHEME } from './core-specifier.ts';
import { needsModules, shownError } from './report.ts';
import { requestOf } from './request.ts';
import { targetOfConditions } from './target-of-conditions.ts';
import type { WitModules } from './wit-modules.ts';

/** The part of esbuild's interface for plugins that is used. */
interface EsbuildBuild {
  readonly initialOptions: {
    readonly format?: string;
    readonly platform?: string;
    readonly conditions?: readonly string[];
  };
  onResolve(
    options: { readonly filter: RegExp },
    callback: (args: { readonly path: string }) => { readonly path: string; readonly namespace: string },
  ): void;
  onLoad(
    options: { readonly filter: RegExp; readonly namespace: string },
    callback: (args: { readonly path: string; readonly suffix: string }) => EsbuildLoaded,
  ): void;
}

type EsbuildLoaded =
  | Promise<EsbuildModule | undefined>
  | { readonly contents: Uint8Array; readonly loader: 'file' | 'copy' }
  | undefined;

interface EsbuildModule {
  readonly contents?: string;
  readonly loader?: 'js';
  readonly resolveDir?: string;
  readonly watchFiles: readonly string[];
  readonly watchDirs: readonly string[];
  readonly errors?: readonly EsbuildMessage[];
  readonly warnings: readonly EsbuildMessage[];
}

interface EsbuildMessage {
  readonly text: string;
  readonly location?: EsbuildLocation | null;
  readonly notes?: readonly Omit<EsbuildMessage, 'notes'>[];
}

interface EsbuildLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly lineText: string;
}

/** The namespace of core modules: they have no files until esbuild writes them. */
const CORE = 'unplugin-wit';

// esbuild's expressions are those of Go, which have no flag `u`.
const CORE_IMPORT = new RegExp(`^${CORE_SCHEME}`);
const ANY = new RegExp('.');
const WIT_OR_WASM = new RegExp('\\.(?:wit|wasm)$');

/** Adds the plugin to a build of esbuild, which shows several errors with notes, and watches folders. */
export function esbuildSetup(modules: WitModules, build: EsbuildBuild): void {
  const { format, platform, conditions } = build.initialOptions;
  // Only ES modules know their own address, and import WebAssembly.
  const isModule = format === 'esm' || (format === undefined && platform === 'neutral');
  const target =
    modules.options.target ?? targetOfConditions(conditions) ?? (platform === 'node' ? 'node' : 'browser');
  const assets = new Map<string, Uint8Array>();
  build.onResolve({ filter: CORE_IMPORT }, ({ path }) => ({
    path: path.slice(CORE_SCHEME.length),
    namespace: CORE,
  }));
  build.onLoad({ filter: ANY, namespace: CORE }, ({ path }) => ({
    contents: assets.get(path) ?? new Uint8Array(),
    // `copy` keeps the import, and changes its specifier to that of the file beside the bundle.
    loader: target === 'workerd' ? 'copy' : 'file',
  }));
  build.onLoad({ filter: WIT_OR_WASM, namespace: 'file' }, async ({ path, suffix }) => {
    const request = requestOf(path + suffix);
    if (request === undefined) return undefined;
    const watchFiles = [path];
    const watchDirs: string[] = [];
    const warnings: EsbuildMessage[] = [];
    const imports: string[] = [];
    const specifierOf = ({ name, content }: CoreAsset): string => {
      const asset = `${path}/${name}`;
      assets.set(asset, content);
      return CORE_SCHEME + asset;
    };
    const urlOf = (asset: CoreAsset): string => {
      const local = `coreModule${imports.length}`;
      imports.push(`import ${local} from ${JSON.stringify(specifierOf(asset))};\n`);
      return `new URL(${local}, import.meta.url)`;
    };
    try {
      if (target === 'workerd' && !isModule) throw new TypeError(needsModules("`format: 'esm'`"));
      const code = await modules.load(request, {
        placing: target === 'workerd' ? { target, specifierOf } : isModule ? { target, urlOf } : { target },
        watch: (file) => void watchFiles.push(file),
        watchFolder: (folder) => void watchDirs.push(folder),
        warn: (text) => void warnings.push({ text }),
      });
      const contents = imports.join('') + code;
      return { contents, loader: 'js', resolveDir: dirname(path), watchFiles, watchDirs, warnings };
    } catch (error) {
      const shown = shownError(error, request);
      if (shown === undefined) throw error;
      const errors = error instanceof WitError ? error.diagnostics.map(messageOf) : [{ text: shown.message }];
      return { errors, watchFiles, watchDirs, warnings };
    }
  });
}

function messageOf({ code, message, span, related = [], help }: Diagnostic): EsbuildMessage {
  const notes = related.map((each) => ({ text: each.message, location: locationOf(each.span) }));
  return {
    text: `[${code}] ${message}`,
    ...(span === undefined ? {} : { location: locationOf(span) }),
    notes: help === undefined ? notes : [...notes, { text: help, location: null }],
  };
}

/** esbuild counts columns in bytes. */
function locationOf({ file, start, end }: NonNullable<Diagnostic['span']>): EsbuildLocation {
  const { line, column } = file.position(start);
  const lineText = file.line(line);
  const length = Buffer.byteLength(file.text.slice(start, end).split('\n', 1)[0] ?? '');
  return {
    file: file.path,
    line,
    column: Buffer.byteLength(lineText.slice(0, column - 1)),
    length,
    lineText,
  };
}
