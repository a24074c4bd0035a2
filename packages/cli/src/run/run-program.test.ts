import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, NODE_ARGS, testComponent, witTs } from '../fixtures/command-line.ts';
import { testDirectory } from '../fixtures/test-directory.ts';

const HELLO = testComponent('hello-env/built/rust.wasm');
const TOUR = testComponent('sandbox-tour/built/rust.wasm');
const READ = testComponent('read-file/built/rust.wasm');
const WRITE = testComponent('hello-write/built/rust.wasm');
const LOGS = testComponent('log-analyzer/built/rust.wasm');
const COMMAND = testComponent('wasi-command/built/c.wasm');

describe('wit-ts run, a program of preview 1', () => {
  it.each([
    [[], {}, 'Hello, World!\n'],
    [['--env', 'NAME=Ada'], {}, 'Hello, Ada!\n'],
    [['--env', 'NAME'], { NAME: 'Grace' }, 'Hello, Grace!\n'],
    [['--inherit-env'], { NAME: 'Edsger' }, 'Hello, Edsger!\n'],
    [[], { NAME: 'not granted' }, 'Hello, World!\n'],
    [['--inherit-env', '--env', 'NAME=a=b'], { NAME: 'c' }, 'Hello, a=b!\n'],
  ])('has the variables that are granted: %j of %j', async (flags, env, out) => {
    expect(await commandLine(['run', HELLO, ...flags], { env })).toEqual({ code: 0, out, err: '' });
  });

  it('has its arguments, its streams and a directory', async () => {
    const { path: directory } = await testDirectory({ 'data/input.txt': 'quiet text' });
    const args = ['run', TOUR, '--dir', 'data::/data', '--env', 'A=1', 'one', '--', '--two'];
    const { code, out } = await commandLine(args, { cwd: directory, stdin: '12345' });
    const lines = ['stdout: this line', 'stdin: 1 lines, 5 bytes', 'arguments: 2', '  1: one', '  2: --two'];
    expect({ code, lines: out.split('\n').slice(0, 5) }).toEqual({ code: 0, lines });
    expect(out).toContain('environment: 1\n  A=1\n');
    expect(await readFile(join(directory, 'data/output.txt'), 'utf8')).toBe('QUIET TEXT');
  });

  it('is refused what is not granted, says so, and has the exit code of the program', async () => {
    const { path: directory } = await testDirectory({ 'box/hello.txt': 'inside', 'secret.txt': 'outside' });
    await symlink('../secret.txt', join(directory, 'box/link'));
    const run = (...files: string[]) =>
      commandLine(['run', READ, '--dir', 'box::/:ro', '--', ...files], { cwd: directory });
    expect(await run('hello.txt')).toEqual({ code: 0, out: 'WASM Read: inside\n', err: '' });
    const link = await run('link');
    expect([link.code, link.out]).toEqual([1, '']);
    expect(link.err).toContain(
      'refused: the program asked for `/link`; a symbolic link on its way leads out',
    );
    const { code, out, err } = await commandLine(['run', READ, '/etc/passwd'], { cwd: directory });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(
      'refused: the program asked for `/etc/passwd`; no directory grants it; `--dir /etc::/etc` would\n',
    );
  });

  it('writes only below a directory that is not for reading only', async () => {
    const { path: directory } = await testDirectory({ 'data/keep': '' });
    const run = (grant: string) => commandLine(['run', WRITE, '--dir', grant], { cwd: directory });
    const refused = await run('data::/:ro');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('`/` is granted for reading only');
    expect(await run('data::/')).toMatchObject({ code: 0, err: '' });
    await mkdir(join(directory, 'here'));
    expect(await commandLine(['run', WRITE, '--dir', '.'], { cwd: join(directory, 'here') })).toMatchObject({
      code: 0,
    });
    expect(await readFile(join(directory, 'here/output.txt'), 'utf8')).not.toBe('');
  });

  it('reads a log from a pipe, and prints the same report as from a file', async () => {
    const text = await readFile(testComponent('log-analyzer/sample/log.ndjson'), 'utf8');
    const { path: directory } = await testDirectory({ 'app.log': text });
    const piped = await commandLine(['run', LOGS], { stdin: text });
    const named = await commandLine(['run', LOGS, '--dir', '.', 'app.log'], { cwd: directory });
    expect(piped).toMatchObject({ code: 0, err: '' });
    expect(named).toEqual(piped);
  });

  it('has a report with --json, on standard error', async () => {
    const { code, out, err } = await commandLine(['run', READ, '--json', '/etc/passwd', '/etc/passwd']);
    expect([code, out]).toEqual([1, '']);
    const report = JSON.parse(err.slice(err.indexOf('{\n')));
    expect(report).toMatchObject({ exitCode: 1, refusals: [{ asked: '/etc/passwd' }] });
    expect(report.refusals).toHaveLength(1);
  });

  it('ends quietly when nobody reads its output any more', async () => {
    const yes = await testDirectory({ 'yes.log': `${JSON.stringify({ level: 'x', service: 'y' })}\n` });
    const script = `${witTs} run '${READ}' --dir . ${'yes.log '.repeat(9000)}| head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: yes.path });
    expect([stdout.toString(), stderr.toString()]).toEqual(['WASM Read: {"level":"x","service":"y"}\n', '']);
  });

  it('is ended by an interrupt while it waits', async () => {
    const child = spawn(process.execPath, [...NODE_ARGS, 'run', TOUR, '--dir', '.'], { stdio: 'pipe' });
    const ended = new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
    // It says so before it reads its input, which does not end.
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
  });
});

describe('wit-ts run, other programs', () => {
  it('runs a component of WASI 0.2', async () => {
    const { path: directory } = await testDirectory({ 'data/hello.txt': 'hello' });
    const flags = ['--dir', 'data::/data', '--env', 'GREETING=Grüße', 'one'];
    const { code, out } = await commandLine(['run', COMMAND, ...flags], { cwd: directory });
    expect(code).toBe(0);
    expect(out).toContain('argument 1: one\nGREETING: Grüße\n');
  });

  it('calls one export with grants, whose output is that of the process', async () => {
    const call = ['run', COMMAND, '--env', 'GREETING=hi', '--invoke', 'run()'];
    const { code, out, err } = await commandLine(call);
    expect([code, out.includes('GREETING: hi\n'), out.endsWith('\nok\n')]).toEqual([0, true, true]);
    expect(err).toContain('refused: the program asked for `/data/hello.txt`');
    expect(err).not.toContain('error: ');
  });

  it.each([
    [['README.md'], 3, '`README.md` cannot be run: not a WebAssembly program: it starts with'],
    [['empty.wasm'], 3, 'cannot be run: the component is not a command: it exports nothing'],
    [['missing.wasm'], 3, 'cannot read `missing.wasm`: it does not exist'],
    [['trap.wasm'], 134, 'error: the program trapped: unreachable'],
    [['foreign.wasm'], 1, '`foreign.wasm` cannot be run: '],
    [['broken.wasm'], 3, 'cannot read `broken.wasm`: '],
    [['trap.wasm', '--dir', 'none::/none'], 3, '--dir: cannot open '],
    [['trap.wasm', '--dir', 'a::b'], 2, "--dir a::b: the program's path must be absolute"],
    [['trap.wasm', '--dir', '../up'], 2, "--dir ../up: the program's path must be absolute"],
    [['trap.wasm', '--dir', '::/a'], 2, 'the path on the host is missing'],
    [['trap.wasm', '--env', 'NOT_THERE'], 2, '--env NOT_THERE: the environment has no such variable'],
    [['trap.wasm', '--net', 'example.org'], 2, 'error: --net: "example.org"'],
    [
      ['trap.wasm', '--timeout', '0'],
      2,
      '--timeout 0: not a time above 0 and of at most 24 days\nhelp: write it',
    ],
    [['trap.wasm', '--timeout', '60'], 134, 'error: the program trapped: unreachable'],
    [['loop.wasm', '--timeout', '500ms'], 124, 'error: the program ran longer than 500 ms, and was ended'],
    [['trap.wasm', '--seed', '-1'], 2, 'not a whole number from 0'],
    [['trap.wasm', '--deny', 'files'], 2, '--deny: `files` is unknown'],
    [['empty.wasm', '--invoke', 'f()', 'x'], 2, '`x` is not used: a call has its arguments in parentheses'],
  ])('%j exits with %i', async (args, code, message) => {
    const here = await testDirectory({
      'README.md': '# A page\n',
      'empty.wasm': Uint8Array.of(0, 97, 115, 109, 13, 0, 1, 0),
      'trap.wasm': coreModule([0x00]),
      'loop.wasm': coreModule([0x03, 0x40, 0x0c, 0x00, 0x0b]),
      'foreign.wasm': foreignProgram(),
      'broken.wasm': Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 99),
    });
    // These fail before a program could use the streams of the process.
    const ended = await here.run(`run ${args.join(' ')}`);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).toContain(message);
  });
});

/** `_start` with a body of instructions, and a memory. */
function coreModule(body: readonly number[]): Uint8Array {
  return Uint8Array.from(
    [
      [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 19, 2],
      [6, ...Buffer.from('memory'), 2, 0, 6, ...Buffer.from('_start'), 0, 0],
      [10, 4 + body.length, 1, 2 + body.length, 0, ...body, 11],
    ].flat(),
  );
}

/** A core module that imports something that is not of WASI. */
function foreignProgram(): Uint8Array {
  return Uint8Array.from(
    [
      [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 9, 1, 3, ...Buffer.from('env'), 1, 102, 0, 0],
      [7, 10, 1, 6, ...Buffer.from('_start'), 0, 0],
    ].flat(),
  );
}
