import type { Component, Unexpressed, UnwritableName } from '@wit-ts/component';
import { hasErrors, type Diagnostic, type Span } from '@wit-ts/diagnostics';
import type { Package, Resolve, World } from '@wit-ts/model';
import type { WitCache } from '@wit-ts/wit/node';
import type { LoadOptions } from '@wit-ts/wit/node';
import { closeSync, fstatSync, readSync } from 'node:fs';
import path from 'node:path';
import { EXIT, fileFailure, Findings, inputFailure, type ExitCode } from './failure.ts';
import { openRegularFile, readGivenFile } from './regular-file.ts';
import type { CommandContext, WitOptions } from './command-context.ts';
import { COMPONENT_HELP, EXAMINED_BYTES, startText, wrongFile } from './wrong-file.ts';

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
  readonly unwritable: readonly UnwritableName[];
}

export type Input = WitInput | ComponentInput;

/**
 * Reads a path: WIT in a file or directory, a component, a WIT package in wasm form, or one of them from standard
 * input. The content decides which it is, not the file's name.
 *
 * @param shown what is printed for findings that are not errors
 * @throws Failure if it cannot be read; Findings if it has errors
 */
export async function readInput(
  context: CommandContext,
  given: string,
  options: WitOptions,
  shown: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[] = (same) => same,
): Promise<Input> {
  const source = await sourceOf(context, given);
  if (source.tag === 'wasm') return readWasm(source.bytes, given);
  const wit = await readWitSource(source, options);
  context.diagnostics(shown(wit.diagnostics));
  return wit;
}

type InputSource =
  | { readonly tag: 'wasm'; readonly bytes: Uint8Array }
  | { readonly tag: 'text'; readonly text: string }
  | { readonly tag: 'file'; readonly path: string };

/** Finds out what a path is. Reads binaries and standard input; the loader of WIT reads files of WIT. */
export async function sourceOf(context: CommandContext, given: string): Promise<InputSource> {
  if (given === '-') {
    const bytes = await context.io.stdin();
    if (isWasm(bytes)) return { tag: 'wasm', bytes };
    refuseWrongFile(bytes, given);
    return { tag: 'text', text: textOf(bytes) };
  }
  const file = path.resolve(context.io.cwd, given);
  const start = startOf(file, given);
  if (start !== undefined && isWasm(start)) return { tag: 'wasm', bytes: read(file, given) };
  if (start !== undefined) refuseWrongFile(start, given);
  // Messages show the path as the user wrote it, which works only relative to the process's directory.
  return { tag: 'file', path: context.io.cwd === process.cwd() ? given : file };
}

