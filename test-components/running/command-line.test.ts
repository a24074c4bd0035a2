import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';
import { witTs } from './command-line.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const directory = temporaryDirectory();

/** Each program as users run it: with the flags that its README names, and without. */
describe('wit-ts run', () => {
  it('greets the world in hello-env, and a name that is granted', async () => {
    const program = 'hello-env/built/rust.wasm';
    expect(await witTs(['run', program])).toEqual({ code: 0, out: 'Hello, World!\n', err: '' });
    expect((await witTs(['run', '--env', 'NAME=Ada', program])).out).toBe('Hello, Ada!\n');
    expect((await witTs(['run', '--env', 'NAME', program])).out).toBe('Hello, the environment!\n');
  }, 60_000);

  it('denies hello-write its file, and says which flag would grant it', async () => {
    const program = 'hello-write/built/rust.wasm';
    const denied = await witTs(['run', program]);
    expect(denied).toMatchObject({ code: 1, out: '' });
    expect(denied.err).toMatch(/permission denied: cannot write output\.txt: /u);
    expect(denied.err).toMatch(/output\.txt`; no directory grants it; `--dir \S+` would/u);
    const readOnly = await witTs(['run', '--dir', `${directory()}::/:ro`, program]);
    expect(readOnly).toMatchObject({ code: 1, out: '' });
    const done = await witTs(['run', '--dir', `${directory()}::/`, program]);
    expect(done).toEqual({ code: 0, out: 'done: wrote output.txt\n', err: '' });
    expect(await readFile(join(directory(), 'output.txt'), 'utf8')).toBe('Hello from WebAssembly!\n');
  }, 60_000);

  it('keeps read-file in its directory', async () => {
    const program = 'read-file/built/rust.wasm';
    const box = join(directory(), 'box');
    await mkdir(box);
    await writeFile(join(box, 'hello.txt'), 'Hello\n');
    await writeFile(join(directory(), 'secret.txt'), 'the secret');
    await symlink('../secret.txt', join(box, 'link'));
    const grant = ['run', '--dir', `${box}::/`, program];
    expect(await witTs(grant)).toEqual({ code: 0, out: 'WASM Read: Hello\n', err: '' });
    for (const path of ['../secret.txt', join(directory(), 'secret.txt'), 'link']) {
      const { code, out, err } = await witTs([...grant, '--', path]);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain(`cannot read ${path}: `);
    }
  }, 60_000);

  it('shows everything that is granted in sandbox-tour', async () => {
    await writeFile(join(directory(), 'input.txt'), 'sand\n');
    const flags = ['--dir', `${directory()}::/data`, '--env', 'MODE=tour'];
    const { code, out, err } = await witTs(
      ['run', ...flags, 'sandbox-tour/built/rust.wasm', '--', 'one', '--two'],
      'a line\n',
    );
    expect({ code, err }).toEqual({ code: 0, err: 'stderr: this line\n' });
    expect(out.split('\n')).toEqual([
      'stdout: this line',
      'stdin: 1 lines, 7 bytes',
      'arguments: 2',
      '  1: one',
      '  2: --two',
      'environment: 1',
      '  MODE=tour',
      'read /data/input.txt: sand',
      'wrote /data/output.txt: SAND',
      '',
    ]);
  }, 60_000);

  it('pipes a log through log-analyzer', async () => {
    const log = await readFile(inTestComponents('log-analyzer/sample/log.ndjson'), 'utf8');
    const report = await readFile(inTestComponents('log-analyzer/sample/report.txt'), 'utf8');
    expect(await witTs(['run', 'log-analyzer/built/rust.wasm'], log)).toEqual({
      code: 0,
      out: report,
      err: '',
    });
  }, 60_000);

  it('waits for a hundred naps at once in sleepers', async () => {
    const { code, out, err } = await witTs(['run', 'sleepers/built/c.wasm']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^100 naps, 100 at once; 5050 ms one after another, \d+ ms together\n$/u);
  }, 60_000);
});
