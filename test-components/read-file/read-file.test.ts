import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../running/run-program.ts';
import { temporaryDirectory } from '../running/temporary-directory.ts';

describe('read-file', () => {
  const program = 'read-file/built/rust.wasm';
  const directory = temporaryDirectory();

  /** The granted directory is `box`; the secret lies beside it. */
  beforeEach(async () => {
    const box = join(directory(), 'box');
    await mkdir(join(box, 'inner'), { recursive: true });
    await writeFile(join(directory(), 'secret.txt'), 'the secret');
    await writeFile(join(box, 'hello.txt'), 'Hello from the host\n');
    await writeFile(join(box, 'inner', 'deep.txt'), 'deep');
    await symlink('../secret.txt', join(box, 'out-of-the-box'));
    await symlink(join(directory(), 'secret.txt'), join(box, 'absolute'));
    await symlink('inner/deep.txt', join(box, 'inside'));
  });

  const run = (...args: string[]) => runProgram(program, { args, dirs: { '/': join(directory(), 'box') } });

  it('reads hello.txt', async () => {
    expect(await run()).toEqual({ code: 0, out: 'WASM Read: Hello from the host\n', err: '' });
  });

  it('reads each file that is named, and follows a link that stays inside', async () => {
    expect(await run('inner/deep.txt', 'inside')).toEqual({
      code: 0,
      out: 'WASM Read: deep\nWASM Read: deep\n',
      err: '',
    });
  });

  it.each(['../secret.txt', 'inner/../../secret.txt', 'out-of-the-box', 'absolute'])(
    'cannot read %s, which leaves the directory',
    async (path) => {
      const { code, out, err } = await run(path);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain(`cannot read ${path}: `);
    },
  );

  it('takes an absolute path for a path in what is granted', async () => {
    const { code, out } = await run(join(directory(), 'secret.txt'), '/hello.txt');
    expect({ code, out }).toEqual({ code: 1, out: 'WASM Read: Hello from the host\n' });
  });

  it('can read nothing without a directory', async () => {
    const { code, out, err } = await runProgram(program);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('cannot read hello.txt: ');
  });
});
