import { join } from 'node:path';
import { packageNameText } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { scratchDirectory } from '../fixtures/scratch-directory.ts';
import { resolveOrThrow } from '../index.ts';
import { load, loadText, type Loaded } from './index.ts';

const scratch = scratchDirectory();

function packages({ resolve }: Loaded): string[] {
  return resolve.packages.map(({ name }) => packageNameText(name));
}

function codes({ diagnostics }: Loaded): string[] {
  return diagnostics.map(({ code }) => code);
}

const WASM = new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);

function refuse(): never {
  throw new Error('no component');
}

async function assemble(text: string): Promise<Uint8Array> {
  return new TextEncoder().encode(`made of ${text}`);
}

describe('load', () => {
  it('loads a file without the files beside it', async () => {
    await scratch.write({
      'a.wit': 'package a:b; interface i {}',
      'b.wit': 'interface j {}',
      'deps/c.wit': 'package c:d;',
    });
    const loaded = await load(join(scratch.path, 'a.wit'));
    expect(loaded.diagnostics).toEqual([]);
    expect([...loaded.package!.interfaces.keys()]).toEqual(['i']);
    expect(packages(loaded)).toEqual(['a:b']);
    expect(loaded.paths).toEqual([join(scratch.path, 'a.wit')]);
  });

  it('loads a directory with its dependencies', async () => {
    await scratch.write({
      'a.wit': 'package a:b; world w { import c:d/i; import e:f/j; }',
      'sub/ignored.wit': 'nonsense',
      'notes.txt': 'nonsense',
      'deps/one/i.wit': 'interface i { type t = u8; }',
      'deps/one/package.wit': 'package c:d;',
      'deps/one/deps/x.wit': 'nonsense',
      'deps/two.wit': 'package e:f; interface j { use c:d/i.{t}; }',
      'deps/notes.txt': 'nonsense',
    });
    const loaded = await load(scratch.path);
    expect(loaded.diagnostics).toEqual([]);
    expect(packages(loaded)).toEqual(['c:d', 'e:f', 'a:b']);
    expect(loaded.paths).toContain(join(scratch.path, 'deps', 'one', 'i.wit'));
  });

  it('names files in diagnostics', async () => {
    await scratch.write({
      'a.wit': 'package a:b; world w { import c:d/i; }',
      'deps/c.wit': 'package c:d; interface i { type t = x; }',
    });
    const [finding] = (await load(scratch.path)).diagnostics;
    expect(finding!.span!.file.path).toBe(join(scratch.path, 'deps', 'c.wit'));
  });

  it('passes options to the formatter', async () => {
    await scratch.write({
      'a.wit': 'package a:b; @unstable(feature = x) interface i { @unstable(feature = x) record r {} }',
    });
    expect((await load(scratch.path)).package!.interfaces.size).toBe(0);
    const loaded = await load(scratch.path, { features: ['x'], encodable: false });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.package!.interfaces.size).toBe(1);
  });

  it('decodes packages in wasm form, alone and in deps/', async () => {
    await scratch.write({
      'p/a.wit': 'package a:b; world w { import c:d/i; }',
      'p/deps/c.wasm': WASM,
      'p/deps/d.wat': '(component)',
    });
    const asked: string[] = [];
    const decode = (
      bytes: Uint8Array,
      path: string,
    ): { resolve: Loaded['resolve']; package: NonNullable<Loaded['package']> } => {
      asked.push(path);
      expect(bytes.length).toBeGreaterThan(0);
      if (path.endsWith('.wat')) expect(bytes).toEqual(new TextEncoder().encode('made of (component)'));
      const { resolve, package: main } = resolveOrThrow(
        path.endsWith('.wat') ? 'package e:f;' : 'package c:d; interface i {}',
      );
      return { resolve, package: main! };
    };
    const loaded = await load(join(scratch.path, 'p'), { assemble, decode });
    expect(loaded.diagnostics).toEqual([]);
    expect(packages(loaded)).toEqual(['c:d', 'e:f', 'a:b']);
    expect(asked).toEqual([
      join(scratch.path, 'p', 'deps', 'c.wasm'),
      join(scratch.path, 'p', 'deps', 'd.wat'),
    ]);
    expect(
      packages(
        await load(join(scratch.path, 'p', 'deps', 'c.wasm'), { decode: async (...args) => decode(...args) }),
      ),
    ).toEqual(['c:d']);
  });

  it('says what to install to read `.wat` if it is missing', async () => {
    await scratch.write({ 'p/a.wit': 'package a:b;', 'p/deps/d.wat': '(component)' });
    const { diagnostics } = await load(join(scratch.path, 'p'), { decode: refuse });
    expect(diagnostics).toMatchObject([{ code: 'invalid-binary' }]);
    expect(diagnostics[0]!.message).toContain('jco-transpile');
  });

  it('reports files that it cannot read, without throwing', async () => {
    await scratch.write({
      'empty/readme.md': '',
      'latin1.wit': new Uint8Array([0x70, 0xe9]),
      'p/a.wit': 'package a:b;',
      'p/deps/c.wasm': WASM,
    });
    expect(codes(await load(join(scratch.path, 'none.wit')))).toEqual(['unreadable']);
    expect(codes(await load(join(scratch.path, 'empty')))).toEqual(['empty-directory']);
    expect(codes(await load(join(scratch.path, 'latin1.wit')))).toEqual(['invalid-utf8']);
    expect(codes(await load(join(scratch.path, 'p')))).toEqual(['unsupported-binary']);
    const broken = await load(join(scratch.path, 'p'), { decode: refuse });
    expect(broken.diagnostics).toMatchObject([{ code: 'invalid-binary' }]);
    expect(broken.diagnostics[0]!.message).toContain('no component');
    expect(packages(broken)).toEqual(['a:b']);
  });
});

