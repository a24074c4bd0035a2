import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import { dirname } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { peersInstalled } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { assembleCachedWat } from '../assemble-wat.ts';
import { conformance, scratchFiles } from '../fixtures/process.ts';
import { command, echoService, standardInput } from './fixture-guests.ts';

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';
const file = scratchFiles();

/** Prints its standard input. */
const echo = standardInput('(local.set $ended (call $write (local.get $input)))');

/** The guest gets a text, and must print another. */
const echoed = (payload: string): object => ({
  operations: [
    { type: 'run' },
    { type: 'write', payload: 'Grüße' },
    { type: 'read', payload },
    { type: 'wait' },
  ],
});

const request = (body: string, expected: string): object => ({
  type: 'request',
  method: 'POST',
  body,
  response: { status: 200, body: expected },
});
const requests = (...each: readonly object[]): object => ({
  world: 'wasi:http/service',
  operations: [{ type: 'run' }, ...each, { type: 'kill', signal: 'SIGINT' }, { type: 'wait' }],
});

interface EchoServer {
  readonly port: number;
  close(): void;
}

async function echoingTcp(): Promise<EchoServer> {
  const server = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

async function echoingUdp(): Promise<EchoServer> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => socket.send(bytes, from.port, from.address));
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  return { port: socket.address().port, close: () => socket.close() };
}

async function guest(name: string, wat: string, manifest?: object): Promise<string> {
  const path = await file(`${name}.wasm`, '');
  await writeFile(path, await assembleCachedWat(wat));
  if (manifest !== undefined) await file(`${name}.json`, JSON.stringify(manifest));
  return path;
}

describe.skipIf(absent)(`pnpm conformance wasi${why}`, () => {
  it('runs each command in a process, and compares how it ends with its manifest', async () => {
    const path = await guest('ends-well', command('i32.const 0'));
    await guest('ends-badly', command('i32.const 1'), { exit_code: 1 });
    await guest('exits', command('(call $exit (i32.const 1)) unreachable'), { exit_code: 1 });
    await guest('ends-with-another-code', command('i32.const 1'));
    await guest('traps', command('unreachable'), { exit_code: 134 });
    await guest('says-nothing', command('i32.const 0'), { stdout: 'hello' });
    await guest('has-a-broken-manifest', command('i32.const 0'), { operations: [{ type: 'fly' }] });
    await guest('is-a-core-module', '(module)');
    await guest('exports-nothing', '(component)');
    const { code, stdout } = await conformance('wasi', '--host', 'preview3-shim', dirname(path));
    const failures = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^FAIL \S+ /u, ''));
    expect(failures).toEqual([
      'ends-with-another-code: wait (operation 1): expected the exit code 0, got 1',
      expect.stringContaining(
        'exports-nothing: wait (operation 1): exit code 70: error: Error: the component does not export `wasi:cli/run`',
      ),
      'has-a-broken-manifest: no operation is named "fly"',
      'is-a-core-module: preview3-shim runs no core modules of preview 1',
      'says-nothing: wait (operation 1): expected stdout to be "hello", got ""',
      'wasi: 4 passed, 5 failed, 0 skipped',
    ]);
    expect(code).toBe(1);
  }, 120_000);
});

describe.skipIf(absent)(`guests of WASI 0.3 in pnpm conformance wasi${why}`, () => {
  it('get their input from the manifest and have their output compared with it', async () => {
    const right = await guest('echoes', echo, echoed('Grüße'));
    const wrong = await guest('echoes-something-else', echo, echoed('Hello'));
    const { stdout } = await conformance('wasi', '--host', 'preview3-shim', right, wrong);
    expect(stdout).toMatch(
      /^FAIL \S+ echoes-something-else: read \(operation 2\): expected stdout to be "Hello", got "Grüße"\nwasi: 1 passed, 1 failed, 0 skipped\n$/u,
    );
  }, 60_000);

  it.each(['tcp', 'udp'] as const)(
    'are clients of servers whose addresses they print: %s',
    async (protocol) => {
      const { port, close } = await (protocol === 'tcp' ? echoingTcp() : echoingUdp());
      const path = await guest(protocol, echo, {
        operations: [
          { type: 'run' },
          { type: 'write', payload: `127.0.0.1:${port}\n` },
          { type: 'connect', protocol_type: protocol },
          { type: 'send', id: 'server', payload: 'ping' },
          { type: 'recv', id: 'server', payload: 'ping' },
          { type: 'send', id: 'server', payload: 'pong' },
          { type: 'recv', id: 'server', payload: 'song' },
          { type: 'wait' },
        ],
      });
      const { stdout } = await conformance('wasi', '--host', 'preview3-shim', path);
      close();
      expect(stdout).toContain('recv (operation 6): expected server to be "song", got "pong"');
    },
    60_000,
  );

  it('learn that reading their input went well when they do not read it', async () => {
    const path = await guest('drops-its-input', standardInput('(call $drop (local.get $input))'));
    const { stdout } = await conformance('wasi', '--host', 'preview3-shim', path);
    expect(stdout).toBe('wasi: 1 passed, 0 failed, 0 skipped\n');
  }, 60_000);

  it('answer requests', async () => {
    const path = await guest('service', echoService, requests(request('ä', 'ä'), request('', '')));
    const wrong = await guest('wrong', echoService, requests(request('a', 'b')));
    expect((await conformance('wasi', '--host', 'preview3-shim', path)).stdout).toBe(
      'wasi: 1 passed, 0 failed, 0 skipped\n',
    );
    expect((await conformance('wasi', '--host', 'preview3-shim', wrong)).stdout).toContain(
      'wrong: request (operation 1): expected the body to be "b", got "a"',
    );
  }, 60_000);
});

describe('pnpm conformance wasi without a folder', () => {
  it('says that nothing was run', async () => {
    const { code, stdout } = await conformance('wasi');
    expect(stdout).toContain('skip  wasi: no folder is named, and ../shared contains no tests of WASI');
    expect(stdout).toContain('wasi: 0 passed, 0 failed, 1 skipped');
    expect(code).toBe(0);
  }, 60_000);
});
