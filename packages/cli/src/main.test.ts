import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { place } from './fixtures/run.ts';
import { programOf } from './program.ts';
import { processIo } from './io.ts';
import { version } from './version.ts';

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url));
const execute = promisify(execFile);

/** What commands cannot be called without. */
const NEEDED: ReadonlyMap<string, string> = new Map([
  ['check', '--wit absent'],
  ['diff', 'absent'],
  ['run', '--invoke f()'],
]);

function spawn(...args: string[]) {
  return execute(process.execPath, ['--conditions=@wit-ts/source', BIN, ...args]);
}

describe('wit-ts', () => {
  it('prints its version and help', async () => {
    const here = await place();
    expect(await here.run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
    const help = await here.run('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('gen [options] <path>');
    expect(help.out).toContain('Exit codes: 0 fine');
  });

  it('gives every command that it lists, each with help and an example', async () => {
    const here = await place();
    const names = programOf(processIo(), () => undefined).commands.map((command) => command.name());
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const help = await here.run(`${name} --help`);
      expect(help.code).toBe(0);
      expect(help.out).toContain('Examples:');
      // Absent files are found by a command that was loaded.
      const called = await here.run(`${name} absent ${NEEDED.get(name) ?? ''}`);
      expect(called).toMatchObject({
        code: 3,
        out: '',
        err: 'error: absent cannot be read: it does not exist\n',
      });
    }
  });

  it.each([
    ['', 'Usage: wit-ts'],
    ['frobnicate', "unknown command 'frobnicate'"],
    ['chek a', 'Did you mean check?'],
    ['gen', "missing required argument 'path'"],
    ['fmt --chek', 'Did you mean --check?'],
    ['gen a b', 'too many arguments'],
    ['gen - --watch', 'standard input cannot be watched'],
    ['gen a.wit --watch --check', 'choose one'],
    ['gen a.wit -o - --check', 'nothing to check'],
    ['check - --wit -', 'only one'],
    ['fmt - a.wit', 'standard input is formatted alone'],
  ])('exits with 2 for wrong usage: %s', async (args, message) => {
    const { code, out, err } = await (await place()).run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('exits with 3 for what is neither WebAssembly nor text', async () => {
    const here = await place({ 'bad.wit': Uint8Array.of(0xff, 0xfe) });
    expect(await here.run('fmt bad.wit')).toMatchObject({ code: 3, out: '' });
    expect(await here.run('fmt -', { stdin: Uint8Array.of(0xff) })).toMatchObject({
      code: 3,
      err: 'error: standard input is neither a component nor text in UTF-8\n',
    });
  });

  it('gives failures as JSON too', async () => {
    const { code, out } = await (await place()).run('inspect absent.wasm --json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({
      error: { message: 'absent.wasm cannot be read: it does not exist', exitCode: 3 },
    });
  });

  it('colours as asked, and else for people who watch', async () => {
    const here = await place();
    const red = '\u001b[31merror';
    const err = async (args: string, env: Record<string, string> = {}, tty = false) =>
      (await here.run(`inspect absent ${args}`, { env, tty })).err;
    expect(await err('')).not.toContain(red);
    expect(await err('--color')).toContain(red);
    expect(await err('', {}, true)).toContain(red);
    expect(await err('', { NO_COLOR: '1' }, true)).not.toContain(red);
    expect(await err('--no-color', {}, true)).not.toContain(red);
    expect(await err('', { FORCE_COLOR: '1' })).toContain(red);
    expect(await err('', { TERM: 'dumb' }, true)).not.toContain(red);
  });

  it('is a process', async () => {
    expect(await spawn('--version')).toEqual({ stdout: `${version}\n`, stderr: '' });
    await expect(spawn('inspect', 'absent')).rejects.toMatchObject({ code: 3, stdout: '' });
  });
});
