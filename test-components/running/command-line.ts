import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inTestComponents } from '../building/paths.ts';
import type { ProgramResult } from './node-wasi.ts';

const commandLine = inTestComponents('../packages/cli/src/bin.ts');

/** Runs `wit-ts` from its source as a process, in `test-components`. */
export async function witTs(args: readonly string[], stdin = ''): Promise<ProgramResult> {
  const child = spawn(process.execPath, ['--conditions=@wit-ts/source', commandLine, ...args], {
    cwd: inTestComponents('.'),
    env: { ...process.env, NO_COLOR: '1', NAME: 'the environment' },
  });
  const ended = new Promise<number>((done) => child.on('close', (code) => done(code ?? -1)));
  child.stdin.end(stdin);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}
