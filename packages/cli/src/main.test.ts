import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { testDirectory } from './fixtures/test-directory.ts';
import { programOf } from './program.ts';
import { processIo } from './io.ts';
import { version } from './version.ts';

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url));
const execute = promisify(execFile);

/** Arguments that commands require. */
const REQUIRED: ReadonlyMap<string, string> = new Map([
  ['componentize', '--wit absent'],
  ['check', '--wit absent'],
  ['diff', 'absent'],
  ['run', '--invoke f()'],
]);

function spawn(...args: string[]) {
  return execute(process.execPath, ['--conditions=@wit-ts/source', BIN, ...args]);
}

describe('wit-ts', () => {
  it('prints its version and help', async () => {
    const here = await testDirectory();
    expect(await here.run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
    const help = await here.run('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('gen [options] [path]');
    expect(help.out).toContain('  2   wrong usage');
  });

  it('has help and an example for every command that it lists', async () => {
    const here = await testDirectory();
    const names = programOf(processIo(), () => undefined).commands.map((command) => command.name());
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const help = await here.run(`${name} --help`);
      expect(help.code).toBe(0);
      expect(help.out).toContain('Examples:');
      // It makes what is absent.
      if (name === 'init') continue;
      // Only a command whose code was loaded can look for the file.
      const called = await here.run(`${name} absent ${REQUIRED.get(name) ?? ''}`);
      expect(called).toMatchObject({
        code: 3,
        out: '',
        err: 'error: cannot read `absent`: it does not exist\n',
      });
    }
  });

  it.each([
    ['', 'Usage: wit-ts'],
    ['frobnicate', 'unknown command `frobnicate`'],
    ['chek a', 'Did you mean check?'],
    ['gen', 'missing required argument `path`'],
    ['fmt --chek', 'Did you mean --check?'],
    ['gen a b', 'too many arguments'],
    ['gen - --watch', '`--watch` cannot watch standard input'],
    ['gen a.wit --watch --check', 'choose one'],
    ['gen a.wit --out=', '`-o` needs a directory'],
    ['gen a.wit -o - --check', 'neither `--check` nor `--watch`'],
    ['check - --wit -', 'only one'],
    ['fmt - a.wit', 'standard input and files cannot be formatted together'],
  ])('exits with 2 for wrong usage: %s', async (args, message) => {
    const { code, out, err } = await (await testDirectory()).run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('exits with 3 for input that is neither WebAssembly nor text', async () => {
    const here = await testDirectory({ 'bad.wit': Uint8Array.of(0xff, 0xfe) });
    expect(await here.run('fmt bad.wit')).toMatchObject({ code: 3, out: '' });
    expect(await here.run('fmt -', { stdin: Uint8Array.of(0xff) })).toMatchObject({
      code: 3,
      err: 'error: standard input is neither a component nor UTF-8 text\n',
    });
  });

  it('prints failures as JSON', async () => {
    const { code, out } = await (await testDirectory()).run('inspect absent.wasm --json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({
      error: { message: 'cannot read `absent.wasm`: it does not exist', exitCode: 3 },
    });
  });

  it('uses colour if forced, and on terminals', async () => {
    const here = await testDirectory();
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

  it('asks for a newer Node in one sentence', async () => {
    const old = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.19.5'}})`;
    await expect(
      execute(process.execPath, ['--conditions=@wit-ts/source', '--import', old, BIN, '--version']),
    ).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'wit-ts requires Node 22 or later, and this is Node 20.19.5.\n',
    });
  });

  it('begins with a file that old versions of Node can parse', () => {
    const code = readFileSync(BIN, 'utf8').replaceAll(/^\s*\/\/.*$/gmu, '');
    expect(code).not.toMatch(
      /^\s*(?:import [^(]|import\{|export )|\bawait\b|\bfor await\b|\?\?|\?\.|\bclass\b|\d_\d/mu,
    );
  });

  it.each([
    ['cannot be made', { NODE_COMPILE_CACHE: path.join(BIN, 'cache') }],
    ['is switched off', { NODE_DISABLE_COMPILE_CACHE: '1' }],
  ])('runs if the directory of compiled code %s', async (_, variables) => {
    const env = { ...process.env, ...variables };
    const run = execute(process.execPath, ['--conditions=@wit-ts/source', BIN, '--version'], { env });
    expect(await run).toEqual({ stdout: `${version}\n`, stderr: '' });
  });

  it('keeps compiled code in the directory that the environment names, and nowhere else', async () => {
    const here = await testDirectory();
    const env = { ...process.env, NODE_COMPILE_CACHE: path.join(here.path, 'cache'), TMPDIR: here.path };
    await execute(process.execPath, ['--conditions=@wit-ts/source', BIN, '--version'], { env });
    expect(readdirSync(here.path)).toEqual(['cache']);
  });

  it('declares the version of Node that it requires', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(readFileSync(BIN, 'utf8')).toContain(`const SUPPORTED_NODE = ${engines.node.replace('>=', '')};`);
  });

  it('runs as a process', async () => {
    expect(await spawn('--version')).toEqual({ stdout: `${version}\n`, stderr: '' });
    await expect(spawn('inspect', 'absent')).rejects.toMatchObject({ code: 3, stdout: '' });
  });
});
