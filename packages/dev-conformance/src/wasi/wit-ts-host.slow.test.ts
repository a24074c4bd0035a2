import { copyFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { conformance, scratchFiles } from '../fixtures/process.ts';

const suite = fileURLToPath(new URL('../../../../test-components/wasi-suite/suite', import.meta.url));
const file = scratchFiles();

/** Copies a program of `test-components/wasi-suite`, with another manifest. Returns its path. */
async function program(name: string, as: string, manifest: object): Promise<string> {
  const path = await file(`${as}.wasm`, '');
  await copyFile(`${suite}/wasm32-wasip1/${name}.wasm`, path);
  await writeFile(path.replace(/\.wasm$/u, '.json'), JSON.stringify(manifest));
  return path;
}

describe('pnpm conformance wasi, which runs guests with `wit-ts run`', () => {
  it('passes the programs of test-components/wasi-suite', async () => {
    const { code, stdout } = await conformance('wasi', suite);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'wasi: 5 passed, 0 failed, 0 skipped\n' });
  }, 120_000);

  it('reports what is not as the manifest states', async () => {
    const path = await program('exit-code', 'another-code', { args: ['7'], exit_code: 8 });
    await program('arguments', 'another-output', { args: ['a'], stdout: '1: b\n' });
    await program('trap', 'a-trap', {});
    await program('files', 'no-root', {});
    await program('echo', 'too-little', {
      operations: [{ type: 'run' }, { type: 'write', payload: 'ab' }, { type: 'read', payload: 'b' }],
    });
    const { code, stdout } = await conformance('wasi', dirname(path));
    const failures = stdout.trimEnd().split('\n');
    expect(failures.map((line) => line.replace(/^FAIL \S+ /u, '').replace(/ ⏎ .*/u, ''))).toEqual([
      'a-trap: wait (operation 1): expected the exit code 0, got 134',
      'another-code: wait (operation 1): expected the exit code 8, got 7',
      String.raw`another-output: wait (operation 1): expected stdout to be "1: b\n", got "1: a\nGREETING is not set\nPATH is not set\n"`,
      'no-root: wait (operation 1): expected the exit code 0, got 2',
      'too-little: read (operation 2): expected stdout to be "b", got "a"',
      'wasi: 0 passed, 5 failed, 0 skipped',
    ]);
    expect(code).toBe(1);
  }, 120_000);

  it('does not take an error of wit-ts for the exit code of the guest', async () => {
    const path = await file('broken.wasm', 'not WebAssembly');
    await file('broken.json', '{ "exit_code": 3 }');
    const { stdout } = await conformance('wasi', path);
    expect(stdout).toContain('broken: wait (operation 1): exit code 3: error: ');
  }, 60_000);

  it('connects to the address that a guest prints', async () => {
    const server = createServer((socket) => socket.pipe(socket));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const path = await program('echo', 'tcp', {
      operations: [
        { type: 'run' },
        { type: 'write', payload: `127.0.0.1:${port}\n` },
        { type: 'connect' },
        { type: 'send', id: 'server', payload: 'ping' },
        { type: 'recv', id: 'server', payload: 'pong' },
        { type: 'wait' },
      ],
    });
    const { stdout } = await conformance('wasi', path);
    server.close();
    expect(stdout).toContain('tcp: recv (operation 4): expected server to be "pong", got "ping"');
  }, 60_000);
});
