import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, instantiate, Trap } from '@wit-ts/runtime';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FileError } from '../files/file-error.ts';
import { ManualSink, ManualSource } from '../fixtures/byte-streams.ts';
import type { Grants } from '../grants.ts';
import type { Refusal } from '../refusal.ts';
import { makeSystem } from '../system/make-system.ts';
import type { System } from '../system/system.ts';
import { wasi3 } from './index.ts';

/** The exports of `test-components/wasi3`. */
interface Programs {
  relay(): Promise<number>;
  copy(): Promise<bigint>;
  take(count: number): Promise<string>;
  inputOutcome(): Promise<number>;
  say(text: string, times: number): Promise<number>;
  sleepers(count: number, nanoseconds: bigint): Promise<number>;
  cancelWait(nanoseconds: bigint): Promise<number>;
  readFile(path: string, offset: bigint): Promise<string>;
  writeFile(path: string, text: string, offset: bigint, append: boolean): Promise<void>;
  listDirectory(): Promise<string>;
  listen(): Promise<number>;
  echo(connections: number): Promise<number>;
  ask(port: number, text: string): Promise<string>;
  askDatagram(port: number, text: string): Promise<string>;
  lookUp(name: string): Promise<Uint8Array>;
  crash(path: string): Promise<void>;
}

const component = compile(
  readFile(new URL('../../../../test-components/wasi3/built/c.wasm', import.meta.url)),
);
const systems: System[] = [];
let directory = '';

beforeAll(async () => {
  await component;
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wit-ts-wasi3-'));
});
afterEach(async () => {
  for (const system of systems.splice(0)) system.close();
  await rm(directory, { recursive: true });
});

