import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peersInstalled } from '@wit-ts/dev-peers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface ProcessResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const host = fileURLToPath(new URL('./host.ts', import.meta.url));
const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';
let directory = '';

/** Runs the command in a new process, because the shim writes to the streams of its process. */
async function run(runtime: 'wit-ts' | 'jco', ...args: readonly string[]): Promise<ProcessResult> {
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

describe.skipIf(absent)(`a WASI command with preview2-shim${why}`, () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'wit-ts-wasi-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('can use everything that it is granted, and nothing else', async () => {
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
        'the command returned',
        '',
      ].join('\n'),
      err: 'this is an error\n',
    });
  });

  it.each([[[]], [['one', 'Größe 🌍']], [['fail']]])(
    'behaves under wit-ts as under jco with the arguments %j',
    async (args) => {
      expect(await run('wit-ts', ...args)).toEqual(await run('jco', ...args));
    },
  );
});
