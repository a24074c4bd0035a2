import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { peer, peerPath } from '@wit-ts/dev-peers';
import type { Recipe } from '../recipes.ts';
import { compilerArguments, compilerFor, isCompiled } from './command-lines.ts';
import { inTestComponents } from './paths.ts';

/** A built component, or the reason why it cannot be built on this machine. */
export type Compiled =
  | { readonly tag: 'built'; readonly bytes: Uint8Array; readonly compiler: string }
  | { readonly tag: 'unavailable'; readonly reason: string };

/**
 * Returns the version line of the compiler that would build a recipe on this machine, or the reason why there is none.
 */
export function compilerOf(recipe: Recipe): { version: string } | { reason: string } {
  if (!isCompiled(recipe)) return { version: wasmTools };
  const found = compilerFor(recipe.language);
  return found.tag === 'found' ? { version: found.version } : { reason: found.reason };
}

/** Builds a component or a program. Throws an Error with the compiler's output when the source has errors. */
export async function compile(recipe: Recipe): Promise<Compiled> {
  const compiler = compilerOf(recipe);
  if ('reason' in compiler) return { tag: 'unavailable', reason: compiler.reason };
  const core = await compileCore(recipe);
  const bytes = await componentOf(recipe, core);
  return { tag: 'built', bytes, compiler: compiler.version };
}

/** The version of the assembler, which the lockfile of `packages/dev-peers/tools` determines. */
const wasmTools = 'wasm-tools of jco-transpile 0.15.0';

/**
 * The adapters that turn a program for WASI preview 1, which wasi-libc and Rust's standard library target, into a
 * component of WASI 0.2: one with a `main` function, and one whose exports are called.
 */
const adapters: Readonly<Partial<Record<Recipe['language'], string>>> = {
  'wasi-command': '@bytecodealliance/jco/lib/wasi_snapshot_preview1.command.wasm',
  'c-reactor': '@bytecodealliance/jco/lib/wasi_snapshot_preview1.reactor.wasm',
  'rust-reactor': '@bytecodealliance/jco/lib/wasi_snapshot_preview1.reactor.wasm',
};

/** Returns what is committed: the module itself if it is a program of preview 1, otherwise a component. */
async function componentOf(recipe: Recipe, core: Uint8Array | undefined): Promise<Uint8Array> {
  if (core !== undefined && (recipe.language === 'component' || recipe.language.endsWith('-wasip1')))
    return core;
  const tools = await peer('wasm-tools');
  const adapter = adapters[recipe.language];
  const adapterModules: [string, Uint8Array][] =
    adapter === undefined ? [] : [['wasi_snapshot_preview1', await readFile(peerPath(adapter))]];
  if (core !== undefined && recipe.wit === undefined) return tools.componentNew(core, adapterModules);
  const embedded = await tools.componentEmbed({
    ...(core === undefined ? { dummy: true } : { binary: core }),
    ...(recipe.wit === undefined ? {} : { witSource: await readFile(inTestComponents(recipe.wit), 'utf8') }),
    ...(recipe.world === undefined ? {} : { world: recipe.world }),
    stringEncoding: 'utf8',
  });
  return tools.componentNew(embedded, adapterModules);
}

/** Returns the core module; for the language `component` the whole component; for `dummy` nothing. */
async function compileCore(recipe: Recipe): Promise<Uint8Array | undefined> {
  if (recipe.source === undefined) return undefined;
  if (!isCompiled(recipe)) {
    return (await peer('wasm-tools')).parse(await readFile(inTestComponents(recipe.source), 'utf8'));
  }
  const found = compilerFor(recipe.language);
  if (found.tag === 'absent') throw new Error(found.reason);
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-guest-'));
  try {
    const output = join(directory, 'guest.wasm');
    await run(found.command, compilerArguments(recipe, found.target, output));
    return await readFile(output);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const run = promisify(execFile);
