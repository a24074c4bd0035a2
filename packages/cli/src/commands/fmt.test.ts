import { chmod, mkdir, readdir, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EMPTY_COMPONENT, testDirectory } from '../fixtures/test-directory.ts';

const UGLY = 'package a:b;\n\n// keep\nworld   w { import f : func( ) ; }\n';
const PRETTY = 'package a:b;\n\n// keep\nworld w {\n  import f: func();\n}\n';
const windows = (text: string): string => text.replaceAll('\n', '\r\n');
const BROKEN = 'package a:b;\nworld { }\n';

describe('wit-ts fmt', () => {
  it('formats in place, and changes nothing the second time', async () => {
    const here = await testDirectory({ 'a.wit': UGLY, 'b.wit': PRETTY });
    expect(await here.run('fmt')).toEqual({ code: 0, out: '', err: 'formatted a.wit\n' });
    expect(await here.read('a.wit')).toBe(PRETTY);
    expect(await here.run('fmt .')).toEqual({ code: 0, out: '', err: 'all 2 files are already formatted\n' });
    expect((await readdir(here.path)).sort()).toEqual(['a.wit', 'b.wit']);
  });

  it('checks without writing', async () => {
    const here = await testDirectory({ 'wit/a.wit': UGLY });
    expect(await here.run('fmt wit --check')).toEqual({
      code: 1,
      out: 'not formatted: wit/a.wit\n',
      err: '',
    });
    expect(await here.read('wit/a.wit')).toBe(UGLY);
    expect(await here.run('fmt wit --check -q')).toMatchObject({
      code: 1,
      out: 'not formatted: wit/a.wit\n',
    });
    const { code, out } = await here.run('fmt wit --check --json');
    expect([code, JSON.parse(out)]).toEqual([
      1,
      { files: [{ path: 'wit/a.wit', status: 'changed' }], diagnostics: [] },
    ]);
  });

  it('leaves invalid files unchanged, and formats the rest', async () => {
    const here = await testDirectory({ 'a.wit': BROKEN, 'b.wit': UGLY });
    const { code, err } = await here.run('fmt a.wit b.wit');
    expect(code).toBe(1);
    expect(err).toContain('--> a.wit:2:7');
    expect([await here.read('a.wit'), await here.read('b.wit')]).toEqual([BROKEN, PRETTY]);
  });

  it('skips dependencies, unless they are named', async () => {
    const here = await testDirectory({
      'wit/a.wit': PRETTY,
      'wit/deps/x/x.wit': UGLY,
      'node_modules/y.wit': UGLY,
      '.z/z.wit': UGLY,
    });
    expect(await here.run('fmt --check')).toMatchObject({ code: 0, err: 'the file is already formatted\n' });
    expect(await here.run('fmt --check wit/deps')).toMatchObject({ code: 1 });
  });

  it('formats standard input', async () => {
    const here = await testDirectory();
    expect(await here.run('fmt -', { stdin: UGLY })).toEqual({ code: 0, out: PRETTY, err: '' });
    expect(await here.run('fmt - --check', { stdin: UGLY })).toMatchObject({
      code: 1,
      out: 'not formatted: <stdin>\n',
    });
    expect(await here.run('fmt - --check', { stdin: PRETTY })).toMatchObject({ code: 0, out: '' });
    const broken = await here.run('fmt -', { stdin: BROKEN });
    expect(broken).toMatchObject({ code: 1, out: '' });
    expect(broken.err).toContain('<stdin>:2:7');
  });

  it('keeps the mode of a file, and symbolic links', async () => {
    const here = await testDirectory({ 'real/a.wit': UGLY });
    await chmod(path.join(here.path, 'real/a.wit'), 0o640);
    await symlink('real/a.wit', path.join(here.path, 'link.wit'));
    expect((await here.run('fmt link.wit')).code).toBe(0);
    expect(await here.read('real/a.wit')).toBe(PRETTY);
    const { mode } = await stat(path.join(here.path, 'real/a.wit'));
    expect(mode & 0o777).toBe(0o640);
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['both', (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
  ])('keeps %s', async (_, form) => {
    const here = await testDirectory({ 'a.wit': form(PRETTY), 'b.wit': form(UGLY) });
    expect(await here.run('fmt --check a.wit')).toMatchObject({ code: 0, out: '' });
    expect(await here.run('fmt --check')).toMatchObject({ code: 1, out: 'not formatted: b.wit\n' });
    expect(await here.run('fmt')).toMatchObject({ code: 0 });
    expect([await here.read('a.wit'), await here.read('b.wit')]).toEqual([form(PRETTY), form(PRETTY)]);
    expect(await here.run('fmt -', { stdin: form(UGLY) })).toMatchObject({ code: 0, out: form(PRETTY) });
    expect(await here.run('fmt - --check', { stdin: form(PRETTY) })).toMatchObject({ code: 0, out: '' });
  });

  it('makes the line endings of a file the same as that of its first line, and checks none', async () => {
    const mixed = PRETTY.replace('\n', '\r\n');
    const here = await testDirectory({ 'a.wit': mixed, 'b.wit': PRETTY.replace(/\n$/u, '\r\n') });
    expect(await here.run('fmt --check')).toMatchObject({ code: 0, out: '' });
    expect(await here.run('fmt - --check', { stdin: mixed })).toMatchObject({ code: 0, out: '' });
    expect(await here.run('fmt')).toMatchObject({ err: 'formatted a.wit\nformatted b.wit\n' });
    expect(await here.read('a.wit')).toBe(windows(PRETTY));
    expect(await here.read('b.wit')).toBe(PRETTY);
  });

  it.each([
    ['lf', PRETTY, windows(PRETTY)],
    ['crlf', windows(PRETTY), PRETTY],
  ])('writes and checks the line endings that --end-of-line %s asks for', async (which, right, wrong) => {
    const here = await testDirectory({ 'a.wit': wrong, 'b.wit': right, 'c.wit': `\ufeff${wrong}` });
    const checked = await here.run(`fmt --check --end-of-line ${which}`);
    expect(checked).toMatchObject({ code: 1, out: 'not formatted: a.wit\nnot formatted: c.wit\n' });
    expect(await here.run(`fmt --end-of-line ${which}`)).toMatchObject({ code: 0 });
    expect(await here.read('a.wit')).toBe(right);
    expect(await here.read('c.wit')).toBe(`\ufeff${right}`);
    expect(await here.run(`fmt - --end-of-line ${which}`, { stdin: wrong })).toMatchObject({ out: right });
    expect(await here.run(`fmt --check --end-of-line ${which}`)).toMatchObject({ code: 0 });
  });

  it('refuses other line endings', async () => {
    const here = await testDirectory({ 'a.wit': PRETTY });
    expect(await here.run('fmt --end-of-line cr')).toMatchObject({
      code: 2,
      err: 'error: `--end-of-line` does not accept `cr`\nhelp: choose auto, lf or crlf\n',
    });
  });

  it('reports every file, also after one that it cannot read', async () => {
    const here = await testDirectory({
      'a.wit': BROKEN,
      'b.wit': new Uint8Array([0x70, 0xff]),
      'c.wit': UGLY,
      'd.wit': EMPTY_COMPONENT,
      'e.wit': '<!doctype html>',
      'f/g.wit': UGLY,
    });
    await mkdir(path.join(here.path, 'f/dir.wit'));
    const { code, out, err } = await here.run('fmt --check none.wit . absent f/g.wit');
    expect(code).toBe(3);
    expect(out).toBe('not formatted: c.wit\nnot formatted: f/g.wit\nnot formatted: f/g.wit\n');
    for (const name of ['none.wit', 'a.wit', 'b.wit', 'd.wit', 'e.wit', 'absent'])
      expect(err).toContain(name);
    const lines = (await here.run('fmt --check --lines none.wit .')).err.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    const json = JSON.parse((await here.run('fmt --check --json none.wit .')).out);
    expect(json.files.map(({ status }: { status: string }) => status)).toEqual([
      'unreadable',
      'invalid',
      'unreadable',
      'changed',
      'unreadable',
      'unreadable',
      'changed',
    ]);
  });
});
