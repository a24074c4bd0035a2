import { describe, expect, it } from 'vitest';
import { CORE_MODULE, EMPTY_COMPONENT, testDirectory } from './fixtures/test-directory.ts';

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 99\n';
const WIT = 'package a:b;\nworld w { }\n';

const FILES: readonly (readonly [name: string, content: string | Uint8Array, what: string])[] = [
  ['page.wasm', '<!DOCTYPE html>\n<title>Not found</title>', 'an HTML or XML page'],
  ['page.wit', '\ufeff \n<html lang="en">', 'an HTML or XML page'],
  ['answer.wasm', '<?xml version="1.0"?><Error/>', 'an HTML or XML page'],
  ['pointer.wasm', POINTER, 'a Git LFS pointer'],
  ['pointer.wit', POINTER, 'a Git LFS pointer'],
  ['text.wasm', 'hello\n', 'it is text, which starts with `hello`'],
  ['wit.wasm', WIT, 'it is text, which starts with `package a:b;`'],
  ['text.wat', '(component)', 'WebAssembly text (WAT)'],
  ['text.wasm', ';; a comment\n(module)', 'WebAssembly text (WAT)'],
  ['empty.wasm', '', 'it is empty'],
  ['short.wasm', Uint8Array.of(0, 0x61, 0x73), 'it starts with `00 61 73`'],
  ['zip.wasm', Uint8Array.of(0x1f, 0x8b, 8, 0), 'a gzip archive'],
  ['program.wasm', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2), 'a native program'],
  ['answer.json.wasm', '{"message": "no"}', 'JSON'],
];

const COMMANDS = [
  'validate FILE',
  'wit FILE',
  'gen FILE -o -',
  'check FILE',
  'check FILE --wit w.wit',
  'check w.wit --wit FILE',
  'inspect FILE',
  'run FILE --invoke f()',
  'diff FILE w.wit',
  'diff w.wit FILE',
  'fmt FILE',
];

describe.each(COMMANDS)('wit-ts %s', (command) => {
  it.each(FILES)('exits with 3 and says what %s is', async (name, content, what) => {
    const here = await testDirectory({ [name]: content, 'w.wit': WIT });
    const { code, out, err } = await here.run(command.replace('FILE', name));
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(what);
    expect(err).toContain(`\`${name}\``);
  });

  it('says what standard input is', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    const { code, err } = await here.run(command.replace('FILE', '-'), { stdin: POINTER });
    expect(code).toBe(3);
    expect(err).toContain('standard input');
    expect(err).toContain('a Git LFS pointer');
  });
});

describe.each(COMMANDS.filter((command) => !command.startsWith('fmt') && !command.startsWith('validate')))(
  'wit-ts %s',
  (command) => {
    it.each([
      ['core.wasm', CORE_MODULE, 'is a core module, not a component'],
      ['cut.wasm', EMPTY_COMPONENT.subarray(0, 7), 'ends in the middle of the preamble'],
      ['bad.wasm', Uint8Array.of(...EMPTY_COMPONENT, 0x67), 'is not the id of a component section'],
    ])('exits with 3 and names the malformed %s', async (name, content, what) => {
      const here = await testDirectory({ [name]: content, 'w.wit': WIT });
      const { code, out, err } = await here.run(command.replace('FILE', name));
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toContain(`cannot read \`${name}\`: `);
      expect(err).toContain(what);
    });
  },
);

describe('a file of a package that is something else', () => {
  it.each(FILES.filter(([name]) => !/^(?:text|empty|short|wit)\./u.test(name)))(
    'is named as what it is: %s',
    async (name, content, what) => {
      const here = await testDirectory({ 'p/w.wit': WIT, [`p/deps/${name}`]: content });
      const { code, err } = await here.run('wit p');
      expect(code).toBe(3);
      expect(err).toContain(`deps/${name}\` is not WIT: it is ${what}`);
      expect(err).toContain('help: ');
    },
  );

  it.each(['', 'hello\n', WIT])('is reported as broken if it should be wasm: %j', async (content) => {
    const here = await testDirectory({ 'p/w.wit': WIT, 'p/deps/d.wasm': content });
    const { code, err } = await here.run('wit p');
    expect(code).toBe(3);
    expect(err).toContain('deps/d.wasm` is not a WebAssembly binary');
  });
});

describe('wit-ts fmt', () => {
  const ugly = 'package   a:b;\n';

  it('formats and checks the files after one that it cannot read', async () => {
    const here = await testDirectory({
      'a.wit': Uint8Array.of(0xff),
      'b.wit': ugly,
      'c.wit': 'package a:b;\n',
      'd.wit': POINTER,
      'e.wit': ugly,
      'f.wasm': EMPTY_COMPONENT,
    });
    const checked = await here.run('fmt --check . absent.wit f.wasm');
    expect(checked.code).toBe(3);
    expect(checked.out).toBe('not formatted: b.wit\nnot formatted: e.wit\n');
    for (const name of ['a.wit', 'd.wit', 'absent.wit', 'f.wasm'])
      expect(checked.err).toContain(`\`${name}\``);

    const json = await here.run('fmt --check --json .');
    expect(json.code).toBe(3);
    expect(JSON.parse(json.out)).toMatchObject({
      files: [
        { path: 'a.wit', status: 'unreadable', error: expect.stringContaining('UTF-8') },
        { path: 'b.wit', status: 'changed' },
        { path: 'c.wit', status: 'formatted' },
        { path: 'd.wit', status: 'unreadable' },
        { path: 'e.wit', status: 'changed' },
      ],
    });

    expect((await here.run('fmt absent .')).code).toBe(3);
    expect([await here.read('b.wit'), await here.read('e.wit')]).toEqual([
      'package a:b;\n',
      'package a:b;\n',
    ]);
  });
});