async function started(grants: Grants): Promise<Programs> {
  const system = makeSystem(grants);
  systems.push(system);
  return instantiate<Programs>(component, wasi3(system));
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A sink that keeps what it is given. */
function collector(): { readonly stdout: (chunk: Uint8Array) => void; readonly text: () => string } {
  let all = '';
  return { stdout: (chunk) => (all += new TextDecoder().decode(chunk)), text: () => all };
}

/** The numbers that the component has for errors: 1 is the first case in WIT. */
const CLI = { io: 1, pipe: 3 };
const FILES = { 'no-entry': 20, 'read-only': 33 };
const NETWORK = { 'access-denied': 1, 'connection-refused': 10 };

describe('standard streams', () => {
  it('go from the input to the output without a copy in the program', async () => {
    const { stdout, text } = collector();
    const { relay } = await started({ stdin: ['one ', 'two'].map(bytes), stdout });
    expect(await relay()).toBe(0);
    expect(text()).toBe('one two');
  });

  it('go through the memory of the program', async () => {
    const { stdout, text } = collector();
    const { copy } = await started({ stdin: 'some text', stdout });
    expect(await copy()).toBe(9n);
    expect(text()).toBe('some text');
  });

  it('lose nothing when the program drops the input and reads it again', async () => {
    const source = new ManualSource();
    const { take } = await started({ stdin: source });
    source.push(bytes('0123456789'));
    expect(await take(3)).toBe('012');
    const second = take(100);
    expect(await second).toBe('3456789');
    const third = take(2);
    source.push(bytes('ab'));
    source.push(bytes('cd'));
    source.end();
    expect(await third).toBe('ab');
    expect(await take(9)).toBe('cd');
    expect(await take(9)).toBe('');
  });

  it('report the failure of the input in the future, after what was read before', async () => {
    const source = new ManualSource();
    const { inputOutcome } = await started({ stdin: source });
    source.push(bytes('text'));
    source.push(new FileError('io'));
    expect(await inputOutcome()).toBe(CLI.io);
    source.end();
    expect(await inputOutcome()).toBe(0);
  });

  it('make the writer wait until the output has room, and then until all is flushed', async () => {
    const sink = new ManualSink(4);
    const { say } = await started({ stdout: sink });
    const said = say('abcdef', 2);
    await turns();
    expect(String.fromCharCode(...sink.written)).toBe('abcd');
    sink.drain(100);
    while (sink.flushes.length === 0) await turns();
    expect(String.fromCharCode(...sink.written)).toBe('abcdefabcdef');
    expect(await Promise.race([said, Promise.resolve('waits')])).toBe('waits');
    sink.flushes[0]!.resolve();
    expect(await said).toBe(0);
  });

  it('report a broken pipe in the future, and let the program go on', async () => {
    const sink = new ManualSink(4);
    const { say, take } = await started({ stdout: sink, stdin: 'x' });
    const said = say('abc', 1_000_000);
    await turns();
    sink.failure = new FileError('pipe');
    sink.drain(4);
    expect(await said).toBe(CLI.pipe);
    expect(await take(1)).toBe('x');
  });
});

describe('clocks', () => {
  it('let a hundred tasks wait at once', async () => {
    const { sleepers } = await started({ clocks: true });
    expect(await sleepers(100, 1_000_000n)).toBe(100);
    expect(await sleepers(3, 0n)).toBe(3);
  });

  it('end a wait that the program cancels, however long it is', async () => {
    const CANCELLED_BEFORE_RETURNED = 4;
    const { cancelWait } = await started({ clocks: true });
    expect(await cancelWait(2n ** 64n - 1n)).toBe(CANCELLED_BEFORE_RETURNED);
  });

  it('do not shorten a wait that is longer than a timer of the platform', async () => {
    const { sleepers } = await started({ clocks: true });
    const ended = sleepers(1, 10n ** 17n).catch(() => undefined);
    const later = new Promise((resolve) => setTimeout(resolve, 5, 'waits'));
    expect(await Promise.race([ended, later])).toBe('waits');
  });

  it('end the program without the grant, and report it', async () => {
    const refusals: Refusal[] = [];
    const { sleepers } = await started({ onRefused: (refusal) => refusals.push(refusal) });
    await expect(sleepers(1, 1n)).rejects.toThrow(Trap);
    expect(refusals).toEqual([
      {
        interface: 'wasi:clocks/monotonic-clock@0.3.0',
        function: 'wait-for',
        asked: '',
        reason: 'it is not granted; `clocks: true` in the grants would allow it',
        flags: [],
      },
    ]);
  });
});

describe('files', () => {
  it('are read and written from an offset on, and appended to', async () => {
    const programs = await started({ dirs: [{ host: directory, guest: '/', write: true }] });
    await programs.writeFile('a.txt', 'hello world', 0n, false);
    await programs.writeFile('a.txt', 'W', 6n, false);
    await programs.writeFile('a.txt', '!', 0n, true);
    expect(await readFile(join(directory, 'a.txt'), 'utf8')).toBe('hello World!');
    expect(await programs.readFile('a.txt', 0n)).toBe('hello World!');
    expect(await programs.readFile('a.txt', 6n)).toBe('World!');
    expect(await programs.readFile('a.txt', 100n)).toBe('');
  });

  it('of any size pass in parts', async () => {
    const text = 'x'.repeat(1_000_000);
    const programs = await started({ dirs: [{ host: directory, guest: '/', write: true }] });
    await programs.writeFile('large', text, 0n, false);
    expect(await readFile(join(directory, 'large'), 'utf8')).toBe(text);
    expect(await programs.readFile('large', 0n)).toBe(text);
  });

  it('are listed as a stream', async () => {
    for (let n = 0; n < 40; n++) await writeFile(join(directory, `file-${n}`), '');
    const { listDirectory } = await started({ dirs: [{ host: directory, guest: '/' }] });
    const names = (await listDirectory()).split('\n').filter((name) => name !== '');
    expect(names.toSorted()).toEqual((await readdir(directory)).toSorted());
  });

  it('fail with the code of the interface, and a missing grant is reported', async () => {
    const refusals: Refusal[] = [];
    const programs = await started({
      dirs: [{ host: directory, guest: '/box' }],
      onRefused: (refusal) => refusals.push(refusal),
    });
    await expect(programs.readFile('absent', 0n)).rejects.toMatchObject({ payload: FILES['no-entry'] });
    await expect(programs.writeFile('a', 'x', 0n, false)).rejects.toMatchObject({
      payload: FILES['read-only'],
    });
    expect(refusals).toEqual([
      expect.objectContaining({
        interface: 'wasi:filesystem/types@0.3.0',
        function: '[method]descriptor.open-at',
        asked: '/box/a',
      }),
    ]);
  });
});

const granted: Grants = { net: ['127.0.0.1:*'], listen: ['127.0.0.1:*'] };

describe('sockets', () => {
  it('accept connections of the host, and answer them', async () => {
    const { listen, echo } = await started(granted);
    const port = await listen();
    const served = echo(2);
    for (const text of ['hello', 'x'.repeat(300_000)]) {
      const socket = createConnection({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.end(text);
      let answer = '';
      for await (const chunk of socket) answer += String(chunk);
      expect(answer).toBe(text);
    }
    expect(await served).toBe(0);
  });

  it('connect to the host', async () => {
    const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { ask } = await started(granted);
    expect(await ask(port, 'hello')).toBe('hello');
    server.close();
    await once(server, 'close');
    await expect(ask(port, 'hello')).rejects.toMatchObject({ payload: NETWORK['connection-refused'] });
  });

  it('lose connections that the limit of the instance has no room for, and go on to listen', async () => {
    const server = await started({ ...granted, limits: { descriptors: 1 } });
    const client = await started(granted);
    const port = await server.listen();
    const served = server.echo(1);
    // The end, or a reset if the text arrives after it: either way there is no answer.
    for (let n = 0; n < 2; n++) expect(await client.ask(port, 'x').catch(() => '')).toBe('');
    expect(await Promise.race([served, Promise.resolve('waits')])).toBe('waits');
    for (const system of systems.splice(0)) system.close();
    expect(await served).toBe(0);
  });

  it('connect two instances with each other', async () => {
    const server = await started(granted);
    const client = await started(granted);
    const port = await server.listen();
    const served = server.echo(1);
    expect(await client.ask(port, 'from another instance')).toBe('from another instance');
    expect(await served).toBe(0);
  });

  it('send and receive datagrams', async () => {
    const socket = createSocket('udp4');
    socket.on('message', (data, { port }) => socket.send(`answer to ${data}`, port, '127.0.0.1'));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { askDatagram } = await started(granted);
    expect(await askDatagram(socket.address().port, 'hello')).toBe('answer to hello');
    socket.close();
  });

  it('look up names', async () => {
    const { lookUp } = await started({ net: ['localhost:80'] });
    expect((await lookUp('127.0.0.1')).subarray(0, 6)).toEqual(Uint8Array.of(0, 0, 127, 0, 0, 1));
    expect([0, 1]).toContain((await lookUp('localhost'))[0]);
    await expect(lookUp('example.org')).rejects.toMatchObject({ payload: NETWORK['access-denied'] });
  });

  it('are refused without a grant, and the host is told', async () => {
    const refusals: Refusal[] = [];
    const { listen, ask, askDatagram, lookUp } = await started({
      onRefused: (refusal) => refusals.push(refusal),
    });
    const denied = { payload: NETWORK['access-denied'] };
    await expect(listen()).rejects.toMatchObject(denied);
    await expect(ask(80, 'x')).rejects.toMatchObject(denied);
    await expect(askDatagram(53, 'x')).rejects.toMatchObject(denied);
    await expect(lookUp('example.org')).rejects.toMatchObject(denied);
    expect(refusals.map(({ interface: name, function: func, flags }) => [name, func, ...flags])).toEqual([
      ['wasi:sockets/types@0.3.0', '[method]tcp-socket.bind', '--listen 127.0.0.1:*'],
      ['wasi:sockets/types@0.3.0', '[method]tcp-socket.connect', '--net 127.0.0.1:80'],
      ['wasi:sockets/types@0.3.0', '[method]udp-socket.send', '--net 127.0.0.1:53'],
      ['wasi:sockets/ip-name-lookup@0.3.0', 'resolve-addresses', '--net example.org:*'],
    ]);
  });
});

describe('a program that traps', () => {
  it.runIf(process.platform === 'linux')('holds nothing any more once its system is closed', async () => {
    await writeFile(join(directory, 'a.txt'), 'text');
    const source = new ManualSource();
    const system = makeSystem({
      ...granted,
      dirs: [{ host: directory, guest: '/' }],
      stdin: source,
    });
    const programs = await instantiate<Programs>(component, wasi3(system));
    await expect(programs.crash('a.txt')).rejects.toThrow(Trap);
    system.close();
    expect(source.isClosed).toBe(true);
    const open = await Promise.all(
      (await readdir('/proc/self/fd')).map((fd) => readlink(join('/proc/self/fd', fd)).catch(() => '')),
    );
    expect(open.filter((path) => path.startsWith(directory))).toEqual([]);
  });
});

/** Lets everything go on that does not wait for time or the outside. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}
