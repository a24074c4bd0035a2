import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { EMPTY_COMPONENT, IMPORTING_COMPONENT, testDirectory } from '../fixtures/test-directory.ts';

const PACKAGE =
  'package a:b;\n\ninterface i {\n  @unstable(feature = x)\n  f: func();\n}\n\nworld w {\n  import i;\n}\n';

describe('wit-ts wit', () => {
  it('prints the WIT of text and of components', async () => {
    const here = await testDirectory({
      'a.wit': PACKAGE.replaceAll('\n', ' '),
      'app.wasm': IMPORTING_COMPONENT,
    });
    expect(await here.run('wit a.wit --all-features')).toEqual({ code: 0, out: PACKAGE, err: '' });
    expect((await here.run('wit a.wit')).out).not.toContain('f: func');
    expect((await here.run('wit a.wit --features y,x')).out).toContain('f: func');
    expect((await here.run('wit -', { stdin: PACKAGE })).out).toContain('world w');
    expect((await here.run('wit app.wasm')).out).toContain('world root {\n  import f: func();\n}');
    expect((await here.run('wit -', { stdin: IMPORTING_COMPONENT })).out).toContain('import f: func();');
  });

  it('prints the JSON of the reference implementation', async () => {
    const here = await testDirectory({ 'a.wit': PACKAGE });
    const { code, out } = await here.run('wit a.wit --json');
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(out))).toEqual(['worlds', 'interfaces', 'types', 'packages']);
  });

  it('prints `//` comments as documentation only in that JSON', async () => {
    const here = await testDirectory({ 'a.wit': 'package a:b;\n// Plain.\ninterface i {}\n' });
    expect((await here.run('wit a.wit')).out).not.toContain('Plain');
    expect(JSON.parse((await here.run('wit a.wit --json')).out)).toMatchObject({
      interfaces: [{ docs: { contents: 'Plain.' } }],
    });
  });
});

const NESTED = `package app:main@1.0.0;

world w {
  import near:by/j;
  import far:away/i@0.2.0;

  export run: func();
}
package near:by {
  /// A type.
  interface j {
    type t = u8;
  }
}


package far:away@0.2.0 {
  interface i {
    use near:by/j.{t};

    f: func(x: t);
  }
}
`;

/** The packages of NESTED as a directory. */
const DIRECTORY = {
  'in/main.wit': 'package app:main@1.0.0;\nworld w { import far:away/i@0.2.0; export run: func(); }\n',
  'in/deps/far/i.wit': 'package far:away@0.2.0;\ninterface i { use near:by/j.{t}; f: func(x: t); }\n',
  'in/deps/near.wit': 'package near:by;\n/// A type.\ninterface j { type t = u8; }\n',
};

describe('wit-ts wit of several packages', () => {
  it('prints them all, in a form that it reads again and prints as it is', async () => {
    const here = await testDirectory({ ...DIRECTORY, 'nested.wit': NESTED });
    expect(await here.run('wit in')).toEqual({ code: 0, out: NESTED, err: '' });
    expect(await here.run('wit nested.wit')).toEqual({ code: 0, out: NESTED, err: '' });
    expect(await here.run('wit -', { stdin: NESTED })).toEqual({ code: 0, out: NESTED, err: '' });
  });

  it('prints what the other commands read from standard input', async () => {
    const here = await testDirectory(DIRECTORY);
    const { out: stdin } = await here.run('wit in');
    expect((await here.run('gen - -o -', { stdin })).out).toContain('far:away/i');
    expect(await here.run('validate -', { stdin })).toMatchObject({ code: 0 });
    expect(await here.run('check in --wit -', { stdin })).toMatchObject({ code: 0 });
  });
});

const COMPONENTS = new URL('../../../../test-components/', import.meta.url);
const components = readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.wasm') && !name.includes('node_modules') && isComponent(name))
  // See the next tests.
  .filter(
    (name) =>
      !/^(?:async-adversary|async-edges|async-faults|http-service|linking|shared-resources|tasks)\/|\/module-names\./u.test(
        name,
      ),
  );

/** Programs of WASI preview 1 are core modules: they have another layer in their preamble. */
function isComponent(name: string): boolean {
  return readFileSync(new URL(name, COMPONENTS))[6] === 1;
}

