import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peersInstalled } from '@wit-ts/dev-peers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const host = fileURLToPath(new URL('./host.ts', import.meta.url));
const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';
let directory = '';

/** A run in a process of its own, because the shim writes to the streams of the process. */
async function run(runtime: 'wit-ts' | 'jco', ...args: readonly string[]): Promise<Ended> {
  const data = join(directory, 'data');
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  await writeFile(join(data, 'hello.txt'), 'hello from the host');
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--conditions=@wit-ts/source', host, runtime, directory, ...args]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.once('error', fail);
    child.once('close', (code) => done({ code, out, err }));
    child.stdin.end('line one\nline two\n');
  });
}

describe.skipIf(absent)(`a command of WASI under preview2-shim${why}`, () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'wit-ts-wasi-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('finds what it is granted, and nothing else', async () => {
    expect(await run('wit-ts', 'one', 'zwei')).toEqual({
      code: 0,
      out: [
        'argument 0: guest',
        'argument 1: one',
        'argument 2: zwei',
        'GREETING: Grüße',
        'input: line one',
        'input: line two',
        '/data/hello.txt: 19 bytes',
        '/data/hello.txt: hello from the host',
        '/data/none.txt: No such file or directory',
        '/elsewhere.txt: Capabilities insufficient',
        '/data/written.txt: 20 bytes',
        '/data/written.txt: Grüße aus dem Gast',
        '/data/written.txt: No such file or directory',
        '/data/inner/a',
        '/data/inner/b',
        '/data/none: No such file or directory',
        'random: yes, clock: forward, year: present',
        'it returned',
        '',
      ].join('\n'),
      err: 'this is an error\n',
    });
  });

  it.each([[[]], [['one', 'Größe 🌍']], [['fail']]])('does as it does under jco: %j', async (args) => {
    expect(await run('wit-ts', ...args)).toEqual(await run('jco', ...args));
  });
});
