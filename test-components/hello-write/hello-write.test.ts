import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../running/run-program.ts';
import { temporaryDirectory } from '../running/temporary-directory.ts';

describe('hello-write', () => {
  const program = 'hello-write/built/rust.wasm';
  const granted = temporaryDirectory();

  it('is denied permission without a directory', async () => {
    const { code, out, err } = await runProgram(program);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^permission denied: cannot write output\.txt: /u);
    expect(await readdir(granted())).toEqual([]);
  });

  it('writes the file into a directory that is granted', async () => {
    const result = await runProgram(program, { dirs: { '/': granted() } });
    expect(result).toEqual({ code: 0, out: 'done: wrote output.txt\n', err: '' });
    expect(await readFile(join(granted(), 'output.txt'), 'utf8')).toBe('Hello from WebAssembly!\n');
  });

  it('replaces a longer file', async () => {
    await writeFile(join(granted(), 'output.txt'), 'x'.repeat(100));
    await runProgram(program, { dirs: { '/': granted() } });
    expect(await readFile(join(granted(), 'output.txt'), 'utf8')).toBe('Hello from WebAssembly!\n');
  });

  it('does not call another error of the file system a denied permission', async () => {
    await mkdir(join(granted(), 'output.txt'));
    const { code, err } = await runProgram(program, { dirs: { '/': granted() } });
    expect(code).toBe(1);
    expect(err).toMatch(/^cannot write output\.txt: /u);
  });
});