describe('wit-ts wit of a component', () => {
  it.each(components)('prints a text of %s that reads as the same', async (name) => {
    const here = await testDirectory({ 'app.wasm': await readFile(new URL(name, COMPONENTS)) });
    const printed = await here.run('wit app.wasm');
    expect(printed).toMatchObject({ code: 0, err: '' });
    expect(await here.run('wit -', { stdin: printed.out })).toEqual(printed);
    expect(await here.run('wit app.wasm --out-dir out -q')).toEqual({ code: 0, out: '', err: '' });
    expect(await here.run('wit out')).toEqual(printed);
    expect((await here.run('check app.wasm --wit -', { stdin: printed.out })).code).toBe(0);
  });
});

function built(name: string): Promise<Buffer> {
  return readFile(new URL(`${name}/built/wat.wasm`, COMPONENTS));
}

describe('wit-ts wit of a component that WIT cannot express', () => {
  it('prints a warning that names what the text leaves out', async () => {
    const here = await testDirectory({ 'app.wasm': await built('linking') });
    const { code, err } = await here.run('wit app.wasm');
    expect(code).toBe(0);
    expect(err).toContain('warning: WIT cannot express all of `app.wasm`:\n  - it exports the core module `');
    expect((await here.run('wit app.wasm --lines')).err).toMatch(/^warning\[inexpressible\]: it exports/u);
    expect((await here.run('wit app.wasm --quiet')).err).toBe('');
  });

  it('refuses a type whose text is too large', async () => {
    const here = await testDirectory({ 'app.wasm': wideComponent() });
    const { code, out, err } = await here.run('wit app.wasm');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^error: `app\.wasm` cannot be written as WIT: a type without a name is too large/u);
  });

  it('fails if the text cannot be read again, and writes no directory of it', async () => {
    const here = await testDirectory({ 'app.wasm': await built('tasks') });
    const { code, out, err } = await here.run('wit app.wasm');
    expect(code).toBe(1);
    expect(out).toContain('over: async func(thing: borrow<thing>);');
    expect(err).toMatch(/so the text cannot be read as WIT: .*type `thing` does not exist/u);
    expect(await here.run('wit app.wasm --out-dir out')).toMatchObject({ code: 1, err });
    expect(JSON.parse((await here.run('wit app.wasm --out-dir out --json')).out)).toMatchObject({
      error: { exitCode: 1, message: expect.stringContaining('cannot be read as WIT') },
    });
    await expect(here.read('out/package.wit')).rejects.toThrow('ENOENT');
  });
});

/** A component that imports a function with a result of 2^18 bytes, as tuples of tuples without names. */
function wideComponent(): Uint8Array {
  const tuples = Array.from({ length: 18 }, (_, i) => [
    0x6f,
    2,
    ...(i === 0 ? [0x7d, 0x7d] : [i - 1, i - 1]),
  ]);
  const types = [19, ...tuples.flat(), 0x40, 0, 0, 17];
  return Uint8Array.from([...EMPTY_COMPONENT, 7, types.length, ...types, 10, 6, 1, 0, 1, 0x66, 1, 18]);
}