/** @throws Findings if the WIT has errors */
export async function readWitSource(
  source: Exclude<InputSource, { tag: 'wasm' }>,
  options: WitOptions,
): Promise<WitInput> {
  const { load, loadText } = await import('@wit-ts/wit/node');
  const cache = await cacheOf(options);
  const loaded =
    source.tag === 'text'
      ? await loadText('<stdin>', source.text, witOptions(options))
      : await load(source.path, { ...witOptions(options), cache });
  if (hasErrors(loaded.diagnostics)) throw new Findings(loaded.diagnostics, exitCodeOf(loaded.diagnostics));
  const { resolve, package: main, diagnostics, spanOf } = loaded;
  if (main === undefined)
    throw inputFailure(`found no WIT in ${source.tag === 'text' ? 'standard input' : `\`${source.path}\``}`);
  return { tag: 'wit', resolve, package: main, diagnostics, spanOf };
}

/** The codes of `load` for files that cannot be read at all. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'unreadable',
  'empty-directory',
  'invalid-utf8',
  'invalid-binary',
  'unsupported-binary',
]);

/** An input that cannot be read goes before mistakes in it, which may follow from that. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  return diagnostics.some(({ code }) => UNREADABLE.has(code)) ? EXIT.input : EXIT.checkFailed;
}

/** Reads the package of a WIT path, or the package that the world of a component belongs to. */
export async function readWit(
  context: CommandContext,
  given: string,
  options: WitOptions,
): Promise<WitInput> {
  const input = await readInput(context, given, options);
  if (input.tag === 'wit') return input;
  return { tag: 'wit', resolve: input.resolve, package: input.world.package!, diagnostics: [] };
}

/** Reads a binary, without decoding it. @throws Failure if it is something else */
export async function readBinary(context: CommandContext, given: string): Promise<Uint8Array> {
  const bytes = given === '-' ? await context.io.stdin() : read(path.resolve(context.io.cwd, given), given);
  if (!isWasm(bytes)) {
    refuseWrongFile(bytes, given);
    throw inputFailure(`${displayName(given)} is not a component: ${startText(bytes)}`, COMPONENT_HELP);
  }
  return bytes;
}

/** @throws Failure if it is not a component */
export async function readComponent(context: CommandContext, given: string): Promise<ComponentInput> {
  const input = await readWasm(await readBinary(context, given), given);
  if (input.tag === 'component') return input;
  throw inputFailure(`${displayName(given)} is not a component but a WIT package in wasm form`);
}

/** @throws Failure that names the file, if the binary is malformed */
async function readWasm(bytes: Uint8Array, given: string): Promise<Input> {
  const { componentWorld, decode, decodeWitPackage, isWitPackage } = await import('@wit-ts/component');
  try {
    const component = decode(bytes);
    if (isWitPackage(component)) return { tag: 'wit', ...decodeWitPackage(component), diagnostics: [] };
    return { tag: 'component', bytes, component, ...componentWorld(component) };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DecodeError') throw error;
    throw inputFailure(`cannot read ${displayName(given)}: ${error.message}`);
  }
}

/** What was read under the same options: a watcher reads again and again, and most of it has not changed. */
const caches = new WeakMap<WitOptions, WitCache>();

async function cacheOf(options: WitOptions): Promise<WitCache> {
  let cache = caches.get(options);
  if (cache === undefined) {
    const { WitCache } = await import('@wit-ts/wit/node');
    cache = new WitCache();
    caches.set(options, cache);
  }
  return cache;
}

function witOptions({ features, allFeatures, referenceDocs }: WitOptions): LoadOptions {
  return {
    ...(referenceDocs === undefined ? {} : { referenceDocs }),
    ...(features === undefined ? {} : { features }),
    ...(allFeatures === undefined ? {} : { allFeatures }),
    recognize: wrongFile,
    async decode(bytes) {
      const { decode, decodeWitPackage } = await import('@wit-ts/component');
      return decodeWitPackage(decode(bytes));
    },
  };
}

export function read(file: string, given: string): Uint8Array {
  try {
    return readGivenFile(file, given);
  } catch (error) {
    throw fileFailure('read', given, error);
  }
}

/** The beginning of a file; `undefined` for a directory. */
function startOf(file: string, given: string): Uint8Array | undefined {
  try {
    const descriptor = openRegularFile(file, given);
    try {
      if (fstatSync(descriptor).isDirectory()) return undefined;
      const start = Buffer.alloc(EXAMINED_BYTES);
      return start.subarray(0, readSync(descriptor, start, 0, EXAMINED_BYTES, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fileFailure('read', given, error);
  }
}

/**
 * Refuses what is neither a WebAssembly binary nor WIT, so that it is not reported as WIT with mistakes.
 *
 * @throws Failure that says what it is
 */
export function refuseWrongFile(start: Uint8Array, given: string): void {
  const wrong = wrongFile(start);
  if (wrong !== undefined)
    throw inputFailure(`${displayName(given)} is not a component or WIT: it is ${wrong.what}`, wrong.help);
  if (given.endsWith('.wasm') && !isWasm(start))
    throw inputFailure(`${displayName(given)} is not a component: ${startText(start)}`, COMPONENT_HELP);
}

export function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

/** @throws Failure if the bytes are not UTF-8 */
export function textOf(bytes: Uint8Array, name = 'standard input'): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw inputFailure(`${name} is neither a component nor UTF-8 text`);
  }
}

/** A path in messages: in backquotes as the user wrote it, or `standard input`. */
export function displayName(given: string): string {
  return given === '-' ? 'standard input' : `\`${given}\``;
}
