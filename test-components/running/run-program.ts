import { readFile } from 'node:fs/promises';
import type { Refusal } from '@wit-ts/wasi';
import { run } from '@wit-ts/wasi/run';
import { inTestComponents } from '../building/paths.ts';
import type { ProgramInput, ProgramResult } from './node-wasi.ts';

/**
 * Runs a program as `wit-ts run` does, in this process, with nothing but what is granted. `built` is a path in
 * `test-components`. Directories may be written to.
 */
export async function runProgram(
  built: string,
  { args = [], env = {}, dirs = {}, stdin = '' }: ProgramInput = {},
  onRefused?: (refusal: Refusal) => void,
): Promise<ProgramResult> {
  const chunks = { out: [] as Uint8Array[], err: [] as Uint8Array[] };
  const code = await run(await readFile(inTestComponents(built)), {
    args: ['program', ...args],
    env,
    dirs: Object.entries(dirs).map(([guest, host]) => ({ host, guest, write: true })),
    stdin,
    stdout: (chunk) => void chunks.out.push(chunk.slice()),
    stderr: (chunk) => void chunks.err.push(chunk.slice()),
    clocks: true,
    random: true,
    exit: true,
    ...(onRefused === undefined ? {} : { onRefused }),
  });
  return { code, out: Buffer.concat(chunks.out).toString(), err: Buffer.concat(chunks.err).toString() };
}
