import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { peer, peerPath } from '@wit-ts/dev-peers';
import type { Recipe } from '../recipes.ts';
import { inTestComponents } from './paths.ts';
import { findClang, findRust } from './toolchains.ts';

/** A built component, or the reason why it cannot be built on this machine. */
export type Compiled =
  | { readonly tag: 'built'; readonly bytes: Uint8Array; readonly compiler: string }
  | { readonly tag: 'unavailable'; readonly reason: string };

/**
 * Returns the version line of the compiler that would build a recipe on this machine, or the reason why there is none.
 */
export function compilerOf(recipe: Recipe): { version: string } | { reason: string } {
  if (assembledLanguages.has(recipe.language)) return { version: wasmTools };
  const found = recipe.language === 'rust' ? findRust() : findClang();
  return found.tag === 'found' ? { version: found.version } : { reason: found.reason };
}

/** Builds a component. Throws an Error with the compiler's output when the source has errors. */
export async function compile(recipe: Recipe): Promise<Compiled> {
  const compiler = compilerOf(recipe);
  if ('reason' in compiler) return { tag: 'unavailable', reason: compiler.reason };
  const core = await compileCore(recipe);
  if (core !== undefined && recipe.language === 'component') {
    return { tag: 'built', bytes: core, compiler: compiler.version };
  }
  const tools = await peer('wasm-tools');
  if (core !== undefined && recipe.language === 'wasi-command') {
    const adapter: [string, Uint8Array] = [
      'wasi_snapshot_preview1',
      await readFile(peerPath(commandAdapter)),
    ];
    return {
      tag: 'built',
      bytes: await tools.componentNew(core, [adapter]),
      compiler: compiler.version,
    };
  }
  const embedded = await tools.componentEmbed({
    ...(core === undefined ? { dummy: true } : { binary: core }),
    ...(recipe.wit === undefined ? {} : { witSource: await readFile(inTestComponents(recipe.wit), 'utf8') }),
    ...(recipe.world === undefined ? {} : { world: recipe.world }),
    stringEncoding: 'utf8',
  });
  return { tag: 'built', bytes: await tools.componentNew(embedded), compiler: compiler.version };
}

/** The adapter that turns a program for WASI preview 1, which wasi-libc targets, into a WASI 0.2 command. */
const commandAdapter = '@bytecodealliance/jco/lib/wasi_snapshot_preview1.command.wasm';

/** The version of the assembler, which the lockfile of `packages/dev-peers/tools` determines. */
const wasmTools = 'wasm-tools of jco-transpile 0.15.0';

const assembledLanguages: ReadonlySet<Recipe['language']> = new Set(['wat', 'component', 'dummy']);

/** Returns the core module; for the language `component` the whole component; for `dummy` nothing. */
async function compileCore(recipe: Recipe): Promise<Uint8Array | undefined> {
  const source = recipe.source === undefined ? '' : inTestComponents(recipe.source);
  switch (recipe.language) {
    case 'dummy':
      return undefined;
    case 'wat':
    case 'component':
      return (await peer('wasm-tools')).parse(await readFile(source, 'utf8'));
    case 'rust':
      return compileTo((output) => [...rustCommand(), source, '-o', output]);
    case 'c':
      return compileTo((output) => [...clangCommand(library), '-o', output, source]);
    case 'wasi-command':
      return compileTo((output) => [...clangCommand(program), '-o', output, source]);
  }
}

function rustCommand(): string[] {
  const rust = findRust();
  if (rust.tag === 'absent') throw new Error(rust.reason);
  const options = ['opt-level=s', 'panic=abort', 'lto=fat', 'strip=symbols', 'link-arg=-zstack-size=16384'];
  return [
    rust.command,
    '--edition=2021',
    '--target=wasm32-unknown-unknown',
    '--crate-type=cdylib',
    '--deny=warnings',
    `--remap-path-prefix=${inTestComponents('.')}=.`,
    ...options.flatMap((option) => ['-C', option]),
  ];
}

const library = ['-nostartfiles', '-Wl,--no-entry,--strip-all,-z,stack-size=16384'];
const program = ['-D_GNU_SOURCE', '-Wl,--strip-all,-z,stack-size=16384'];

function clangCommand(linking: readonly string[]): string[] {
  const clang = findClang();
  if (clang.tag === 'absent') throw new Error(clang.reason);
  return [
    clang.command,
    '--target=wasm32-wasi',
    '-std=c17',
    '-Oz',
    '-Wall',
    '-Wextra',
    '-Werror',
    ...linking,
  ];
}

const run = promisify(execFile);

async function compileTo(commandLine: (output: string) => string[]): Promise<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-guest-'));
  try {
    const output = join(directory, 'guest.wasm');
    const [command = '', ...args] = commandLine(output);
    await run(command, args);
    return await readFile(output);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
