import { execFileSync } from 'node:child_process';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_COMPONENT,
  IMPORTING_COMPONENT,
  testDirectory,
  TestDirectory,
} from '../fixtures/test-directory.ts';

const OLD = 'package a:b@1.0.0;\ninterface i { f: func(); }\nworld w { import i; }\n';
const NEXT = OLD.replace('f: func();', 'f: func(); g: func();').replace('1.0.0', '1.1.0');

function git(here: TestDirectory, ...args: string[]): string {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: here.path, encoding: 'utf8' });
}

/** A repository whose first commit has the old package, and whose working tree has the next one. */
async function repository(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TestDirectory> {
  const here = await testDirectory({ 'wit/a.wit': OLD, ...files });
  git(here, 'init', '-q');
  git(here, 'add', '-A');
  git(here, 'commit', '-qm', 'one');
  git(here, 'tag', 'v1');
  await here.write({ 'wit/a.wit': NEXT });
  return here;
}

describe('wit-ts diff with a revision of git', () => {
  it('compares a package with an older one, and one of two revisions', async () => {
    const here = await repository();
    const added = expect.stringContaining('func g: it was added');
    expect(await here.run('diff HEAD:wit wit')).toMatchObject({ code: 0, out: added, err: '' });
    expect(await here.run('diff v1:wit/ wit')).toMatchObject({ code: 0, out: added });
    expect(await here.run('diff HEAD:wit/a.wit wit/a.wit')).toMatchObject({ code: 0, out: added });
    git(here, 'commit', '-qam', 'two');
    expect(await here.run('diff HEAD~1:wit HEAD:wit')).toMatchObject({ code: 0, out: added });
    expect(await here.run('diff HEAD:wit HEAD~1:wit')).toMatchObject({ code: 1 });
  });

  it('finds dependencies of that revision, and components', async () => {
    const here = await repository({
      'wit/deps/d.wit': 'package d:d;\ninterface x { h: func(); }\n',
      'wit/b.wit': 'world v { import d:d/x; }\n',
      'app.wasm': IMPORTING_COMPONENT,
    });
    await here.write({ 'app.wasm': EMPTY_COMPONENT, 'wit/deps/d.wit': 'package d:d;\ninterface x { }\n' });
    expect(await here.run('diff HEAD:wit wit')).toMatchObject({ code: 0, err: '' });
    expect(await here.run('diff HEAD:app.wasm app.wasm')).toMatchObject({ code: 1 });
    expect(await here.run('diff HEAD:app.wasm HEAD:app.wasm')).toMatchObject({ code: 0 });
  });

  it('starts at the root of the repository, or at the current directory for `./`', async () => {
    const here = await repository();
    await mkdir(path.join(here.path, 'wit/inner'));
    const inner = new TestDirectory(path.join(here.path, 'wit'));
    expect(await inner.run('diff HEAD:wit .')).toMatchObject({ code: 0 });
    expect(await inner.run('diff HEAD:./a.wit a.wit')).toMatchObject({ code: 0 });
    expect(await inner.run('diff HEAD:. .')).toMatchObject({ code: 0 });
    expect(await inner.run('diff HEAD:../wit .')).toMatchObject({ code: 0 });
    expect(await inner.run('diff HEAD:a.wit a.wit')).toMatchObject({
      code: 3,
      err: expect.stringContaining('`HEAD:./a.wit`'),
    });
    expect(await inner.run('diff HEAD:../../x .')).toMatchObject({ code: 3 });
  });

  it('names the files of a revision as they were asked for', async () => {
    const here = await repository({ 'bad/a.wit': 'package a:b;\nworld { }\n' });
    const { code, err } = await here.run('diff HEAD:bad wit');
    expect(code).toBe(1);
    expect(err).toContain('--> HEAD:bad/a.wit:2:7');
    expect(err).not.toContain(tmpdir());
  });

  it('finds the packages beside a package in `deps/`', async () => {
    const d = 'package d:d;\ninterface x { h: func(); }\n';
    const here = await repository({
      'wit/deps/d/d.wit': d,
      'wit/deps/e/e.wit': 'package e:e;\ninterface y {}\nworld v { import d:d/x; }\n',
    });
    expect(await here.run('diff HEAD:wit/deps/e wit/deps/e')).toMatchObject({ code: 0, err: '' });
    expect(await here.run('diff HEAD:wit/deps/e/e.wit wit/deps/e')).toMatchObject({ code: 0, err: '' });
    const inner = new TestDirectory(path.join(here.path, 'wit/deps'));
    expect(await inner.run('diff HEAD:./e e')).toMatchObject({ code: 0, err: '' });
  });

  it('says where the revision has a missing package', async () => {
    const here = await repository({
      'one/a.wit': 'interface t {}\n',
      'one/b.wit': 'package a:b;\nworld v { import t; import d:d/x; }\n',
      'd/d.wit': 'package d:d;\ninterface x {}\n',
    });
    const { code, err } = await here.run('diff HEAD:one/b.wit wit');
    expect(code).toBe(1);
    expect(err).toContain(
      '`HEAD:one/a.wit` has one, but only one file was read: pass the directory `HEAD:one`',
    );
    expect(err).toContain('packages are looked for in `HEAD:one/deps`, which does not exist');
    expect(err).not.toContain(tmpdir());
  });

  it.each([
    ['diff nothing:wit wit', 3, '`nothing` is not a revision of the repository'],
    ['diff HEAD:absent wit', 3, '`HEAD` has no `absent`'],
    ['diff -- -q:wit wit', 2, 'a revision cannot start with `-`'],
    ['diff -- --output=x:wit wit', 2, 'a revision cannot start with `-`'],
    ['diff HEAD;touch${IFS}x:wit wit', 3, 'is not a revision'],
    ['diff $(touch${IFS}x):wit wit', 3, 'is not a revision'],
    ['diff absent wit', 3, 'it does not exist'],
  ])('makes `%s` exit with %i', async (command, code, message) => {
    const here = await repository();
    expect(await here.run(command)).toMatchObject({ code, out: '', err: expect.stringContaining(message) });
    expect((await readdir(here.path)).sort()).toEqual(['.git', 'wit']);
  });

  it('reports that there is no repository', async () => {
    const here = await testDirectory({ 'wit/a.wit': OLD });
    expect(await here.run('diff HEAD:wit wit')).toMatchObject({
      code: 3,
      err: expect.stringContaining('the current directory is not in a git repository'),
    });
  });

  it('compares a file whose name contains a colon', async () => {
    const here = await testDirectory({ 'HEAD:wit': OLD });
    expect(await here.run('diff HEAD:wit HEAD:wit')).toMatchObject({ code: 0 });
  });

  it('follows no link of a revision, and leaves nothing behind', async () => {
    const here = await testDirectory({ 'outside.wit': OLD, 'wit/b.wit': OLD });
    await symlink('../outside.wit', path.join(here.path, 'wit/a.wit'));
    git(here, 'init', '-q');
    git(here, 'add', '-A');
    git(here, 'commit', '-qm', 'one');
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('wit-ts-git-'));
    // With the link, the interface would be there twice.
    expect(await here.run('diff HEAD:wit HEAD:wit/b.wit')).toMatchObject({ code: 0, err: '' });
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('wit-ts-git-'))).toEqual(before);
  });
});

