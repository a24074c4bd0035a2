import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { testDirectory } from './fixtures/test-directory.ts';

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url));
const WIT = 'package a:b;\ninterface i { f: func(); }\nworld w { import i; }\n';
const hasPipes = process.platform !== 'win32';

describe.runIf(hasPipes)('a named pipe in place of a file', () => {
  it.each([
    ['wit p', 'p/a.wit'],
    ['validate p', 'p/a.wit'],
    ['gen p', 'p/a.wit'],
    ['wit p', 'p/deps/d.wit'],
    ['wit p', 'p/deps/d.wasm'],
    ['wit p', 'p/deps/d/d.wit'],
    ['diff p p', 'p/a.wit'],
    ['wit x.wit', 'x.wit'],
    ['fmt x.wit', 'x.wit'],
    ['check x.wasm', 'x.wasm'],
    ['check p --wit x.wit', 'x.wit'],
    ['inspect x.wasm', 'x.wasm'],
    ['run x.wasm --invoke f()', 'x.wasm'],
    ['gen p -o out', 'out/w.ts'],
    ['gen p -o out --check', 'out/interfaces/a-b-i.ts'],
    ['fmt p', 'p/a.wit'],
    ['fmt p --check', 'p/inner/a.wit'],
    ['wit p --out-dir out', 'out/package.wit'],
    ['wit p --out-dir out --check', 'out/deps/e-e/package.wit'],
    ['wit p --out-dir out', 'p/deps/d.wit'],
  ])('makes `%s` exit with 3 if %s is one', async (command, pipe) => {
    const here = await testDirectory({ 'p/b.wit': WIT, 'p/deps/e.wit': 'package e:e;' });
    await mkdir(path.dirname(path.join(here.path, pipe)), { recursive: true });
    execFileSync('mkfifo', [path.join(here.path, pipe)]);
    const { code, err } = await here.run(command);
    expect(code).toBe(3);
    expect(err).toContain('is not a file');
    expect(err).toContain(path.basename(pipe));
  });

  it('does not keep `fmt` from the other files of a directory', async () => {
    const here = await testDirectory({ 'p/b.wit': 'package   a:b;\n' });
    execFileSync('mkfifo', [path.join(here.path, 'p/a.wit')]);
    expect(await here.run('fmt p')).toMatchObject({
      code: 3,
      err: expect.stringContaining('formatted p/b.wit'),
    });
    expect(await here.read('p/b.wit')).toBe('package a:b;\n');
  });

  it('is named as what it is if it has the name of `deps/`', async () => {
    const here = await testDirectory({ 'p/b.wit': WIT });
    execFileSync('mkfifo', [path.join(here.path, 'p/deps')]);
    expect(await here.run('wit p')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^error\[unreadable\]: cannot read `.*deps`: it is not a directory\n\n$/u),
    });
  });

  it('is refused if a link leads to it', async () => {
    const here = await testDirectory({ 'p/b.wit': WIT });
    execFileSync('mkfifo', [path.join(here.path, 'pipe')]);
    await symlink('../pipe', path.join(here.path, 'p/a.wit'));
    expect(await here.run('wit p')).toMatchObject({ code: 3, err: expect.stringContaining('is not a file') });
  });

  it('is refused, like a device without an end', async () => {
    const here = await testDirectory();
    expect(await here.run('wit /dev/zero')).toMatchObject({
      code: 3,
      err: expect.stringContaining('not a file'),
    });
  });
});

