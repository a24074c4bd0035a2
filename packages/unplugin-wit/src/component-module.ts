import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { componentWorld, decode } from '@wit-ts/component';
import { importsComponent, transpile } from '@wit-ts/transpile';
import type { DeclaredModule } from './declarations.ts';
import type { BundleTarget, WitPluginOptions } from './options.ts';
import type { WitRequest } from './request.ts';

/** A core module of a component, which becomes a file of the bundle. */
export interface CoreAsset {
  /** `app.core.wasm` */
  readonly name: string;
  readonly content: Uint8Array;
}

/** How a bundler places core modules. */
export type AssetPlacing = UrlPlacing | ImportPlacing;

/** For platforms that compile core modules: the program asks for their bytes. */
interface UrlPlacing {
  readonly target: Exclude<BundleTarget, 'workerd'>;
  /** Returns an expression of the asset's `URL`; absent if core modules have to be in the text. */
  readonly urlOf?: (asset: CoreAsset) => string | Promise<string>;
}

/** For workerd, which compiles nothing while it runs: the program imports compiled modules. */
interface ImportPlacing {
  readonly target: 'workerd';
  /** Returns the specifier with which the bundler finds the asset again. */
  readonly specifierOf: (asset: CoreAsset) => string;
}

/** The static module of a component. */
interface ComponentModule {
  readonly code: string;
  readonly declared: readonly DeclaredModule[];
}

/**
 * Makes the static module of a component.
 *
 * @param onRead receives the files of the components that are given for its imports
 * @throws DecodeError when the file is not a component, or one of those
 */
export async function componentModule(
  { file, query }: WitRequest,
  { inlineBelow, suspend, eager, mapping, map = {}, components = {} }: WitPluginOptions,
  root: string,
  placing: AssetPlacing,
  onRead: (files: readonly string[]) => void,
): Promise<ComponentModule> {
  const name = moduleName(file);
  const bytes = await readFile(file);
  const files = await transpile(bytes, {
    name,
    target: placing.target,
    map: mapFor(bytes, map, root),
    components: await componentsFor(bytes, components, root, onRead),
    ...(suspend === undefined ? {} : { suspend }),
    ...(eager === undefined ? {} : { eager }),
    mapping,
    ...(isInText(placing) ? { inlineBelow: Infinity } : inlineBelow === undefined ? {} : { inlineBelow }),
  });
  let code = '';
  const declarations: { path: string; content: string }[] = [];
  const places = new Map<string, string>();
  for (const { path, content } of files) {
    if (typeof content !== 'string') places.set(path, await placeOf(placing, { name: path, content }));
    else if (path === `${name}.js`) code = content;
    else declarations.push({ path, content });
  }
  return { code: withPlaces(code, placing, places), declared: [{ query, files: declarations }] };
}

function isInText(placing: AssetPlacing): boolean {
  return placing.target !== 'workerd' && placing.urlOf === undefined;
}

async function placeOf(placing: AssetPlacing, asset: CoreAsset): Promise<string> {
  if (placing.target === 'workerd') return JSON.stringify(placing.specifierOf(asset));
  return (await placing.urlOf?.(asset)) ?? '';
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

/** Reads the components that are given for imports of this one. */
async function componentsFor(
  bytes: Uint8Array,
  components: Readonly<Record<string, string>>,
  root: string,
  onRead: (files: readonly string[]) => void,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const entries = Object.entries(components)
    .filter(([name]) => importsComponent(bytes, name))
    .map(([name, file]) => [name, resolve(root, file)] as const);
  onRead(entries.map(([, file]) => file));
  const read = entries.map(async ([name, file]) => [name, await readFile(file)] as const);
  return Object.fromEntries(await Promise.all(read));
}

/** How a static module mentions its core modules. */
const ADDRESS = /new URL\("\.\/([^"]+)", import\.meta\.url\)/gu;
const IMPORT = /(?<=^import \w+ from )"\.\/([^"]+)"(?=;$)/gmu;

/** Replaces the addresses of the core modules, or the specifiers with which they are imported. */
function withPlaces(code: string, { target }: AssetPlacing, places: ReadonlyMap<string, string>): string {
  const replaced = new Set<string>();
  const text = code.replaceAll(target === 'workerd' ? IMPORT : ADDRESS, (whole, name: string) => {
    const place = places.get(name);
    if (place === undefined) return whole;
    replaced.add(name);
    return place;
  });
  const missing = [...places.keys()].filter((name) => !replaced.has(name));
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
