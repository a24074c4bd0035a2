import type { InstantiateOptions } from '@wit-ts/runtime';
import { openSystem } from '../calls/open-system.ts';
import type { Grants } from '../grants.ts';
import { flushed } from '../system/flushed.ts';
import { type ProgramSource, readProgram } from './program-source.ts';

/**
 * The options of `run`. `limits` bound every kind of program: its memories, its tables, and how much work it may do.
 * The others concern components only, as do the limits of what components alone have.
 */
export type RunOptions = Pick<InstantiateOptions, 'limits' | 'trace' | 'onError' | 'engine'>;

/**
 * Runs a program with nothing but what is granted, and returns its exit code: a core module of WASI preview 1, or a
 * component that exports `wasi:cli/run` of WASI 0.2 or 0.3. A program that returns the error of `run` has the exit code
 * 1. The promise is resolved after everything that it wrote to its standard outputs has left.
 *
 * A program that waits blocks the thread if everything that is granted can; otherwise it is suspended (JSPI), which
 * needs an engine that can do so.
 *
 * @throws TypeError when the grants or the limits are not in their form, or the source is not a program
 * @throws DecodeError or WebAssembly.CompileError when it is malformed
 * @throws LinkError when it imports something besides WASI, or exceeds its limits from the start
 * @throws Trap when it traps or runs out of fuel
 */
export async function run(
  source: ProgramSource,
  grants: Grants = {},
  options: RunOptions = {},
): Promise<number> {
  const program = await readProgram(source, options.limits);
  const system = await openSystem(grants);
  try {
    const code =
      program.tag === 'core-module'
        ? await (await import('../preview1/run-preview1.ts')).runPreview1(program.module, system, options)
        : await (await import('./run-component.ts')).runComponent(program.component, system, options);
    await flushed(system);
    return code;
  } finally {
    system.close();
  }
}
