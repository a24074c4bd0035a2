import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testDirectory } from './fixtures/test-directory.ts';
import { writeAll, writeFiles } from './write-files.ts';

describe('writeFiles', () => {
  it('creates missing folders', async () => {
    const here = await testDirectory();
    const out = path.join(here.path, 'a/b');
    writeFiles(out, [
      { path: 'x.ts', content: '1' },
      { path: 'c/y.ts', content: '2' },
    ]);
    expect(await here.read('a/b/c/y.ts')).toBe('2');
    expect(await readdir(out)).toEqual(['c', 'x.ts']);
  });

  it.each(['../x.ts', '/tmp/wit-ts-escaped.ts', 'a/../../x.ts', '.', 'link/x.ts', 'link/new/x.ts'])(
    'refuses %s',
    async (file) => {
      const here = await testDirectory();
      const out = path.join(here.path, 'out');
      await mkdir(out);
      await symlink(here.path, path.join(out, 'link'));
      const files = [
        { path: 'fine.ts', content: '1' },
        { path: file, content: '2' },
      ];
      expect(() => writeFiles(out, files)).toThrow(expect.objectContaining({ exitCode: 3 }));
      expect(await readdir(out)).toEqual(['link']);
      expect(await readdir(here.path)).toEqual(['out']);
    },
  );

  it('writes nothing if one file cannot be written', async () => {
    const here = await testDirectory({ 'out/taken/x': '' });
    const out = path.join(here.path, 'out');
    const files = [
      { path: 'fine.ts', content: '1' },
      { path: 'taken/x/y.ts', content: '2' },
    ];
    expect(() => writeFiles(out, files)).toThrow('cannot write');
    expect(await readdir(out)).toEqual(['taken']);
  });

  it.each(['taken', 'taken/x/y.ts', '../y.ts'])(
    'writes into no directory, and makes none, if a file of one cannot be written: %s',
    async (file) => {
      const here = await testDirectory({ 'out/taken/x': '', 'out/old.ts': 'old' });
      const directories = [
        { directory: path.join(here.path, 'new/deep'), files: [{ path: 'a/b.ts', content: '1' }] },
        { directory: path.join(here.path, 'out'), files: [{ path: 'old.ts', content: 'new' }] },
        { directory: path.join(here.path, 'out'), files: [{ path: file, content: '2' }] },
      ];
      expect(() => writeAll(directories)).toThrow('cannot write');
      expect(await readdir(here.path)).toEqual(['out']);
      expect((await readdir(path.join(here.path, 'out'))).sort()).toEqual(['old.ts', 'taken']);
      expect(await here.read('out/old.ts')).toBe('old');
    },
  );
});
