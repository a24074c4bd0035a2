import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EMPTY_COMPONENT, IMPORTING_COMPONENT, testDirectory } from '../fixtures/test-directory.ts';

const DATABASE = fileURLToPath(
  new URL('../../../../test-components/database-connector/built/rust.wasm', import.meta.url),
);

describe('wit-ts run --invoke', () => {
  it('calls an export and prints its result', async () => {
    const here = await testDirectory();
    const call = `run ${DATABASE} --invoke execute-query("rows")`;
    expect(await here.run(call)).toEqual({ code: 0, out: '[{id: 1, payload: "rows"}]\n', err: '' });
    expect(JSON.parse((await here.run(`${call} --json`)).out)).toEqual({
      result: '[{id: 1, payload: "rows"}]',
    });
  });

  it.each([
    ['execute-query(12)', 'character 15: expected a string such as `"text"`, found `12`'],
    ['execute-query()', 'character 15: expected the argument `sql`, found `)`'],
    ['execute-query', `write the call with its arguments in parentheses: --invoke 'execute-query("…")'`],
    [
      'execute-query',
      '`--invoke execute-query` has no arguments, and the function has the parameter `sql: string`',
    ],
    ['execute-query(', '--invoke, at its end: expected a string'],
    ['execute-query("😀"x', 'character 18: expected'],
    ['exceute-query("x")', 'did you mean `execute-query`?'],
    ['("x")', '`--invoke` names no function'],
    ['execute-query"x"', '`--invoke execute-query"x"` is not a call'],
    ['execute-query"x"', `write the arguments in parentheses: --invoke 'execute-query("…")'`],
  ])('exits with 2 for %s', async (call, message) => {
    const { code, out, err } = await (await testDirectory()).run(`run ${DATABASE} --invoke ${call}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('lists at most twenty of the exported functions', async () => {
    const tasks = fileURLToPath(new URL('../../../../test-components/tasks/built/wat.wasm', import.meta.url));
    const { err } = await (await testDirectory()).run(`run ${tasks} --invoke nothing()`);
    const [, listed, more] = /it exports (.*) and (\d+) more/u.exec(err) ?? [];
    expect(listed?.split(', ')).toHaveLength(20);
    expect(Number(more)).toBeGreaterThan(0);
  });

  it('requires a function to call', async () => {
    const here = await testDirectory({ 'empty.wasm': EMPTY_COMPONENT, 'f.wasm': IMPORTING_COMPONENT });
    expect(await here.run('run empty.wasm --invoke f()')).toMatchObject({ code: 2 });
    expect((await here.run('run f.wasm --invoke f()')).err).toContain('the component exports no function');
  });

  it.each([
    [
      'wasi-command/built/c.wasm',
      'run()',
      ['wasi:cli/environment@0.2.12', 'wasi:random/random@0.2.12'],
      'them',
    ],
    ['edge-handler/built/rust.wasm', 'handle-request("x")', ['example:service/processor'], 'it'],
  ])('says in one sentence what %s imports', async (file, call, names, pronoun) => {
    const wasm = fileURLToPath(new URL(`../../../../test-components/${file}`, import.meta.url));
    const here = await testDirectory();
    const { code, out, err } = await here.run(`run ${wasm} --invoke ${call}`);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const [sentence = '', help = '', ...rest] = err.trimEnd().split('\n');
    expect(sentence).toMatch(/^error: `[^`]*` imports `/u);
    expect(sentence.endsWith(`, and \`run\` provides no host for ${pronoun}`)).toBe(true);
    for (const name of names) expect(sentence.split(`\`${name}\``)).toHaveLength(2);
    expect(help).toMatch(/^help: /u);
    expect(rest).toEqual([]);
    const json = JSON.parse((await here.run(`run ${wasm} --invoke ${call} --json`)).out);
    expect(json).toMatchObject({ error: { exitCode: 1, message: expect.stringContaining(names[0]!) } });
  });
});
