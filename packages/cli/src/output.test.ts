import { describe, expect, it } from 'vitest';
import {
  CORE_MODULE,
  EMPTY_COMPONENT,
  IMPORTING_COMPONENT,
  testDirectory,
} from './fixtures/test-directory.ts';

const WIT = 'package a:b;\nworld w { import f: func(); export g: func(); }\n';
const LINE = /^(?:[^\n]*: )?(?:error|warning|info)\[[a-z-]+\]: [^\n]+$/u;

const FILES = {
  'w.wit': WIT,
  'ugly.wit': 'package   a:b;\n',
  'bad.wit': 'package a:b;\nworld { }\n',
  'next.wit': WIT.replace('f: func();', 'f: func(x: u8);'),
  'none.wit': 'package a:b;\n',
  'empty.wasm': EMPTY_COMPONENT,
  'imports.wasm': IMPORTING_COMPONENT,
  'core.wasm': CORE_MODULE,
  'half.wasm': EMPTY_COMPONENT.slice(0, 7),
};

/** A command that fails in some way, and its exit code. */
const FAILURES: readonly (readonly [command: string, code: number])[] = [
  ['frobnicate', 2],
  ['chek w.wit', 2],
  ['gen', 2],
  ['gen w.wit --chek', 2],
  ['gen w.wit w.wit', 2],
  ['gen w.wit --import-extension x -o -', 2],
  ['gen w.wit -w nothing -o -', 2],
  ['gen none.wit -o -', 2],
  ['gen w.wit --watch --check', 2],
  ['gen absent', 3],
  ['gen bad.wit -o -', 1],
  ['gen w.wit --check', 1],
  ['gen w.wit -o w.wit', 3],
  ['check', 2],
  ['check absent', 3],
  ['check empty.wasm --wit w.wit', 1],
  ['check next.wit --wit w.wit', 1],
  ['check none.wit --wit w.wit', 2],
  ['check core.wasm', 3],
  ['diff w.wit', 2],
  ['diff w.wit next.wit', 1],
  ['diff w.wit empty.wasm', 2],
  ['diff -- -x:y w.wit', 2],
  ['wit bad.wit', 1],
  ['wit core.wasm', 3],
  ['wit half.wasm', 3],
  ['fmt bad.wit', 1],
  ['fmt ugly.wit --check', 1],
  ['fmt absent.wit', 3],
  ['fmt - w.wit', 2],
  ['validate bad.wit', 1],
  ['validate core.wasm', 1],
  ['validate absent', 3],
  ['inspect w.wit', 3],
  ['inspect half.wasm', 3],
  ['run empty.wasm', 3],
  ['run empty.wasm --invoke f()', 2],
  ['run absent --invoke f()', 3],
];

describe.each(FAILURES)('wit-ts %s', (command, code) => {
  const [words = '', ...rest] = command.split(' -- ');
  const withOption = (option: string): string => [`${words} ${option}`, ...rest].join(' -- ');

  it('prints one JSON document with --json', async () => {
    const result = await (await testDirectory(FILES)).run(withOption('--json'));
    expect(result).toMatchObject({ code, err: '' });
    const json: object = JSON.parse(result.out);
    if (code === 2 || 'error' in json) {
      expect(json).toEqual({
        error: expect.objectContaining({ exitCode: code, message: expect.any(String) }),
      });
    }
  });

  it('prints nothing but lines with --lines', async () => {
    const { code: exitCode, out, err } = await (await testDirectory(FILES)).run(withOption('--lines'));
    expect(exitCode).toBe(code);
    const lines = `${out}${err}`.split('\n').filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(LINE);
  });
});

describe('--lines', () => {
  it('prints the position of each finding that has one', async () => {
    const here = await testDirectory(FILES);
    expect((await here.run('check next.wit --wit w.wit --lines')).out).toMatch(/^\S*w\.wit:2:\d+: error\[/u);
    expect((await here.run('check imports.wasm --wit w.wit --lines')).out).toContain('export-missing');
    expect((await here.run('diff w.wit next.wit --lines')).out).toMatch(/^next\.wit: error\[/u);
    expect((await here.run('fmt ugly.wit --check --lines')).out).toBe(
      'ugly.wit:1:1: error[not-formatted]: the file is not formatted\n',
    );
    expect((await here.run('frobnicate --lines')).err).toBe('error[usage]: unknown command `frobnicate`\n');
  });

  it('cannot be combined with --json', async () => {
    const { code, out } = await (await testDirectory(FILES)).run('wit w.wit --json --lines');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      error: { message: 'option `--json` cannot be used with option `--lines`' },
    });
  });
});

/** A component that imports and exports nothing but a function of a name. */
function named(name: string): Uint8Array {
  const text = new TextEncoder().encode(name);
  const importSection = [1, 0, text.length, ...text, 1, 0];
  const typeSection = [7, 5, 1, 0x40, 0, 1, 0];
  return Uint8Array.from([...EMPTY_COMPONENT, ...typeSection, 10, importSection.length, ...importSection]);
}

