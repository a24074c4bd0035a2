import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EMPTY_COMPONENT, IMPORTING_COMPONENT, testDirectory } from '../fixtures/test-directory.ts';

const DATABASE = componentPath('database-connector/built/rust.wasm');
const WAITING = componentPath('waiting/built/guest.wasm');

function componentPath(name: string): string {
  return fileURLToPath(new URL(`../../../../test-components/${name}`, import.meta.url));
}

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

  it('has the exit code of a program that the function ends', async () => {
    const here = await testDirectory();
    const call = `run ${componentPath('plugin-host/built/hostile.wasm')} --invoke call("exit")`;
    expect(await here.run(call)).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse((await here.run(`${call} --json`)).out)).toEqual({ exitCode: 0 });
  });

  it('lists at most twenty of the exported functions', async () => {
    const tasks = componentPath('tasks/built/wat.wasm');
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

  it.each([['edge-handler/built/rust.wasm', 'handle-request("x")', ['example:service/processor'], 'it']])(
    'says in one sentence what %s imports',
    async (file, call, names, pronoun) => {
      const wasm = componentPath(file);
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
    },
  );
});

async function run(call: string): Promise<{ code: number; out: string; err: string }> {
  return (await testDirectory()).run(`run ${WAITING} --invoke ${call}`);
}

describe('wit-ts run --invoke with asynchronous functions', () => {
  it.each([
    ['the result of a call that waits', 'later(1)', '2'],
    ['the ok of a result', 'check(7)', 'ok(7)'],
    ['the err of a result', 'check(0)', 'err("zero is refused")'],
    ['a stream of numbers as a list', 'count(6)', '[0, 1, 2, 3, 4, 5]'],
    ['a stream of strings as a list', 'words()', '["one", "two", "three"]'],
    ['a future as its value', 'double(4)', '8'],
    ['a future of a result that is ok', 'divide(6,2)', 'ok(3)'],
    ['a future of a result that is an error', 'divide(6,0)', 'err("division by zero")'],
    ['an error context with its message', 'problem()', '<error-context "out of paper">'],
    ['what a call with a list for a stream returns', 'sum([1,2,3],9)', '6'],
    ['what a call with a value for a future returns', 'after(1)', '2'],
    ['what a call with a message for an error context returns', 'describe("smoke")', '"smoke"'],
  ])('prints %s', async (_, call, out) => {
    expect(await run(call)).toEqual({ code: 0, out: `${out}\n`, err: '' });
  });

  it('prints at most a thousand elements of a stream', async () => {
    const { code, out } = await run('count(4000)');
    expect([code, out.split(', ').length, out.endsWith(', 231, …]\n')]).toEqual([0, 1001, true]);
  });

  it('exits with 1 for a deadlock, and says who waits for what', async () => {
    const { code, out, err } = await run('never()');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('`never` trapped: deadlock detected');
    expect(err).toContain('task 1 (`never` of the component) waits for an event');
  });

  it.each([
    ['sum(3,9)', 'character 5: expected `[`, found `3`'],
    ['sum(3,9)', "the function is called like this: 'sum([…], 1)'"],
    ['sum([300],9)', 'character 6: expected a u8, from 0 to 255'],
    ['after("x")', "the function is called like this: 'after(1)'"],
    ['describe(1)', 'expected the message of an error context'],
  ])('exits with 2 for %s', async (call, message) => {
    const { code, out, err } = await run(call);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});
