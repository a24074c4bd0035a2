import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { componentWorld, decode } from '@wit-ts/component';
import { transpile } from '@wit-ts/transpile';
import type { DeclaredModule } from './declarations.ts';
import type { WitPluginOptions } from './options.ts';
import type { WitRequest } from './request.ts';

/** A core module of a component, which becomes a file of the bundle. */
export interface CoreAsset {
  /** `app.core.wasm` */
  readonly name: string;
  readonly content: Uint8Array;
}

/** How a bundler places core modules. */
export interface AssetPlacing {
  readonly target: 'node' | 'browser' | 'worker';
  /** Returns an expression of the asset's `URL`; absent if core modules have to be in the text. */
  readonly urlOf?: (asset: CoreAsset) => string | Promise<string>;
}

/** The static module of a component. */
interface ComponentModule {
  readonly code: string;
  readonly declared: readonly DeclaredModule[];
}

/** Makes the static module of a component. @throws DecodeError when the file is not one */
export async function componentModule(
  { file, query }: WitRequest,
  { inlineBelow, suspend, eager, mapping, target, map = {} }: WitPluginOptions,
  root: string,
  placing: AssetPlacing,
): Promise<ComponentModule> {
  const name = moduleName(file);
  const { urlOf } = placing;
  const bytes = await readFile(file);
  const files = await transpile(bytes, {
    name,
    target: target ?? placing.target,
    map: mapFor(bytes, map, root),
    ...(suspend === undefined ? {} : { suspend }),
    ...(eager === undefined ? {} : { eager }),
    mapping,
    ...(urlOf === undefined ? { inlineBelow: Infinity } : inlineBelow === undefined ? {} : { inlineBelow }),
  });
  let code = '';
  const declarations: { path: string; content: string }[] = [];
  const urls = new Map<string, string>();
  for (const { path, content } of files) {
    if (typeof content !== 'string') urls.set(path, (await urlOf?.({ name: path, content })) ?? '');
    else if (path === `${name}.js`) code = content;
    else declarations.push({ path, content });
  }
  return { code: withUrls(code, urls), declared: [{ query, files: declarations }] };
}

/** Returns the entries of a map for all components that concern this one. Relative modules become absolute ones. */
function mapFor(
  bytes: Uint8Array,
  map: Readonly<Record<string, string>>,
  root: string,
): Readonly<Record<string, string>> {
  const entries = Object.entries(map);
  if (entries.length === 0) return {};
  const { world } = componentWorld(decode(bytes));
  const names = new Set([...world.imports.keys()].flatMap((name) => [name, name.replace(/@.*$/u, '')]));
  return Object.fromEntries(
    entries
      .filter(([pattern]) => pattern.includes('*') || names.has(pattern))
      .map(([pattern, module]) => [pattern, /^\.\.?\//u.test(module) ? join(root, module) : module]),
  );
}

/** Replaces the addresses of the core modules. They are in the module as bundlers understand them. */
function withUrls(code: string, urls: ReadonlyMap<string, string>): string {
  const replaced = new Set<string>();
  const text = code.replaceAll(/new URL\("\.\/([^"]+)", import\.meta\.url\)/gu, (whole, name: string) => {
    const url = urls.get(name);
    if (url === undefined) return whole;
    replaced.add(name);
    return url;
  });
  const missing = [...urls.keys()].filter((name) => !replaced.has(name));
  if (missing.length > 0) throw new Error(`the static module does not mention ${missing.join(', ')}`);
  return text;
}

/** Returns the file's name without its extension, with nothing that is special in an address. */
function moduleName(file: string): string {
  const name = basename(file, '.wasm')
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
  return name === '' ? 'component' : name.slice(0, 80);
}
