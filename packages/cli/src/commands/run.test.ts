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
    ['execute-query(1)', 'character 15: expected a string'],
    ['execute-query', 'character 15: expected the argument `sql`'],
    ['exceute-query("x")', 'did you mean execute-query?'],
  ])('exits with 2 for %s', async (call, message) => {
    const { code, out, err } = await (await testDirectory()).run(`run ${DATABASE} --invoke ${call}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('requires a function to call', async () => {
    const here = await testDirectory({ 'empty.wasm': EMPTY_COMPONENT, 'f.wasm': IMPORTING_COMPONENT });
    expect(await here.run('run empty.wasm --invoke f()')).toMatchObject({ code: 2 });
    expect((await here.run('run f.wasm --invoke f()')).err).toContain('the component exports no function');
  });
});