const NAMES: readonly string[] = [
  'a\u001b[2Jb',
  'a\u001b]0;owned\u0007',
  'a\u009b31mb',
  'a\rb',
  'a\u202eb',
  'a\u0000b',
  'a\u2066b\u2069',
  'x: func();\n  export y',
  'a\u007f\u0008',
];

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

describe.each(NAMES.map((name) => [JSON.stringify(name), name] as const))('the name %s', (_, name) => {
  it.each([
    'wit',
    'wit --json',
    'check',
    'check --json',
    'check --wit w.wit',
    'inspect',
    'inspect --json',
    'inspect --mermaid',
    'validate',
    'validate --lines',
    'validate --json',
    'gen -o -',
    'gen -o - --json',
    'run --invoke f()',
    'diff w.wasm',
    'diff w.wasm --markdown',
  ])('sends no control characters to a terminal: %s', async (command) => {
    const [verb, ...options] = command.split(' ');
    const here = await testDirectory({ 'x.wasm': named(name), 'w.wasm': EMPTY_COMPONENT, ...FILES });
    const { out, err } = await here.run(`${verb} x.wasm ${options.join(' ')}`, {
      tty: true,
      env: { NO_COLOR: '1' },
    });
    expect(`${out}${err}`).not.toBe('');
    expect(`${out}${err}`).not.toMatch(CONTROLS);
  });
});

describe('a name that WIT cannot write', () => {
  it.each(NAMES)('is quoted, and the component is not shown as WIT or made into code: %j', async (name) => {
    const here = await testDirectory({ 'x.wasm': named(name) });
    for (const command of ['wit x.wasm', 'wit x.wasm --json', 'gen x.wasm -o -', 'gen x.wasm -o out']) {
      const { code, out, err } = await here.run(command);
      expect([command, code]).toEqual([command, 3]);
      expect(`${out}${err}`).toMatch(/WIT cannot write /u);
      expect(`${out}${err}`).not.toContain('package root:component');
    }
  });
});

function withLength(bytes: readonly number[]): number[] {
  return [bytes.length, ...bytes];
}

/** A WIT package in wasm form: `package a:b; interface i { NAME: func(); }`. */
function witPackage(name: string): Uint8Array {
  const text = (of: string): number[] => withLength([...new TextEncoder().encode(of)]);
  const instance = [0x42, 2, 1, 0x40, 0, 1, 0, 4, 0, ...text(name), 1, 0];
  const component = [0x41, 2, 1, ...instance, 4, 0, ...text('a:b/i'), 5, 0];
  const types = withLength([1, ...component]);
  return Uint8Array.from([...EMPTY_COMPONENT, 7, ...types, 11, ...withLength([1, 0, ...text('i'), 3, 0, 0])]);
}

describe('a name in a WIT package in wasm form that WIT cannot write', () => {
  it.each([...NAMES.filter((name) => !name.includes('/')), 'f: func(); interface j'])(
    'is quoted, and nothing is printed or compared: %j',
    async (name) => {
      const here = await testDirectory({
        'x.wasm': witPackage(name),
        'p/p.wit': 'package p:p;\nworld w { import a:b/i; }\n',
        'p/deps/x.wasm': witPackage(name),
        ...FILES,
      });
      const commands = ['wit x.wasm', 'wit x.wasm --json', 'wit x.wasm --out-dir out', 'diff x.wasm w.wit'];
      for (const command of [...commands, 'wit p', 'gen p -o -', 'validate p', 'check x.wasm --wit p']) {
        const { code, out, err } = await here.run(command);
        expect([command, code]).toEqual([command, 3]);
        expect(`${out}${err}`).toMatch(/WIT cannot write /u);
        expect(`${out}${err}`).not.toMatch(CONTROLS);
      }
      await expect(here.read('out/package.wit')).rejects.toThrow('ENOENT');
    },
  );

  it('is the only reason to refuse such a package', async () => {
    const here = await testDirectory({ 'x.wasm': witPackage('f') });
    expect((await here.run('wit x.wasm')).out).toBe('package a:b;\n\ninterface i {\n  f: func();\n}\n\n');
  });
});

describe('paths', () => {
  it('with control characters are printed without them', async () => {
    const here = await testDirectory();
    for (const command of ['wit', 'fmt', 'inspect', 'validate', 'gen', 'diff w.wit']) {
      const { code, err } = await here.run(`${command} a\u001b[2J\u009b.wit`);
      expect([command, code]).toEqual([command, code === 2 ? 2 : 3]);
      expect(err).not.toMatch(CONTROLS);
    }
    expect((await here.run('no\u001b[2J')).err).not.toMatch(CONTROLS);
  });
});
