import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ProgramInput,
  type ProgramResult,
  runWithNodeWasi,
} from '../../../../test-components/running/node-wasi.ts';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { makeSystem } from '../system/make-system.ts';
import { runPreview1 } from './run-preview1.ts';

const folder = temporaryDirectory();
const testComponents = new URL('../../../../test-components/', import.meta.url);

/** Runs a program with grants that are the input that `node:wasi` gets. */
async function runWithGrants(
  built: string,
  { args = [], env = {}, dirs = {}, stdin }: ProgramInput,
): Promise<ProgramResult> {
  const [out, err]: [Uint8Array[], Uint8Array[]] = [[], []];
  const system = makeSystem({
    args: ['program', ...args],
    env,
    dirs: Object.entries(dirs).map(([guest, host]) => ({ guest, host, write: true })),
    ...(stdin !== undefined && { stdin }),
    stdout: (chunk) => void out.push(chunk),
    stderr: (chunk) => void err.push(chunk),
    exit: true,
    random: true,
  });
  try {
    const code = await runPreview1(new Uint8Array(await readFile(new URL(built, testComponents))), system);
    const [outText, errText] = [out, err].map((chunks) => Buffer.concat(chunks).toString());
    return { code, out: outText!, err: errText! };
  } finally {
    system.close();
  }
}

describe('programs of preview 1 do what they do with node:wasi', () => {
  it.each<readonly [string, ProgramInput]>([
    ['hello-env', {}],
    ['hello-env', { env: { NAME: 'Grüße' } }],
    ['hello-write', {}],
    ['sandbox-tour', {}],
    ['log-analyzer', { stdin: '{"level":"info","service":"a","duration_ms":1}\nnot JSON\n' }],
  ])('%s %o', async (name, input) => {
    const built = `${name}/built/rust.wasm`;
    expect(await runWithGrants(built, input)).toEqual(await runWithNodeWasi(built, input));
  });

  it('hello-write, with a directory', async () => {
    const built = 'hello-write/built/rust.wasm';
    const dirs = { '.': folder() };
    expect(await runWithNodeWasi(built, { dirs })).toMatchObject({ code: 0 });
    const written = await readFile(join(folder(), 'output.txt'), 'utf8');
    await writeFile(join(folder(), 'output.txt'), '');
    expect(await runWithGrants(built, { dirs: { '/': folder() } })).toMatchObject({ code: 0 });
    expect(await readFile(join(folder(), 'output.txt'), 'utf8')).toBe(written);
  });

  it('read-file, which leaves its directory with neither', async () => {
    const box = join(folder(), 'box');
    await mkdir(box);
    await writeFile(join(folder(), 'secret.txt'), 'the secret');
    await writeFile(join(box, 'hello.txt'), 'Hello\n');
    await symlink('hello.txt', join(box, 'inside'));
    await symlink('../secret.txt', join(box, 'outside'));
    const built = 'read-file/built/rust.wasm';
    const dirs = { '/': box };
    for (const args of [[], ['inside'], ['outside'], ['../secret.txt'], ['missing']]) {
      const [ours, node] = [
        await runWithGrants(built, { args, dirs }),
        await runWithNodeWasi(built, { args, dirs }),
      ];
      // The two hosts have different error numbers for paths that lead outside.
      expect([ours.code, ours.out]).toEqual([node.code, node.out]);
      expect(ours.out).not.toContain('secret');
    }
  });

  it('sandbox-tour and log-analyzer, with everything that they ask for', async () => {
    await writeFile(join(folder(), 'input.txt'), 'grüße aus dem Sand\n');
    const tour = { args: ['a', ''], env: { MODE: 'x' }, dirs: { '/data': folder() }, stdin: 'one\ntwo\n' };
    const built = 'sandbox-tour/built/rust.wasm';
    expect(await runWithGrants(built, tour)).toEqual(await runWithNodeWasi(built, tour));
    expect(await readFile(join(folder(), 'output.txt'), 'utf8')).toBe('GRÜSSE AUS DEM SAND\n');

    const sample = new URL('log-analyzer/sample/', testComponents);
    const log = await readFile(new URL('log.ndjson', sample));
    const { out } = await runWithGrants('log-analyzer/built/rust.wasm', { stdin: new Uint8Array(log) });
    expect(out).toBe(await readFile(new URL('report.txt', sample), 'utf8'));
  });
});