describe('wit-ts wit --out-dir', () => {
  it('writes a package directory that reads as the same', async () => {
    const here = await testDirectory(DIRECTORY);
    expect(await here.run('wit in --out-dir out')).toEqual({
      code: 0,
      out: '',
      err: 'wrote out/package.wit\nwrote out/deps/near-by/package.wit\nwrote out/deps/far-away-0.2.0/package.wit\n',
    });
    expect((await here.run('wit out')).out).toBe(NESTED);
    expect(await here.run('wit in --out-dir out')).toEqual({ code: 0, out: '', err: 'out is up to date\n' });
    expect(await here.run('wit in --out-dir out --check')).toEqual({ code: 0, out: '', err: '' });
  });

  it('writes only what a world needs', async () => {
    const here = await testDirectory({ ...DIRECTORY, 'in/deps/other.wit': 'package x:y;\n' });
    await here.run('wit in -w w --out-dir out');
    expect((await here.run('wit out')).out).toBe(NESTED);
  });

  it('changes nothing if a file differs, unless forced', async () => {
    const here = await testDirectory({ ...DIRECTORY, 'out/deps/near-by/package.wit': 'package mine:own;\n' });
    const file = 'out/deps/near-by/package.wit';
    const refused = await here.run('wit in --out-dir out');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(
      /near-by\/package\.wit` exists and differs, so nothing was written\nhelp: .*--force/u,
    );
    await expect(here.read('out/package.wit')).rejects.toThrow('ENOENT');
    expect(await here.read(file)).toBe('package mine:own;\n');
    const checked = await here.run('wit in --out-dir out --check');
    expect(checked).toMatchObject({ code: 1, err: '' });
    expect(checked.out.split('\n').sort()).toEqual([
      '',
      'missing: out/deps/far-away-0.2.0/package.wit',
      'missing: out/package.wit',
      `out of date: ${file}`,
    ]);
    expect(await here.run('wit in --out-dir out --force')).toMatchObject({ code: 0 });
    expect((await here.run('wit out')).out).toBe(NESTED);
  });

  it.each([
    'out/other.wit',
    'out/deps/old.wit',
    'out/deps/old.wasm',
    'out/deps/old/readme.md',
    'out/deps/near-by/more.wit',
  ])('changes nothing if %s would be read as a part of the package, even if forced', async (file) => {
    const here = await testDirectory({ ...DIRECTORY, [file]: 'package p:q;\n' });
    const { code, err } = await here.run('wit in --out-dir out --force');
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('would be read as a part of the package, so nothing was written'),
    });
    await expect(here.read('out/package.wit')).rejects.toThrow('ENOENT');
    expect(await here.read(file)).toBe('package p:q;\n');
    expect((await here.run('wit in --out-dir out --check')).code).toBe(1);
  });

  it('leaves other files alone', async () => {
    const here = await testDirectory({
      ...DIRECTORY,
      'out/README.md': 'mine',
      'out/deps/near-by/notes.md': 'mine',
    });
    expect(await here.run('wit in --out-dir out')).toMatchObject({ code: 0 });
    expect(await here.read('out/README.md')).toBe('mine');
    expect(await here.read('out/deps/near-by/notes.md')).toBe('mine');
  });

  it('gives packages of similar names folders of their own', async () => {
    const similar = ['a-b:c', 'a:b-c', 'A:b-c'].map((name) => `package ${name} { interface i {} }\n`);
    const here = await testDirectory({ 'a.wit': `package x:y;\n${similar.join('')}` });
    const { err } = await here.run('wit a.wit --out-dir out');
    expect(err.match(/deps\/[^/]*/gu)?.sort()).toEqual(['deps/A-b-c', 'deps/a-b-c-2', 'deps/a-b-c-3']);
    expect((await here.run('wit out')).out).toBe((await here.run('wit a.wit')).out);
  });

  it('keeps a name that is too long for a file system', async () => {
    const long = 'n'.repeat(300);
    const here = await testDirectory({ 'a.wit': `package x:y;\npackage a:${long} { interface i {} }\n` });
    expect(await here.run('wit a.wit --out-dir out')).toMatchObject({ code: 0 });
    expect((await here.run('wit out')).out).toContain(long);
  });

  it('prints JSON of the files', async () => {
    const here = await testDirectory(DIRECTORY);
    const { code, out } = await here.run('wit in --out-dir out --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      files: [
        { path: 'package.wit', status: 'new' },
        { path: 'deps/near-by/package.wit', status: 'new' },
        { path: 'deps/far-away-0.2.0/package.wit', status: 'new' },
      ],
      foreign: [],
    });
  });

  it.each([
    ['wit in --check', '`--check` needs `--out-dir`'],
    ['wit in --force', '`--force` needs `--out-dir`'],
    ['wit in --out-dir -', '`--out-dir` needs a directory'],
  ])('refuses %s', async (args, message) => {
    const here = await testDirectory(DIRECTORY);
    const { code, err } = await here.run(args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  });

  it('refuses a directory that is a file, and a link that leads out of it', async () => {
    const here = await testDirectory({ ...DIRECTORY, out: 'a file', 'elsewhere/mine.txt': 'mine' });
    expect((await here.run('wit in --out-dir out')).code).toBe(3);
    await mkdir(`${here.path}/linked`);
    await symlink(`${here.path}/elsewhere`, `${here.path}/linked/deps`);
    const { code, err } = await here.run('wit in --out-dir linked');
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('outside the output directory') });
    await expect(here.read('linked/package.wit')).rejects.toThrow('ENOENT');
  });
});