describe('links in the output directory', () => {
  const none = 'package a:b;\nworld w { export f: func(); }\n';

  it('do not make `gen` write or delete files outside of the directory', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    await here.run('gen w.wit -o out');
    await rename(path.join(here.path, 'out/interfaces'), path.join(here.path, 'victim'));
    await symlink('../victim', path.join(here.path, 'out/interfaces'));
    const before = await here.read('victim/a-b-i.ts');

    const again = await here.run('gen w.wit -o out');
    expect(again).toMatchObject({ code: 3, err: expect.stringContaining('outside the output directory') });
    await here.write({ 'w.wit': none });
    expect(await here.run('gen w.wit -o out')).toMatchObject({ code: 0 });
    expect(await readdir(path.join(here.path, 'victim'))).toEqual(['a-b-i.ts']);
    expect(await here.read('victim/a-b-i.ts')).toBe(before);
  });

  it('are found before anything is written', async () => {
    const here = await testDirectory({ 'w.wit': WIT, 'victim/mine': '' });
    await mkdir(path.join(here.path, 'out'));
    await symlink('../victim', path.join(here.path, 'out/interfaces'));
    expect(await here.run('gen w.wit -o out')).toMatchObject({ code: 3 });
    expect(await readdir(path.join(here.path, 'victim'))).toEqual(['mine']);
    expect(await readdir(path.join(here.path, 'out'))).toEqual(['interfaces']);
  });

  it('are replaced by the generated file of the same name, and what they lead to stays unchanged', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    await here.run('gen w.wit -o out');
    await rename(path.join(here.path, 'out/w.ts'), path.join(here.path, 'elsewhere.ts'));
    await symlink('../elsewhere.ts', path.join(here.path, 'out/w.ts'));
    const before = await here.read('elsewhere.ts');
    await here.write({ 'w.wit': WIT.replace('import i;', 'import i; export g: func();') });
    expect(await here.run('gen w.wit -o out')).toMatchObject({ code: 0 });
    expect(await here.read('elsewhere.ts')).toBe(before);
    expect(await here.read('out/w.ts')).not.toBe(before);
  });

  it('are refused if they lead to a file that does not exist', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    await mkdir(path.join(here.path, 'out'));
    await symlink('../absent', path.join(here.path, 'out/interfaces'));
    expect(await here.run('gen w.wit -o out')).toMatchObject({ code: 3 });
    expect(existsSync(path.join(here.path, 'absent'))).toBe(false);
  });

  it('may lead to other places in the directory, which may be a link itself', async () => {
    const here = await testDirectory({ 'w.wit': WIT, 'real/x/mine': '' });
    await symlink('real', path.join(here.path, 'out'));
    await symlink('x', path.join(here.path, 'real/interfaces'));
    expect(await here.run('gen w.wit -o out')).toMatchObject({ code: 0 });
    expect((await readdir(path.join(here.path, 'real/x'))).sort()).toEqual(['a-b-i.ts', 'mine']);
  });
});

describe('an output path that is not a directory', () => {
  it.each([
    ['gen w.wit -o taken', 'it is not a directory'],
    ['gen w.wit -o taken --check', 'it is not a directory'],
    ['gen w.wit -o taken/inner', 'a part of the path is not a directory'],
    ['gen w.wit -o /dev/null', 'it is not a directory'],
    ['gen w.wit -o dangling', 'it does not exist'],
    ['wit w.wit --out-dir taken', 'it is not a directory'],
    ['wit w.wit --out-dir taken/inner', 'a part of the path is not a directory'],
    ['wit w.wit --out-dir dangling', 'it does not exist'],
  ])('makes `%s` exit with 3', async (command, reason) => {
    const here = await testDirectory({ 'w.wit': WIT, taken: 'mine' });
    await symlink('absent', path.join(here.path, 'dangling'));
    const { code, err } = await here.run(command);
    expect(code).toBe(3);
    expect(err).toContain(reason);
    expect(await here.read('taken')).toBe('mine');
  });
});

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  return child.pid!;
}

function temporary(file: string, pid: number): string {
  return `${file}.${pid}-0123456789ab.wit-ts.tmp`;
}

