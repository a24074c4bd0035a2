import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A compiler with the target it builds for, or a sentence that says what to install when none was found. */
export type Toolchain =
  | { readonly tag: 'found'; readonly command: string; readonly version: string; readonly target: string }
  | { readonly tag: 'absent'; readonly reason: string };

/**
 * Finds a `rustc` that builds modules without a system: `$RUSTC`, or the one on the path, or Debian's. The one on the
 * path often lacks the target.
 */
export function findRust(): Toolchain {
  return rustFor(['wasm32-unknown-unknown']);
}

/** Finds a `rustc` that builds programs for WASI preview 1. Debian's rustc still uses the old name of the target. */
export function findRustForWasi(): Toolchain {
  return rustFor(['wasm32-wasip1', 'wasm32-wasi']);
}

function rustFor(targets: readonly [string, ...string[]]): Toolchain {
  for (const command of candidates('RUSTC', ['rustc', '/usr/bin/rustc'])) {
    const sysroot = output(command, ['--print', 'sysroot']);
    if (sysroot === undefined) continue;
    const target = targets.find((name) => existsSync(join(sysroot, 'lib/rustlib', name, 'lib')));
    const version = output(command, ['--version']);
    if (target !== undefined && version !== undefined) return { tag: 'found', command, version, target };
  }
  return {
    tag: 'absent',
    reason:
      `no installed rustc supports the target ${targets[0]}: run \`rustup target add ${targets[0]}\`, or on Debian ` +
      '`apt-get install rustc libstd-rust-dev-wasm32 lld`',
  };
}

/** Finds a `clang` that can link for `wasm32-wasi`: `$CLANG`, or the one on the path. */
export function findClang(): Toolchain {
  const target = 'wasm32-wasi';
  for (const command of candidates('CLANG', ['clang'])) {
    const library = output(command, [`--target=${target}`, '-print-file-name=libc.a']);
    const builtins = output(command, [`--target=${target}`, '-print-libgcc-file-name']);
    const version = output(command, ['--version'])?.split('\n')[0];
    if (library === undefined || builtins === undefined || version === undefined) continue;
    if (existsSync(library) && existsSync(builtins)) return { tag: 'found', command, version, target };
  }
  return {
    tag: 'absent',
    reason:
      'no installed clang can build for wasm32-wasi: on Debian, run ' +
      '`apt-get install clang lld wasi-libc libclang-rt-dev-wasm32`',
  };
}

function candidates(variable: string, otherwise: readonly string[]): readonly string[] {
  const chosen = process.env[variable];
  return chosen === undefined ? otherwise : [chosen];
}

function output(command: string, args: readonly string[]): string | undefined {
  const run = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return run.status === 0 ? run.stdout.trim() : undefined;
}