/** The help of each diagnostic, with paths relative to the test's directory. */
function help({ diagnostics }: Loaded): (string | undefined)[] {
  return diagnostics.map((diagnostic) => diagnostic.help?.replaceAll(`${scratch.path}/`, ''));
}

describe('load of packages that need others', () => {
  const NEEDS = 'package a:b; world w { import c:d/i@1.0.0; }';
  const NEEDED = 'package c:d@1.0.0; interface i { f: func(); }';

  it.each([
    ['one file with `deps/` beside it', 'p/a.wit', { 'p/a.wit': NEEDS, 'p/deps/c.wit': NEEDED }],
    ['one file with a package in `deps/`', 'p/a.wit', { 'p/a.wit': NEEDS, 'p/deps/c/i.wit': NEEDED }],
    ['a directory', 'p', { 'p/a.wit': NEEDS, 'p/deps/c/i.wit': NEEDED }],
    ['a package in `deps/`', 'deps/a', { 'deps/a/a.wit': NEEDS, 'deps/c/i.wit': NEEDED }],
    ['a package in `deps/` beside a file', 'deps/a', { 'deps/a/a.wit': NEEDS, 'deps/c.wit': NEEDED }],
    ['a file in `deps/`', 'deps/a.wit', { 'deps/a.wit': NEEDS, 'deps/c.wit': NEEDED }],
    ['a file of a package in `deps/`', 'deps/a/a.wit', { 'deps/a/a.wit': NEEDS, 'deps/c.wit': NEEDED }],
  ])('finds them for %s', async (_, path, files) => {
    await scratch.write(files);
    const loaded = await load(join(scratch.path, path));
    expect(loaded.diagnostics).toEqual([]);
    expect(packages(loaded)).toEqual(['c:d@1.0.0', 'a:b']);
  });

  it.each([
    [
      'in a subfolder',
      'p',
      { 'p/a.wit': NEEDS, 'p/c/i.wit': NEEDED },
      '`p/c` has it, but packages are looked for in `p/deps`: copy it to `p/deps/c`',
    ],
    [
      'in a folder beside the package',
      'all/a',
      { 'all/a/a.wit': NEEDS, 'all/c/i.wit': NEEDED },
      '`all/c` has it, but packages are looked for in `all/a/deps`: copy it to `all/a/deps/c`',
    ],
    [
      'in a file beside the file',
      'p/a.wit',
      { 'p/a.wit': NEEDS, 'p/c.wit': NEEDED },
      '`p/c.wit` has it, but packages are looked for in `p/deps`: copy it to `p/deps/c.wit`',
    ],
    [
      'in the `deps/` of the directory above',
      'p/sub',
      { 'p/sub/a.wit': NEEDS, 'p/deps/c/i.wit': NEEDED },
      '`p/deps/c` has it, but packages are looked for in `p/sub/deps`: copy it to `p/sub/deps/c`',
    ],
    [
      'nowhere',
      'p',
      { 'p/a.wit': NEEDS },
      'packages are looked for in `p/deps`, which does not exist: put `c:d@1.0.0` there as a directory or a `.wit` file',
    ],
    [
      'nowhere, although there is a `deps/` above',
      'p/sub',
      { 'p/sub/a.wit': NEEDS, 'p/deps/e.wit': 'package e:f;' },
      'packages are looked for in `p/sub/deps`, which does not exist, and not in `p/deps`: put `c:d@1.0.0` there as a directory or a `.wit` file',
    ],
    [
      'deep in a folder',
      'p',
      { 'p/a.wit': NEEDS, 'p/vendor/c/d/i.wit': NEEDED },
      '`p/vendor/c/d` has it, but packages are looked for in `p/deps`: copy it to `p/deps/d`',
    ],
    [
      'in folders of a namespace in `deps/`',
      'p',
      { 'p/a.wit': NEEDS, 'p/deps/c/d/i.wit': NEEDED },
      '`p/deps/c/d` has it, but packages are looked for in `p/deps`: copy it to `p/deps/d`',
    ],
    [
      'in the `deps/` of a dependency',
      'p',
      { 'p/a.wit': NEEDS, 'p/deps/e/e.wit': 'package e:f;', 'p/deps/e/deps/c.wit': NEEDED },
      '`p/deps/e/deps/c.wit` has it, but packages are looked for in `p/deps`: copy it to `p/deps/c.wit`',
    ],
    [
      'in two files beside another package',
      'p/a.wit',
      { 'p/a.wit': NEEDS, 'p/c.wit': NEEDED, 'p/d.wit': 'package c:d@1.0.0; interface j {}' },
      '`p/c.wit` and `p/d.wit` have it, but packages are looked for in `p/deps`: copy them to `p/deps/d/`',
    ],
    [
      'nested in a file of a folder beside it',
      'all/a',
      { 'all/a/a.wit': NEEDS, 'all/c/x.wit': 'package x:y; package c:d@1.0.0 { interface i { } }' },
      '`all/c` has it, but packages are looked for in `all/a/deps`: copy it to `all/a/deps/c`',
    ],
    [
      'in a folder whose name is taken in `deps/`',
      'all/a',
      { 'all/a/a.wit': NEEDS, 'all/a/deps/c/e.wit': 'package e:f;', 'all/c/i.wit': NEEDED },
      '`all/c` has it, but packages are looked for in `all/a/deps`: copy it to `all/a/deps/c-d-1.0.0`',
    ],
    [
      'beside the `deps/` that the package lies in',
      'p/deps/a',
      { 'p/deps/a/a.wit': NEEDS, 'p/c/i.wit': NEEDED },
      'packages are looked for in `p/deps`: put `c:d@1.0.0` there as a directory or a `.wit` file',
    ],
    [
      'in another version near the package',
      'all/a',
      { 'all/a/a.wit': NEEDS, 'all/c/i.wit': NEEDED.replace('1.0.0', '1.2.0') },
      '`all/c` has `c:d@1.2.0`, but packages are looked for in `all/a/deps`: copy it to `all/a/deps/c`, and write the version that it has',
    ],
    [
      'in another version',
      'p',
      { 'p/a.wit': NEEDS, 'p/deps/c.wit': 'package c:d@2.0.0; interface i {}' },
      '`c:d@2.0.0` exists: write `c:d/i@2.0.0`; packages are looked for in `p/deps`: put `c:d@1.0.0` there as a directory or a `.wit` file',
    ],
    [
      'nowhere, with a name like that of the package itself',
      'p',
      { 'p/a.wit': 'package c:e@1.0.0; world w { import c:d/i@1.0.0; }' },
      'packages are looked for in `p/deps`, which does not exist: put `c:d@1.0.0` there as a directory or a `.wit` file',
    ],
  ])('says what to do when one is %s', async (_, path, files, expected) => {
    await scratch.write(files);
    const loaded = await load(join(scratch.path, path));
    expect(codes(loaded)).toEqual(['unknown-package']);
    expect(help(loaded)).toEqual([expected]);
  });

  it('points at the other file of the package', async () => {
    await scratch.write({
      'p/a.wit': 'interface i { type t = u8; }',
      'p/b.wit': 'package a:b; world w { import i; }',
    });
    const loaded = await load(join(scratch.path, 'p/b.wit'));
    expect(codes(loaded)).toEqual(['unknown-interface']);
    expect(help(loaded)).toEqual([
      '`p/a.wit` has one, but only one file was read: pass the directory `p`, whose files are one package',
    ]);
  });

  it('points at the file that names the package, and at the folder with a file of it', async () => {
    await scratch.write({
      'p/a.wit': 'interface i { type t = u8; }',
      'p/b.wit': 'package a:b; world w { import i; import j; }',
      'p/more/j.wit': 'interface j {}',
    });
    expect(help(await load(join(scratch.path, 'p/a.wit')))).toEqual([
      '`p/b.wit` declares `package a:b;`, but only one file was read: pass the directory `p`, whose files are one package',
    ]);
    expect(help(await load(join(scratch.path, 'p')))).toEqual([
      '`p/more/j.wit` has one, but only the files in `p` itself are the package: move it to `p/j.wit`',
    ]);
  });

  it('points at the file of another package that lies elsewhere', async () => {
    await scratch.write({
      'p/a.wit': 'package a:b; world w { import c:d/j@1.0.0; }',
      'p/deps/c/i.wit': NEEDED,
      'p/lost/j.wit': 'package c:d@1.0.0; interface j {}',
    });
    expect(help(await load(join(scratch.path, 'p')))).toEqual([
      '`p/lost/j.wit` has one, but `c:d@1.0.0` was read from `p/deps/c`: copy it to `p/deps/c/j.wit`',
    ]);
  });

  it('says which package of one directory is a dependency', async () => {
    await scratch.write({
      'p/a.wit': NEEDED,
      'p/b.wit': NEEDS,
      'p/deps/e/e.wit': 'package e:f;',
      'p/deps/e/g.wit': 'package g:h; interface x {}',
    });
    const loaded = await load(join(scratch.path, 'p'));
    expect(codes(loaded).slice(0, 2)).toEqual(['conflicting-package', 'conflicting-package']);
    expect(help(loaded).slice(0, 2)).toEqual([
      'the files of one directory are one package: move `p/a.wit` to `p/deps/a.wit`',
      'the files of one directory are one package: move `p/deps/e/g.wit` to `p/deps/g.wit`',
    ]);
  });

  it('finds the package of a file without a name in `deps/`', async () => {
    await scratch.write({
      'p/a.wit': NEEDS,
      'p/deps/c/i.wit': 'package c:d@1.0.0; interface i { use types.{t}; f: func() -> t; }',
      'p/deps/types.wit': 'interface types { type t = u8; }',
      'p/deps/x.wit': 'package x:y;',
    });
    expect(help(await load(join(scratch.path, 'p')))[0]).toBe(
      'each file in `p/deps` is a package, and `p/deps/types.wit` belongs to `c:d@1.0.0`: move `p/deps/types.wit` to `p/deps/c/types.wit`',
    );
  });

  it('reads of the packages beside one in `deps/` only those that it needs', async () => {
    await scratch.write({
      'deps/a/a.wit': NEEDS,
      'deps/c.wit': NEEDED,
      'deps/broken.wit': 'package x:y; world {',
      'deps/needs-more/i.wit': 'package z:z; world w { import a:b/missing; }',
    });
    const loaded = await load(join(scratch.path, 'deps/a'));
    expect(loaded.diagnostics).toEqual([]);
    expect(packages(loaded)).toEqual(['c:d@1.0.0', 'a:b']);
  });

  it('does not point at a file of another package', async () => {
    await scratch.write({
      'p/a.wit': 'package c:d; interface things {}',
      'p/b.wit': 'package a:b; world w { import things; }',
    });
    expect(help(await load(join(scratch.path, 'p/b.wit')))).toEqual([undefined]);
  });

  it('says where the files of a package belong if they are in `deps/` itself', async () => {
    await scratch.write({
      'p/a.wit': 'package a:b; world w { import c:d/i@1.0.0; }',
      'p/deps/i.wit': NEEDED,
      'p/deps/j.wit': 'package c:d@1.0.0; interface j {}',
    });
    const loaded = await load(join(scratch.path, 'p'));
    expect(codes(loaded)).toEqual(['duplicate-package']);
    expect(help(loaded)).toEqual([
      'each file in `p/deps` is a package: put the files of `c:d@1.0.0`, `p/deps/i.wit` and `p/deps/j.wit`, into one directory, `p/deps/d`',
    ]);
  });

  it('names the packages in the folders of a directory without files', async () => {
    await scratch.write({ 'p/x/i.wit': NEEDED, 'p/y/wit/a.wit': NEEDS });
    expect(help(await load(join(scratch.path, 'p')))).toEqual([
      'its folders have packages: pass one of them, `p/x` or `p/y/wit`',
    ]);
  });

  it('names the packages in `deps/` of a directory without files', async () => {
    await scratch.write({ 'p/deps/c/i.wit': NEEDED, 'p/deps/e.wit': 'package e:f;' });
    const loaded = await load(join(scratch.path, 'p'));
    expect(codes(loaded)).toEqual(['empty-directory']);
    expect(help(loaded)).toEqual([
      'its `deps/` has packages: pass one of them, `p/deps/c` or `p/deps/e.wit`',
    ]);
  });
});

describe('loadText', () => {
  it('says how a text gets the packages that it needs', async () => {
    const { diagnostics } = await loadText('<stdin>', 'package a:b; world w { import c:d/i; }');
    expect(diagnostics[0]).toMatchObject({
      code: 'unknown-package',
      help: 'put `package c:d { … }` into the text, or pass the path of a file or directory with `deps/`',
    });
  });

  it('resolves a text under a name', async () => {
    const { package: main, diagnostics } = await loadText(
      '<stdin>',
      'package a:b; interface i { type t = x; }',
    );
    expect(main!.interfaces.size).toBe(1);
    expect(diagnostics[0]!.span!.file.path).toBe('<stdin>');
  });
});