describe('wit-ts diff of a package with another name', () => {
  it('reports the new name, and compares the rest', async () => {
    const here = await testDirectory({ 'a.wit': OLD, 'b.wit': NEXT.replaceAll('a:b', 'a:c') });
    const { code, out } = await here.run('diff a.wit b.wit');
    expect(code).toBe(1);
    expect(out).toContain('✗ package a:b: it became `a:c` (breaks hosts and guests)');
    expect(out).toContain('func g: it was added');
    expect(out).not.toContain('removed');
    const markdown = await here.run('diff a.wit b.wit --markdown');
    expect(markdown.out).toContain('**package `a:b`**: it became `a:c`');
    const json = JSON.parse((await here.run('diff a.wit b.wit --json')).out);
    expect(json).toMatchObject({
      bump: 'major',
      changes: [{ code: 'package-renamed', path: ['package a:b'] }, {}],
    });
    const world = await here.run('diff a.wit b.wit -w w --lines');
    expect(world.out).toContain('b.wit: error[package-renamed]: package a:b: it became `a:c`\n');
    expect(world.out).not.toContain('import-removed');
  });

  it('does not report another version', async () => {
    const here = await testDirectory({ 'a.wit': OLD, 'b.wit': OLD.replace('1.0.0', '2.0.0') });
    expect((await here.run('diff a.wit b.wit')).out).not.toContain('became');
  });
});