describe('temporary files of a killed run', () => {
  it('are removed by the next run, even if nothing changed', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    await here.run('gen w.wit -o out');
    const pid = await endedProcess();
    await here.write({ [temporary('out/w.ts', pid)]: '', [temporary('out/interfaces/gone.ts', pid)]: '' });
    expect(await here.run('gen w.wit -o out')).toMatchObject({ code: 0 });
    expect(await readdir(path.join(here.path, 'out'), { recursive: true })).toEqual(
      expect.not.arrayContaining([expect.stringContaining('.tmp')]),
    );
  });

  it('stay if their process still runs, or if another program wrote them', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    const mine = [temporary('w.ts', process.ppid), 'w.ts.tmp', 'w.ts.0123456789ab.tmp'];
    await here.write(Object.fromEntries(mine.map((name) => [`out/${name}`, ''])));
    await here.run('gen w.wit -o out');
    expect(await readdir(path.join(here.path, 'out'))).toEqual(expect.arrayContaining(mine));
  });

  it('are not removed by `--check`, and not through a link', async () => {
    const here = await testDirectory({ 'w.wit': 'package a:b;\nworld w { export f: func(); }\n' });
    await here.run('gen w.wit -o out');
    const left = temporary('x.ts', await endedProcess());
    await here.write({ [`out/${left}`]: '', [`victim/${left}`]: '' });
    await here.run('gen w.wit -o out --check');
    expect(await readdir(path.join(here.path, 'out'))).toContain(left);
    await symlink('../victim', path.join(here.path, 'out/exports'));
    await here.run('gen w.wit -o out');
    expect(await readdir(path.join(here.path, 'out'))).not.toContain(left);
    expect(await readdir(path.join(here.path, 'victim'))).toEqual([left]);
  });

  it('are removed by `wit --out-dir`, even if nothing changed', async () => {
    const here = await testDirectory({ 'w.wit': `${WIT}package c:d { interface j {} }\n` });
    await here.run('wit w.wit --out-dir out');
    const pid = await endedProcess();
    await here.write({
      [temporary('out/package.wit', pid)]: '',
      [temporary('out/deps/c-d/package.wit', pid)]: '',
    });
    expect(await here.run('wit w.wit --out-dir out --check')).toMatchObject({ code: 0 });
    expect(await here.run('wit w.wit --out-dir out')).toMatchObject({ code: 0 });
    expect((await readdir(path.join(here.path, 'out'), { recursive: true })).sort()).toEqual([
      'deps',
      'deps/c-d',
      'deps/c-d/package.wit',
      'package.wit',
    ]);
  });

  it('are removed by `fmt` when it writes a file beside them', async () => {
    const here = await testDirectory({ 'a.wit': 'package   a:b;\n' });
    await here.write({ [temporary('a.wit', await endedProcess())]: '' });
    await here.run('fmt a.wit');
    expect(await readdir(here.path)).toEqual(['a.wit']);
  });
});

describe.runIf(existsSync('/dev/full'))('standard output', () => {
  const execute = promisify(execFile);

  it.each([['wit', 'w.wit'], ['gen', 'w.wit', '-o', '-'], ['--help'], ['validate', 'w.wit', '--json']])(
    'on a full device makes a command exit with 3 and say so: %s',
    async (...args) => {
      const here = await testDirectory({ 'w.wit': WIT });
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, ['--conditions=@wit-ts/source', BIN, ...args.flat()], {
        cwd: here.path,
        stdio: ['ignore', full, 'pipe'],
      });
      let err = '';
      child.stderr!.on('data', (chunk) => (err += String(chunk)));
      const code = await new Promise((resolve) => {
        child.once('close', resolve);
      });
      expect({ code, err }).toEqual({
        code: 3,
        err: 'error: cannot write to standard output: no space is left on the device\n',
      });
    },
  );

  it('may be closed by a reader that has read enough', async () => {
    const here = await testDirectory();
    await writeFile(path.join(here.path, 'w.wit'), WIT);
    const command = `"${process.execPath}" --conditions=@wit-ts/source "${BIN}" wit w.wit | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await execute('bash', ['-c', command], { cwd: here.path });
    expect([stdout, stderr]).toEqual(['0\n', '']);
  });
});
