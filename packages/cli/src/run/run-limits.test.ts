import { describe, expect, it } from 'vitest';
import { commandLine, testComponent } from '../fixtures/command-line.ts';
import { IMPORTING_COMPONENT, testDirectory } from '../fixtures/test-directory.ts';

const HELLO = testComponent('hello-env/built/rust.wasm');
const COMMAND = testComponent('wasi-command/built/c.wasm');
const DATABASE = testComponent('database-connector/built/rust.wasm');

/** The report of `--json`, which follows what the program and its refusals printed. */
function reportIn(err: string): {
  readonly exitCode: number;
  readonly fuel?: object;
  readonly error?: object;
} {
  return JSON.parse(err.slice(err.indexOf('{\n'))) as ReturnType<typeof reportIn>;
}

describe('wit-ts run --fuel', () => {
  it('prints nothing more when a program ends within it', async () => {
    expect(await commandLine(['run', HELLO, '--fuel', '1000000', '--env', 'NAME=Ada'])).toEqual({
      code: 0,
      out: 'Hello, Ada!\n',
      err: '',
    });
  });

  it('reports with --json what is used, the same with --timeout', async () => {
    const plain = await commandLine(['run', HELLO, '--fuel', '1000000', '--json']);
    expect([plain.code, plain.out]).toEqual([0, 'Hello, World!\n']);
    expect(reportIn(plain.err)).toEqual({
      exitCode: 0,
      fuel: { limit: 1_000_000, used: expect.any(Number) },
      refusals: [],
    });
    expect(await commandLine(['run', HELLO, '--fuel', '1000000', '--json', '--timeout', '60'])).toEqual(
      plain,
    );
    expect(reportIn((await commandLine(['run', HELLO, '--json'])).err).fuel).toBe(undefined);
  });

  it.each([[HELLO], [HELLO, '--timeout', '60'], [COMMAND]])('ends a program, %#', async (...args) => {
    const { code, out, err } = await commandLine(['run', ...args, '--fuel', '1000', '--json']);
    expect([code, out]).toEqual([134, '']);
    const report = reportIn(err);
    const { used } = report.fuel as { used: number };
    expect(report).toMatchObject({ exitCode: 134 });
    const { message } = report.error as { message: string };
    expect(message).toMatch(
      new RegExp(`^out of fuel: ${used}\\b.*\\b1000\\b.*; give more with \`--fuel\``, 'u'),
    );
  });

  it('does not say what a program had used that the timeout ended', async () => {
    const here = await testDirectory({ 'loop.wasm': loop });
    const { code, err } = await here.run('run loop.wasm --fuel 9007199254740991 --timeout 0.5 --json');
    expect([code, reportIn(err).fuel]).toEqual([124, { limit: Number.MAX_SAFE_INTEGER }]);
  });

  it('bounds a call', async () => {
    const here = await testDirectory();
    const call = `run ${DATABASE} --invoke execute-query("rows") --fuel`;
    expect(await here.run(`${call} 1000000`)).toEqual({
      code: 0,
      out: '[{id: 1, payload: "rows"}]\n',
      err: '',
    });
    const report = JSON.parse((await here.run(`${call} 1000000 --json`)).out);
    expect(report).toMatchObject({ fuel: { limit: 1_000_000, used: expect.any(Number) } });
    expect((await here.run(`${call} ${report.fuel.used}`)).code).toBe(0);
    const { code, out, err } = await here.run(`${call} 10`);
    expect([code, out]).toEqual([134, '']);
    expect(err).toMatch(
      /^error: `execute-query` trapped: out of fuel: 12 operators are used, more than the limit of 10, .*`--fuel`/u,
    );
  });
});

describe('wit-ts run --max-memory', () => {
  it('bounds the memories of programs and of calls', async () => {
    for (const args of [[HELLO], [DATABASE, '--invoke', 'execute-query("rows")']]) {
      const enough = await commandLine(['run', ...args, '--max-memory', '64MiB']);
      expect([enough.code, enough.err]).toEqual([0, '']);
      const { code, out, err } = await commandLine(['run', ...args, '--max-memory', '1000']);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('cannot be run: the component exceeds its limits from the start:\n');
      expect(err).toContain('`--max-memory`: expected at most 1000 bytes in all memories');
    }
  });

  it.each([
    ['--fuel', '1.5'],
    ['--fuel', '-1'],
    ['--fuel', '9007199254740992'],
    ['--fuel', '1MiB'],
    ['--max-memory', '1M'],
    ['--max-memory', '1.5'],
    ['--max-memory', '8388608GiB'],
  ])('is checked before the program starts: %s %s', async (flag, value) => {
    const here = await testDirectory({ 'f.wasm': IMPORTING_COMPONENT });
    for (const call of [`run f.wasm ${flag} ${value}`, `run f.wasm --invoke f() ${flag} ${value}`])
      expect(await here.run(call)).toMatchObject({
        code: 2,
        err: expect.stringContaining(
          `error: ${flag} ${value}: ${flag === '--fuel' ? 'not a whole number from 0 to 2^53 - 1' : 'not a size'}`,
        ),
      });
  });
});

/** A program of preview 1 that loops for ever. */
const loop = Uint8Array.from(
  [
    [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 19, 2],
    [6, ...Buffer.from('memory'), 2, 0, 6, ...Buffer.from('_start'), 0, 0],
    [10, 9, 1, 7, 0, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b],
  ].flat(),
);
