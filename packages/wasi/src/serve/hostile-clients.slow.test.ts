import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { compile } from '@wit-ts/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import type { Grants } from '../grants.ts';
import { type AccessEntry, serve, type ServeOptions } from '../http.ts';

const [guest, service] = ['http-guest/built/c', 'http-service/built/wat'].map((name) =>
  compile(readFile(new URL(`../../../../test-components/${name}.wasm`, import.meta.url))),
);
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Serves the guest, with its log, its errors and what sends it bytes. */
async function served(options: ServeOptions = {}, grants: Grants = {}, source = guest!) {
  const entries: AccessEntry[] = [];
  const errors: unknown[] = [];
  // Printing needs an instance of the pool: without it, most requests are answered in another one.
  const server = await serve(
    await source,
    { stdout: () => undefined, ...grants },
    {
      port: 0,
      onRequest: (entry) => entries.push(entry),
      onError: (error) => errors.push(error),
      ...options,
    },
  );
  ends.push(() => server.close(0));
  const { address } = server;
  const connection = (text: string): Socket => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    ends.push(() => socket.destroy());
    socket.on('error', () => undefined);
    socket.write(text);
    return socket;
  };
  return { entries, errors, connection, get: (path: string) => fetch(address + path) };
}

/** Starts a server that never answers. Returns its address, and what resolves when it has a request. */
async function silentServer(): Promise<{ readonly to: string; readonly asked: Promise<unknown> }> {
  const { promise: asked, resolve } = Promise.withResolvers<unknown>();
  const server = createServer(resolve);
  ends.push(() => server.close().closeAllConnections());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { to: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Resolves with what a socket receives until a text is in it, or until its end. */
async function received(socket: Socket, text?: string): Promise<string> {
  let all = '';
  for await (const chunk of socket) {
    all += String(chunk);
    if (text !== undefined && all.includes(text)) break;
  }
  return all;
}

/** The head of a request whose client waits until it may send the body. */
function expecting(bytes: number): string {
  return head('/count', `content-length: ${bytes}`, 'expect: 100-continue').replace('GET', 'POST');
}

function isCounting({ path }: AccessEntry): boolean {
  return path === '/count';
}

function head(path: string, ...fields: readonly string[]): string {
  return [`GET ${path} HTTP/1.1`, 'host: a', ...fields, '', ''].join('\r\n');
}

describe('a client that sends requests without waiting for responses', () => {
  it('gets them in order, one after the other', async () => {
    const { connection, entries } = await served({ instances: 'pool' });
    const paths = ['/answered', '/hello', '/answered', '/cookies', '/answered'];
    const socket = connection(paths.map((path) => head(path)).join('') + head('/none', 'connection: close'));
    const bodies = (await received(socket))
      .split(/HTTP\/1\.1 \d+ /u)
      .map((text) => text.split('\r\n\r\n')[1]);
    expect(bodies.slice(1, 6)).toEqual(['1', 'hello\n', '3', expect.any(String), '5']);
    expect(entries.map(({ path }) => path)).toEqual([...paths, '/none']);
  });

  it('takes the place of one request only', async () => {
    const { to, asked } = await silentServer();
    const { connection, entries, get } = await served(
      { limits: { concurrent: 2 } },
      { http: [`http://${to}`] },
    );
    // None of them ends before the connection does.
    connection(head('/proxy/a', `x-to: ${to}`).repeat(10));
    await asked;
    expect((await get('/print')).status).toBe(200);
    expect(entries.map(({ path }) => path)).toEqual(['/print']);
  });

  it('does not make the others wait for all of its requests', async () => {
    const { connection, entries, get } = await served();
    const count = 20_000;
    connection(head('/hello').repeat(count));
    await get('/answered');
    expect((await get('/cookies')).status).toBe(204);
    expect(entries.filter(({ path }) => path === '/hello').length).toBeLessThan(count / 2);
  });

  it('is served again when it reads', async () => {
    const { connection } = await served({ instances: 'pool' });
    const count = 2200;
    const socket = connection(head('/hello').repeat(count) + head('/none', 'connection: close'));
    socket.pause();
    const text = await received(socket);
    expect(text.split('hello\n')).toHaveLength(count + 1);
  });
});

describe('a client that asks whether it may send a body', () => {
  it('gets the status instead, if the body is too large', async () => {
    const { connection } = await served({ limits: { bodyBytes: 1000 } });
    const text = await received(connection(expecting(1001)));
    expect(text).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\nconnection: close\r\n/u);
  });

  it('may send it otherwise, and its next request after it', async () => {
    const { connection } = await served({ limits: { bodyBytes: 1000 } });
    const socket = connection(expecting(1000));
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write('x'.repeat(1000) + head('/none', 'connection: close'));
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n1000HTTP\/1\.1 404 Not Found\r\n/u);
  });
});

describe('a client that leaves', () => {
  it.each(['request', 'pool'] as const)(
    'gives back the place of a request whose program waits for others, with instances: %s',
    async (instances) => {
      const { to, asked } = await silentServer();
      const options = { instances, limits: { concurrent: 1, milliseconds: 3_600_000 } };
      const { connection, errors, get } = await served(options, { http: [`http://${to}`] });
      const socket = connection(head('/proxy/a', `x-to: ${to}`));
      await asked;
      socket.destroy();
      expect((await get('/print')).status).toBe(200);
      expect(errors).toEqual([]);
    },
  );

  it.skipIf(!('Suspending' in WebAssembly))(
    'gives back the place of a request to a service of 0.3, which waits for others',
    async () => {
      const { to, asked } = await silentServer();
      const limits = { concurrent: 1, milliseconds: 3_600_000 };
      const { connection, errors, get } = await served({ limits }, { http: [`http://${to}`] }, service!);
      const socket = connection(head('/', `x-to: ${to}`));
      await asked;
      socket.destroy();
      expect((await get('/')).status).toBe(200);
      expect(errors).toEqual([]);
    },
  );

  it('gives back the place of a request that waits for its turn', async () => {
    const { to, asked } = await silentServer();
    const limits = { concurrent: 1, queued: 1, milliseconds: 3_600_000 };
    const { connection, entries, get } = await served({ limits }, { http: [`http://${to}`] });
    const first = connection(head('/proxy/a', `x-to: ${to}`));
    await asked;
    const second = connection(expecting(1));
    await received(second, 'Continue');
    second.destroy();
    while (!entries.some(isCounting)) await new Promise(setImmediate);
    const third = get('/print');
    first.destroy();
    expect((await third).status).toBe(200);
  });
});
