import { describe, expect, it } from 'vitest';
import { commandLine, testComponent } from '../fixtures/command-line.ts';
import { testDirectory } from '../fixtures/test-directory.ts';

const READ_FILE = testComponent('read-file/built/rust.wasm');
const COMMAND = testComponent('wasi-command/built/c.wasm');
const SLEEPERS = testComponent('sleepers/built/c.wasm');
const WASI3 = testComponent('wasi3/built/c.wasm');

/** What a program does here must not go to the standard streams of the tests. */
const QUIETLY = '--deny stdin,stdout,stderr --trace';

/** The lines of a trace without their times. */
function traceIn(err: string): readonly string[] {
  return err
    .split('\n')
    .filter((line) => line.startsWith('trace: '))
    .map((line) => line.replace(/\[\d+\.\d{3} ms/u, '[ms').slice('trace: '.length));
}

interface PrintedCall {
  readonly function: string;
}

describe('wit-ts run --trace', () => {
  it('prints each call of preview 1 with its arguments, its result and its grant', async () => {
    const here = await testDirectory({ 'data/hello.txt': 'hello' });
    const { code, err } = await here.run(
      `run ${READ_FILE} ${QUIETLY} --dir ./data::/data:ro /data/hello.txt`,
    );
    expect(code).toBe(0);
    const lines = traceIn(err);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^path_open\(fd: <3 \/data>, dirflags: \{symlink_follow\}, path: "hello\.txt", oflags: \{\}, .*\) -> 5 \[ms; --dir \.\/data::\/data:ro\]$/u,
      ),
    );
    expect(lines).toContain(
      'fd_read(fd: <5 /data/hello.txt>, iovs: 8 bytes) -> 5 [ms; --dir ./data::/data:ro]',
    );
    expect(lines.at(-1)).toBe('fd_write(fd: <1 stdout>, iovs: 17 bytes) -> 17 [ms]');
  });

  it('prints what would grant a call that was refused', async () => {
    const here = await testDirectory({ 'data/hello.txt': 'hello' });
    const { err } = await here.run(`run ${READ_FILE} ${QUIETLY} --dir data::/data:ro /etc/passwd`);
    const lines = traceIn(err);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^path_open\(fd: <4 \/>, .*path: "etc\/passwd".*\) -> error notcapable \[ms; refused: --dir \/etc::\/etc would grant it\]$/u,
      ),
    );
    expect(lines.at(-1)).toBe('proc_exit(rval: 1) -> exit 1 [ms; exit]');
  });

  it('prints the calls of a component of 0.2 with what its resources are', async () => {
    const here = await testDirectory({ 'data/hello.txt': 'hello' });
    const { code, err } = await here.run(`run ${COMMAND} ${QUIETLY} --dir data --env GREETING=hi --seed 7`);
    expect(code).toBe(0);
    const lines = traceIn(err);
    const types = 'wasi:filesystem/types@0.2.12';
    for (const line of [
      'wasi:cli/environment@0.2.12 get-environment() -> [["GREETING", "hi"]] [ms; --env GREETING]',
      `${types} [method]descriptor.open-at(self: <descriptor /data>, path-flags: {symlink-follow}, path: "hello.txt", open-flags: {}, flags: {read}) -> <descriptor /data/hello.txt> [ms; --dir data]`,
      `wasi:io/streams@0.2.12 [method]input-stream.blocking-read(self: <input-stream /data/hello.txt>, len: 254) -> 5 bytes [ms; --dir data]`,
      `${types} [method]descriptor.stat-at(self: <descriptor />, path-flags: {symlink-follow}, path: "elsewhere.txt") -> error not-permitted [ms; refused: no directory grants it; \`--dir HOST::/\` would, with the directory of the host that holds it as \`HOST\`]`,
      'wasi:random/random@0.2.12 get-random-bytes(len: 64) -> 64 bytes [ms; --seed 7]',
    ])
      expect(lines).toContain(line);
  });

  it('prints the calls of a component of 0.3 when they have ended', async () => {
    const { err } = await (await testDirectory()).run(`run ${SLEEPERS} ${QUIETLY}`);
    const waits = traceIn(err).filter((line) => line.includes('wait-for'));
    expect(waits).toHaveLength(100);
    expect(waits).toContain(
      'wasi:clocks/monotonic-clock@0.3.0 wait-for(how-long: 1000000) -> ok [ms; clocks]',
    );
  });

  it('prints the calls of `--invoke`', async () => {
    const here = await testDirectory({ 'data/hello.txt': 'hello' });
    const call = 'write-file("x.txt","text",0,false)';
    const { out, err } = await here.run(`run ${WASI3} ${QUIETLY} --dir data:ro --invoke ${call}`);
    expect(out).toContain('err(');
    expect(traceIn(err)).toContainEqual(
      expect.stringMatching(
        /^wasi:filesystem\/types@0\.3\.0 \[method\]descriptor\.open-at\(self: <descriptor \/data>, .*"x\.txt".*\) -> error read-only \[ms; refused: --dir \S+data::\/data would grant it\]$/u,
      ),
    );
  });

  it('prints one object of JSON on each line with --json, and the report is the last one', async () => {
    const here = await testDirectory({ 'data/hello.txt': 'hello' });
    const { err } = await here.run(`run ${READ_FILE} ${QUIETLY} --json --dir data /data/hello.txt`);
    const objects = err
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly call?: PrintedCall });
    expect(objects.at(-1)).toEqual({ exitCode: 0, refusals: [] });
    const calls = objects.slice(0, -1).map(({ call }) => call!);
    expect(calls.find((call) => call.function === 'fd_read')).toEqual({
      interface: 'wasi_snapshot_preview1',
      function: 'fd_read',
      args: { fd: { resource: '5 /data/hello.txt' }, iovs: { bytes: 8 } },
      outcome: { tag: 'returned', value: 5 },
      milliseconds: expect.any(Number),
      grant: '--dir data',
    });
  });

  it('prints no control characters of a program, and no line without end', async () => {
    const here = await testDirectory();
    const hostile = `/\u001b[2J\u202e\n${'x'.repeat(3000)}`;
    for (const json of ['', '--json']) {
      const { err } = await here.run(`run ${READ_FILE} ${QUIETLY} ${json} ${hostile}`);
      expect(err).toContain('path_open');
      // oxlint-disable-next-line no-control-regex -- control characters are what this is about
      expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
      for (const line of err.split('\n').filter((each) => /^trace|"call"/u.test(each)))
        expect(line.length).toBeLessThan(json === '' ? 2100 : 8000);
    }
  });

  it('is coloured for a terminal, unless NO_COLOR is set', async () => {
    const here = await testDirectory();
    const command = `run ${READ_FILE} ${QUIETLY} /etc/passwd`;
    const { err } = await here.run(command, { tty: true });
    expect(err).toContain('\u001b[2mtrace: args_get');
    expect(err).toContain('\u001b[31mtrace: path_open');
    const plain = await here.run(command, { tty: true, env: { NO_COLOR: '1' } });
    expect(plain.err).not.toContain('\u001b');
  });

  it('prints the calls of a program in its own thread, and begins a line for each', async () => {
    const args = ['run', READ_FILE, '--trace', '/etc/passwd'];
    const here = await commandLine(args);
    const there = await commandLine([...args, '--timeout', '60']);
    expect(traceIn(here.err).length).toBeGreaterThan(10);
    expect(traceIn(there.err)).toEqual(traceIn(here.err));
  });
});
