import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { compile } from '@wit-ts/runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testProgram } from '../fixtures/programs.ts';
import { fetchHandler } from '../http.ts';
import {
  callText,
  instantiateWithGrants,
  memoryDirectory,
  run,
  runInWorker,
  type WasiCall,
} from '../index.ts';

const HELLO = testProgram('hello-env/built/rust.wasm');
const WASI3 = testProgram('wasi3/built/c.wasm').then((bytes) => compile(bytes));

interface Programs {
  ask(port: number, text: string): Promise<string>;
  readFile(path: string, offset: bigint): Promise<string>;
}

/** A server that answers each connection, and its port. */
async function server(): Promise<number> {
  const listening = createServer({ allowHalfOpen: true }, (socket) => socket.resume().end('answer'));
  await once(listening.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void listening.close());
  return (listening.address() as AddressInfo).port;
}

/** The calls as lines, without their times. */
function linesOf(calls: readonly WasiCall[]): readonly string[] {
  return calls.map((call) => callText({ ...call, milliseconds: 0 }));
}

function failing(): never {
  throw new Error('the listener failed');
}

describe('onCall', () => {
  it('reports the calls of a program with the grants that allowed them', async () => {
    const calls: WasiCall[] = [];
    await run(await HELLO, { env: { NAME: 'Ada' }, onCall: (call) => calls.push(call) });
    expect(linesOf(calls)).toEqual([
      'environ_sizes_get() -> {count: 1, bytes: 9} [0.000 ms; --env NAME]',
      'environ_get() -> ok [0.000 ms; --env NAME]',
      'fd_write(fd: <1 stdout>, iovs: 12 bytes) -> 12 [0.000 ms]',
    ]);
    for (const { milliseconds } of calls) expect(milliseconds).toBeGreaterThanOrEqual(0);
  });

  it('reports the same for a program in a worker', async () => {
    const [here, there]: WasiCall[][] = [[], []];
    const grants = { env: { NAME: 'Ada' }, clocks: true };
    await run(await HELLO, { ...grants, onCall: (call) => here!.push(call) });
    await runInWorker(await HELLO, { ...grants, onCall: (call) => there!.push(call) });
    expect(linesOf(there!)).toEqual(linesOf(here!));
    expect(here).toHaveLength(3);
  });

  it.each([
    ['run', run],
    ['runInWorker', runInWorker],
  ])('ends a program of %s with what it throws', async (_, start) => {
    await expect(start(await HELLO, { onCall: failing })).rejects.toThrow('the listener failed');
  });

  it('shows the address of a socket, and the grant or what is missing', async () => {
    const port = await server();
    const calls: WasiCall[] = [];
    const onCall = (call: WasiCall): void => void calls.push(call);
    for (const net of [[], ['10.0.0.1:*', '127.0.0.1:*']]) {
      const { exports, close } = await instantiateWithGrants<Programs>(await WASI3, { net, onCall });
      await exports.ask(port, 'question').catch(() => undefined);
      close();
    }
    const connects = calls.filter((call) => call.function === '[method]tcp-socket.connect');
    const address = `127.0.0.1:${port}`;
    expect(linesOf(connects)).toEqual([
      `wasi:sockets/types@0.3.0 [method]tcp-socket.connect(self: <tcp-socket>, remote-address: "${address}") -> error access-denied [0.000 ms; refused: --net ${address} would grant it]`,
      `wasi:sockets/types@0.3.0 [method]tcp-socket.connect(self: <tcp-socket>, remote-address: "${address}") -> ok [0.000 ms; --net 127.0.0.1:*]`,
    ]);
    const sends = calls.filter((call) => call.function === '[method]tcp-socket.send');
    expect(sends.at(-1)?.args['self']).toEqual({ resource: `tcp-socket ${address}` });
    expect(connects[1]?.grant).toEqual({ name: 'net', index: 1, text: '--net 127.0.0.1:*' });
  });

  it('names a directory in memory by its place in the grants', async () => {
    const calls: WasiCall[] = [];
    const dirs = [{ host: memoryDirectory({ 'a.txt': 'text' }), guest: '/data' }];
    const granted = await instantiateWithGrants<Programs>(await WASI3, {
      dirs,
      onCall: (call) => calls.push(call),
    });
    expect(await granted.exports.readFile('a.txt', 0n)).toBe('text');
    granted.close();
    expect(calls.find((call) => call.function.endsWith('.open-at'))?.grant).toEqual({
      name: 'dirs',
      index: 0,
      text: 'dirs[0]',
    });
  });

  it('reports the calls of a handler once for each request', async () => {
    const calls: WasiCall[] = [];
    const handle = await fetchHandler(await testProgram('http-guest/built/c.wasm'), {
      onCall: (call) => calls.push(call),
    });
    for (const _ of [1, 2]) await (await handle(new Request('https://example.org/hello'))).text();
    const answers = calls.filter((call) => call.function === '[static]response-outparam.set');
    expect(answers).toHaveLength(2);
  });

  it('shows large and deep values to a bounded length', () => {
    const deep = { tag: 'some', val: Array.from({ length: 8 }, () => 'x'.repeat(256)) };
    const call: WasiCall = {
      interface: 'wasi:x/y@0.2.0',
      function: 'f',
      args: { a: deep, b: deep },
      outcome: { tag: 'returned', value: deep },
      milliseconds: 1,
    };
    expect(callText(call).length).toBeLessThanOrEqual(2001);
    expect(callText(call)).toContain('…');
  });
});
