import { describe, expect, it } from 'vitest';
import { runProgram } from '../running/run-program.ts';

describe('hello-env', () => {
  const program = 'hello-env/built/rust.wasm';

  it('greets the world when no variable is granted', async () => {
    expect(await runProgram(program)).toEqual({ code: 0, out: 'Hello, World!\n', err: '' });
  });

  it.each(['Ada', 'Jörg 🌍', ''])('greets %j when it is granted as NAME', async (name) => {
    const result = await runProgram(program, { env: { NAME: name } });
    expect(result).toEqual({ code: 0, out: `Hello, ${name}!\n`, err: '' });
  });

  it('does not take another variable for NAME', async () => {
    const { out } = await runProgram(program, { env: { NAMES: 'Ada', name: 'Ada' } });
    expect(out).toBe('Hello, World!\n');
  });
});
