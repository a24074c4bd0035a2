import { readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { resolveOrThrow } from '@wit-ts/wit';
import { assert, asyncProperty, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';
import { projectFiles } from '../init/project-files.ts';
import { projectNames } from '../init/project-names.ts';

const ALL = ['.gitignore', 'README.md', 'guest.ts', 'host.ts', 'package.json', 'tsconfig.json', 'wit'];

describe('wit-ts init', () => {
  it('starts a project with a host and a guest in a new directory', async () => {
    const here = await testDirectory();
    const { code, err } = await here.run('init word-count');
    expect(err).toContain('wrote word-count/wit/world.wit\n');
    expect(err).toContain('next: cd word-count && npm install && npm run build && npm start\n');
    expect(code).toBe(0);
    expect((await readdir(path.join(here.path, 'word-count'))).sort()).toEqual(ALL);
    expect(await here.read('word-count/wit/world.wit')).toContain('package example:word-count@0.1.0;');
    expect((await here.run('validate word-count/wit')).code).toBe(0);
    expect((await here.run('fmt word-count/wit --check')).code).toBe(0);
    const manifest = JSON.parse(await here.read('word-count/package.json')) as Record<string, object>;
    expect(manifest).toMatchObject({ name: 'word-count', private: true, type: 'module' });
    expect(Object.keys(manifest['devDependencies'] ?? {})).toContain('@bytecodealliance/componentize-js');
  });

  it.each([
    ['--host', ['guest.ts']],
    ['--guest', ['host.ts']],
    ['--both', []],
  ])('with %s leaves out %j', async (flag, left) => {
    const here = await testDirectory();
    expect((await here.run(`init app ${flag}`)).code).toBe(0);
    const files = (await readdir(path.join(here.path, 'app'))).sort();
    expect(files).toEqual(ALL.filter((name) => !left.includes(name)));
    const text = (await here.read('app/package.json')) + (await here.read('app/tsconfig.json'));
    for (const name of left) expect(text).not.toContain(name);
  });

  it('writes into the current directory if it is empty, also beside `.git`', async () => {
    const here = await testDirectory({ '.git/config': '' });
    const { code, err } = await here.run('init --world acme:tools/word-count');
    expect(code).toBe(0);
    expect(err).toContain('next: npm install && npm run build && npm start\n');
    expect(await here.read('wit/world.wit')).toContain('package acme:tools@0.1.0;');
    expect(await here.read('guest.ts')).toContain("from 'acme:tools/log@0.1.0'");
    expect(await here.read('host.ts')).toContain("'./generated/host/word-count.ts'");
  });

  it('counts a directory as empty that has only files of version control and file managers', async () => {
    const here = await testDirectory({
      '.DS_Store': 'x',
      'Thumbs.db': 'x',
      '.gitattributes': 'x',
      '.hg/x': '',
    });
    expect(await here.run('init --world a')).toMatchObject({ code: 0 });
    expect(await here.read('.DS_Store')).toBe('x');
    expect(await here.read('.gitignore')).toContain('node_modules/');
  });

  it('keeps a .gitignore, and says what it should have', async () => {
    const here = await testDirectory({ 'app/.gitignore': 'mine' });
    const { code, err } = await here.run('init app');
    expect(code).toBe(0);
    expect(err).toContain(
      'kept app/.gitignore: it exists, so it is yours; it should have node_modules/ and app.wasm\n',
    );
    expect(await here.read('app/.gitignore')).toBe('mine');
    const { err: refused } = await here.run('init app');
    expect(refused).toContain('`app` is not empty: it has `README.md`');
  });

  it.skipIf(process.platform !== 'linux')('fails in a file system that allows no directory', async () => {
    const { code, err } = await (await testDirectory()).run('init /proc/greeter/deep');
    expect(err).toBe(
      'error: cannot make the directory `/proc/greeter`: the file system of `/proc` allows none\n' +
        'help: choose another directory\n',
    );
    expect(code).toBe(3);
  });

  it.skipIf(process.platform === 'win32').each([
    ["it's&more", String.raw`cd 'it'\''s&more' && npm install`],
    ['$(x)', "cd '$(x)' && npm install"],
    ['./ünder_score.d', 'cd ünder_score.d && npm install'],
  ])('quotes the name of the directory %s for the shell', async (name, expected) => {
    const { code, err } = await (await testDirectory()).run(`init ${name}`);
    expect(code).toBe(0);
    expect(err).toContain(expected);
  });

  it('writes nothing into a directory that has a file', async () => {
    const here = await testDirectory({ 'app/notes.txt': 'mine' });
    const { code, err } = await here.run('init app');
    expect(err).toBe(
      'error: `app` is not empty: it has `notes.txt`, so nothing was written\nhelp: choose a new directory: `wit-ts init greeter`\n',
    );
    expect(code).toBe(1);
    expect(await readdir(path.join(here.path, 'app'))).toEqual(['notes.txt']);
  });

  it('writes nothing where a file or a broken link is', async () => {
    const here = await testDirectory({ file: 'mine' });
    await symlink(path.join(here.path, 'nowhere'), path.join(here.path, 'link'));
    expect((await here.run('init file')).code).toBe(3);
    expect((await here.run('init link')).code).not.toBe(0);
    expect(await readdir(here.path)).toEqual(['file', 'link']);
  });

  it.each([
    ['init app --world Greeter', '`Greeter` is not a name in WIT'],
    ['init app --world 5', '`5` is not a name in WIT'],
    ['init app --world interface', '`interface` is a keyword of WIT'],
    ['init app --world a:b/c@1.0.0', '`a:b/c@1.0.0` is not a name in WIT'],
    ['init app --world a:use/c', '`use` is a keyword of WIT'],
    ["init app --world a';evil()//", 'is not a name in WIT'],
    ['init app --world ../x', 'is not a name in WIT'],
    // A whole command here would have to repeat the directory: without it, the project would come into this one.
    ['init 1', 'cannot name the world\nhelp: choose a name for it with `--world`, like `--world greeter`\n'],
    ['init app --host --guest', '`--host`, `--guest` and `--both` exclude each other'],
  ])('%s: exits with 2 and writes nothing', async (command, message) => {
    const here = await testDirectory();
    const { code, err } = await here.run(command);
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect(await readdir(here.path)).toEqual([]);
  });

  it('takes any directory, or says that it cannot name the world', async () => {
    await assert(
      asyncProperty(string({ unit: 'grapheme', minLength: 1 }), async (name) => {
        const names = attempt(() => projectNames(path.join('/', name.replaceAll('/', '_')), undefined));
        if (names === undefined) return;
        const world = projectFiles(names, { host: true, guest: true }, '0.1.0').find((file) =>
          file.path.endsWith('.wit'),
        );
        expect(resolveOrThrow(world!.content).package?.worlds.has(names.world)).toBe(true);
      }),
    );
  });
});

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    expect(error).toMatchObject({ name: 'Failure', exitCode: 2 });
    return undefined;
  }
}
