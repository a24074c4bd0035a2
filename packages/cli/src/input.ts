import type { Component, Unexpressed } from '@wit-ts/component';
import { hasErrors, type Diagnostic, type Span } from '@wit-ts/diagnostics';
import type { Package, Resolve, World } from '@wit-ts/model';
import type { WitCache } from '@wit-ts/wit';
import type { LoadOptions } from '@wit-ts/wit/node';
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, Findings, inputFailure } from './failure.ts';
import type { WitOptions } from './program.ts';
import { selectWorld } from './select-world.ts';
import type { Session } from './session.ts';

/** WIT as text, or as a package in wasm form. */
export interface WitInput {
  readonly tag: 'wit';
  readonly resolve: Resolve;
  readonly package: Package;
  readonly diagnostics: readonly Diagnostic[];
  readonly spanOf?: (part: object) => Span | undefined;
}

export interface ComponentInput {
  readonly tag: 'component';
  readonly bytes: Uint8Array;
  readonly component: Component;
  readonly resolve: Resolve;
  readonly world: World;
  readonly unexpressed: readonly Unexpressed[];
}

export type Input = WitInput | ComponentInput;

/**
 * Reads whatever a path is: WIT in a file or directory, a component, a WIT package in wasm form, or any of them from
 * standard input. What is inside decides, not the file's name.
 *
 * @throws Failure where it cannot be read; Findings where it can and has errors
 */
export async function readInput(session: Session, given: string, options: WitOptions): Promise<Input> {
  const source = await sourceOf(session, given);
  if (source.tag === 'wasm') return readWasm(source.bytes);
  const wit = await readWitSource(source, options);
  session.diagnostics(wit.diagnostics);
  return wit;
}

export type Source =
  | { readonly tag: 'wasm'; readonly bytes: Uint8Array }
  | { readonly tag: 'text'; readonly text: string }
  | { readonly tag: 'file'; readonly path: string };

/** What a path leads to. Binaries and standard input are read; WIT in files is left to its loader. */
export async function sourceOf(session: Session, given: string): Promise<Source> {
  if (given === '-') {
    const bytes = await session.io.stdin();
    return isWasm(bytes) ? { tag: 'wasm', bytes } : { tag: 'text', text: textOf(bytes) };
  }
  const file = path.resolve(session.io.cwd, given);
  if (await isBinary(file, given)) return { tag: 'wasm', bytes: await read(file, given) };
  // Messages name it as it was given, unless that is from elsewhere.
  return { tag: 'file', path: session.io.cwd === process.cwd() ? given : file };
}

/** @throws Findings where the WIT has errors */
export async function readWitSource(
  source: Exclude<Source, { tag: 'wasm' }>,
  options: WitOptions,
): Promise<WitInput> {
  const { load, loadText } = await import('@wit-ts/wit/node');
  const cache = await cacheOf(options);
  const loaded =
    source.tag === 'text'
      ? loadText('<stdin>', source.text, witOptions(options))
      : await load(source.path, { ...witOptions(options), cache });
  if (hasErrors(loaded.diagnostics)) throw new Findings(loaded.diagnostics);
  const { resolve, package: main, diagnostics, spanOf } = loaded;
  if (main === undefined)
    throw inputFailure(`there is no WIT in ${source.tag === 'text' ? 'standard input' : source.path}`);
  return { tag: 'wit', resolve, package: main, diagnostics, spanOf };
}

/** The package that WIT is, or that the world of a component belongs to. */
export async function readWit(session: Session, given: string, options: WitOptions): Promise<WitInput> {
  const input = await readInput(session, given, options);
  if (input.tag === 'wit') return input;
  return { tag: 'wit', resolve: input.resolve, package: input.world.package!, diagnostics: [] };
}

/** The one world that is meant. */
export async function readWorld(
  session: Session,
  given: string,
  options: WitOptions,
): Promise<{ readonly resolve: Resolve; readonly world: World; readonly input: Input }> {
  const input = await readInput(session, given, options);
  if (input.tag === 'component' && options.world === undefined)
    return { resolve: input.resolve, world: input.world, input };
  const main = input.tag === 'wit' ? input.package : input.world.package!;
  return { resolve: input.resolve, world: selectWorld(input.resolve, main, options.world), input };
}

/** @throws Failure where it is no component */
export async function readComponent(session: Session, given: string): Promise<ComponentInput> {
  const bytes =
    given === '-' ? await session.io.stdin() : await read(path.resolve(session.io.cwd, given), given);
  if (!isWasm(bytes)) {
    throw inputFailure(
      `${shown(given)} is no component`,
      'a component is a binary that starts with `\\0asm`',
    );
  }
  const input = await readWasm(bytes);
  if (input.tag === 'component') return input;
  throw inputFailure(`${shown(given)} is a WIT package in wasm form, and no component`);
}

async function readWasm(bytes: Uint8Array): Promise<Input> {
  const { componentWorld, decode, decodeWitPackage, isWitPackage } = await import('@wit-ts/component');
  const component = decode(bytes);
  if (isWitPackage(component)) return { tag: 'wit', ...decodeWitPackage(component), diagnostics: [] };
  return { tag: 'component', bytes, component, ...componentWorld(component) };
}

/** What was read before under the same options: a watcher reads again and again, and most of it has not changed. */
const caches = new WeakMap<WitOptions, WitCache>();

async function cacheOf(options: WitOptions): Promise<WitCache> {
  let cache = caches.get(options);
  if (cache === undefined) {
    const { WitCache } = await import('@wit-ts/wit');
    cache = new WitCache();
    caches.set(options, cache);
  }
  return cache;
}

function witOptions({ features, allFeatures }: WitOptions): LoadOptions {
  return {
    ...(features === undefined ? {} : { features }),
    ...(allFeatures === undefined ? {} : { allFeatures }),
    async decode(bytes) {
      const { decode, decodeWitPackage } = await import('@wit-ts/component');
      return decodeWitPackage(decode(bytes));
    },
  };
}

export async function read(file: string, given: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw fileFailure('read', given, error);
  }
}

async function isBinary(file: string, given: string): Promise<boolean> {
  try {
    if ((await stat(file)).isDirectory()) return false;
    const handle = await open(file);
    try {
      const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      return isWasm(buffer);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileFailure('read', given, error);
  }
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

/** @throws Failure where the bytes are no UTF-8 */
export function textOf(bytes: Uint8Array, name = 'standard input'): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw inputFailure(`${name} is neither a component nor text in UTF-8`);
  }
}

export function shown(given: string): string {
  return given === '-' ? 'standard input' : given;
}
