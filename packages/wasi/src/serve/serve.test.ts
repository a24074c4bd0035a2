import { readFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { compile } from '@wit-ts/runtime';
import type { Grants } from '../grants.ts';
import { serve, type Server, type ServeOptions } from '../http.ts';
import { refusalText } from '../refusal.ts';

const guest = compile(
  readFile(new URL('../../../../test-components/http-guest/built/c.wasm', import.meta.url)),
);
const servers: Server[] = [];

/** Serves the guest on a free port, and collects the errors of its instances. */
async function served(options: ServeOptions = {}, grants: Grants = {}) {
  const errors: unknown[] = [];
  const server = await serve(await guest, grants, {
    port: 0,
    onError: (error) => errors.push(error),
    ...options,
  });
  servers.push(server);
  const { address } = server;
  const get = async (path: string, init?: RequestInit) => fetch(address + path, init);
  return { server, address, errors, get };
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

/** Sends a request and returns the response with its trailers. */
async function exchange(
  address: string,
  path: string,
  send: (request: ReturnType<typeof httpRequest>) => void,
  headers: Record<string, string> = {},
): Promise<{ message: IncomingMessage; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(address + path, { method: 'POST', headers }, (message) => {
      const chunks: Uint8Array[] = [];
      message.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      message.on('end', () => resolve({ message, body: Buffer.concat(chunks).toString() }));
      message.on('error', reject);
    });
    request.on('error', reject);
    send(request);
  });
}

describe('serve', () => {
  it.each(['request', 'pool'] as const)(
    'writes what the program prints, with instances: %s',
    async (instances) => {
      const printed: string[] = [];
      const stdout = (chunk: Uint8Array): void => void printed.push(new TextDecoder().decode(chunk));
      const { get } = await served({ instances }, { stdout });
      for (const path of ['/print', '/hello', '/print'])
        expect(await (await get(path)).text()).toBe('hello\n');
      expect(printed).toEqual(['printed\n', 'printed\n']);
    },
  );

  it('sends what the program answers', async () => {
    const { address, get, errors } = await served();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    const response = await get('/hello');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(response.headers.get('content-length')).toBe('6');
    expect(await response.text()).toBe('hello\n');
    expect((await get('/missing')).status).toBe(404);
    expect(errors).toEqual([]);
  });

  it('takes requests that name their whole URL, as for a proxy', async () => {
    const { address } = await served();
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.end('GET http://other.test/hello HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
    const answer = (await socket.toArray()).join('');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\nhello\n$/su);
  });

  it('keeps repeated headers apart', async () => {
    const { get } = await served();
    const response = await get('/cookies');
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('streams large bodies both ways', async () => {
    const { get } = await served();
    const body = new Uint8Array(5_000_000).map((_, at) => at * 31);
    const response = await get('/echo', { method: 'POST', body });
    expect(Buffer.compare(await response.bytes(), body)).toBe(0);
    expect(await (await get('/count', { method: 'POST', body })).text()).toBe('5000000');
    expect((await (await get('/megabytes/3')).bytes()).length).toBe(3 << 20);
  });

  it('passes trailers in both directions', async () => {
    const { address } = await served();
    const { message, body } = await exchange(
      address,
      '/echo',
      (request) => {
        request.write('one ');
        request.addTrailers({ 'x-sum': '42' });
        request.end('two');
      },
      { trailer: 'x-sum' },
    );
    expect(body).toBe('one two');
    expect(message.trailers).toEqual({ 'x-sum': '42' });
  });

  it('answers while the request is still being sent', async () => {
    const { address } = await served();
    const received: string[] = [];
    const { body } = await exchange(address, '/echo', (request) => {
      request.write('ping');
      request.on('response', (message) =>
        message.once('data', (chunk: Uint8Array) => {
          received.push(Buffer.from(chunk).toString());
          request.end(' pong');
        }),
      );
    });
    expect(received).toEqual(['ping']);
    expect(body).toBe('ping pong');
  });

  it.each([
    ['traps', '/trap'],
    ['returns no response', '/no-response'],
    ['returns an error', '/error'],
    ['writes less than its `content-length`', '/too-short'],
  ])('answers with 500 and no text of the error when the program %s', async (_, path) => {
    const { get } = await served();
    const response = await get(path);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('Internal Server Error\n');
  });

  it('never sends the beginning of a body as if it were complete', async () => {
    const { get } = await served();
    for (const path of ['/unfinished', '/trap-late']) expect((await get(path)).status).toBe(500);
  });

  it('gives each request its own instance, or one of a pool', async () => {
    const fresh = await served();
    const pool = await served({ instances: 'pool' });
    const texts = async ({ get }: typeof fresh): Promise<string[]> => [
      await (await get('/answered')).text(),
      await (await get('/answered')).text(),
    ];
    expect(await texts(fresh)).toEqual(['1', '1']);
    expect(await texts(pool)).toEqual(['1', '2']);
  });

  it('replaces an instance of a pool that has trapped, and reports the trap', async () => {
    const { get, errors } = await served({ instances: 'pool' });
    expect(await (await get('/answered')).text()).toBe('1');
    expect((await get('/trap')).status).toBe(500);
    expect(await (await get('/answered')).text()).toBe('1');
    expect(errors.map(String)).toEqual([expect.stringMatching(/^Trap: wasm trap: unreachable/u)]);
  });

  it('loses no request when some of them trap', async () => {
    const { get } = await served({ instances: 'pool', limits: { concurrent: 4 } });
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, at) => (await get(at % 10 === 0 ? '/trap' : '/hello')).status),
    );
    expect(answers).toEqual(Array.from({ length: 200 }, (_, at) => (at % 10 === 0 ? 500 : 200)));
  });

  it('lets requests wait for their turn, and refuses more than that', async () => {
    const { address, get } = await served({ limits: { concurrent: 1, queued: 1 } });
    const ends: (() => void)[] = [];
    const held = (onResponse = (): void => {}) =>
      exchange(address, '/echo', (request) => {
        request.write('a');
        request.on('response', onResponse);
        ends.push(() => request.end('b'));
      });
    const begun = Promise.withResolvers<void>();
    const first = held(begun.resolve);
    await begun.promise;
    // One of these waits until the first has ended.
    const others = [held(), held()];
    const { message } = await Promise.race(others);
    expect(message.statusCode).toBe(503);
    expect(message.headers['retry-after']).toBe('1');
    for (const end of ends) end();
    const bodies = (await Promise.all([first, ...others])).map(({ body }) => body);
    expect(bodies.toSorted()).toEqual(['Service Unavailable\n', 'ab', 'ab']);
    expect((await get('/hello')).status).toBe(200);
  });

  it('answers with 504 when a request takes too long', async () => {
    const { address, get, errors } = await served({ limits: { milliseconds: 50 }, instances: 'pool' });
    const { message } = await exchange(address, '/count', (request) => request.write('never ends'));
    expect(message.statusCode).toBe(504);
    expect(errors).toHaveLength(1);
    expect((await get('/hello')).status).toBe(200);
  });

  it('refuses a body that is too large', async () => {
    const { get } = await served({ limits: { bodyBytes: 1000 } });
    const post = async (bytes: number) => get('/count', { method: 'POST', body: new Uint8Array(bytes) });
    expect(await (await post(1000)).text()).toBe('1000');
    expect((await post(1001)).status).toBe(413);
  });

  it('ends a program whose client has left', async () => {
    const entries: number[] = [];
    const { address, get } = await served({
      limits: { concurrent: 1 },
      onRequest: ({ status }) => entries.push(status),
    });
    const { port } = new URL(address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('GET /megabytes/100000 HTTP/1.1\r\nhost: a\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    // There is room for one request only, so that this one waits for the end of the other: printing needs a place.
    expect((await get('/print')).status).toBe(200);
    expect(entries).toEqual([200, 200]);
  });

  it('can be given another component, and keeps the one before if the other cannot be served', async () => {
    const { server, address, get } = await served();
    const started = Promise.withResolvers<() => void>();
    const before = exchange(address, '/echo', (request) => {
      request.write('a');
      request.on('response', () => started.resolve(() => request.end('b')));
    });
    const end = await started.promise;
    await expect(server.replace(Uint8Array.of(0, 97, 115, 109, 13, 0, 1, 0))).rejects.toThrow(
      'does not handle requests',
    );
    expect(await (await get('/hello')).text()).toBe('hello\n');
    await server.replace(
      readFile(new URL('../../../../test-components/http-service/built/wat.wasm', import.meta.url)),
    );
    expect(await (await get('/hello', { method: 'POST', body: 'echo' })).text()).toBe('echo');
    end();
    expect((await before).body).toBe('ab');
  });

  it('answers what has begun before it closes', async () => {
    const { server, address } = await served();
    const started = Promise.withResolvers<() => void>();
    const answer = exchange(address, '/echo', (request) => {
      request.write('a');
      request.on('response', () => started.resolve(() => request.end('b')));
    });
    const end = await started.promise;
    const closed = server.close();
    end();
    expect((await answer).body).toBe('ab');
    await closed;
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });

  it('refuses a component without a handler', async () => {
    const bytes = await readFile(
      new URL('../../../../test-components/traps/built/wat.wasm', import.meta.url),
    );
    await expect(serve(bytes, {}, { port: 0 })).rejects.toThrow(
      /^the component does not handle requests: it exports `/u,
    );
  });
});

describe('requests of a program that is served', () => {
  const others: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const each of others.splice(0)) each.close().closeAllConnections();
  });

  /** Starts the server that the program asks. */
  async function other(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    others.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('go to granted origins, and stream both ways with trailers', async () => {
    const to = await other((incoming, outgoing) => {
      outgoing.writeHead(203, { 'x-path': incoming.url, trailer: 'x-sum' });
      incoming.on('data', (chunk: Uint8Array) => outgoing.write(chunk));
      incoming.on('end', () => {
        outgoing.addTrailers(incoming.trailers as Record<string, string>);
        outgoing.end();
      });
    });
    const { address } = await served({}, { http: [`http://${to}`] });
    const { message, body } = await exchange(
      address,
      '/proxy/a?b=c',
      (request) => {
        request.write('ping ');
        request.addTrailers({ 'x-sum': '42' });
        request.end('pong');
      },
      { 'x-to': to, trailer: 'x-sum' },
    );
    expect(message.statusCode).toBe(203);
    expect(message.headers['x-path']).toBe('/a?b=c');
    expect(body).toBe('ping pong');
    expect(message.trailers).toEqual({ 'x-sum': '42' });
  });

  it('are denied without a grant, and the host learns how to grant them', async () => {
    const refusals: string[] = [];
    const { get } = await served(
      {},
      { http: ['https://example.org'], onRefused: (refusal) => refusals.push(refusalText(refusal)) },
    );
    const response = await get('/proxy/a', { method: 'POST', headers: { 'x-to': '127.0.0.1:9' } });
    expect(response.status).toBe(502);
    // `HTTP-request-denied` is case 15 of `error-code`.
    expect(await response.text()).toBe('error-code 15');
    expect(refusals).toEqual([
      'the program asked for `http://127.0.0.1:9`; no origin grants it; `--http http://127.0.0.1:9` would',
    ]);
  });

  it('do not reach a private address through a granted name', async () => {
    const to = await other((_, outgoing) => outgoing.end('secret'));
    const port = to.split(':')[1];
    const refusals: string[] = [];
    const { get } = await served(
      {},
      {
        http: [`http://*.test:${port}`, `http://localhost:${port}`],
        onRefused: ({ asked }) => refusals.push(asked),
      },
    );
    const ask = async (authority: string) =>
      (await get('/proxy/a', { method: 'POST', headers: { 'x-to': authority } })).text();
    expect(await ask(`localhost:${port}`)).toBe('secret');
    expect(await ask(to)).toBe('error-code 15');
    expect(refusals).toEqual([`http://${to}`]);
  });

  it('do not follow a redirect: the program sees it', async () => {
    const to = await other((_, outgoing) =>
      outgoing.writeHead(302, { location: 'http://elsewhere.test/' }).end(),
    );
    const { get } = await served({}, { http: ['*'] });
    const init = { method: 'POST', headers: { 'x-to': to }, redirect: 'manual' } as const;
    const response = await get('/proxy/a', init);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('http://elsewhere.test/');
  });

  it.each(['a:80:81', 'a b', '::1', 'a/b'])('have no authority such as %j', async (authority) => {
    const { get } = await served({}, { http: ['*'] });
    const response = await get('/proxy/a', { method: 'POST', headers: { 'x-to': authority } });
    expect(response.status).toBe(400);
  });

  it('have no user in their authority', async () => {
    const { get } = await served({}, { http: ['*'] });
    const response = await get('/proxy/a', { method: 'POST', headers: { 'x-to': 'a@b' } });
    // `HTTP-request-URI-invalid`.
    expect(await response.text()).toBe('error-code 19');
  });

  it('fail with the code of what went wrong', async () => {
    const to = await other((incoming) => incoming.socket.destroy());
    const { get } = await served({}, { http: ['*'] });
    const ask = async (authority: string) =>
      (await get('/proxy/a', { method: 'POST', headers: { 'x-to': authority } })).text();
    // `connection-refused` and `connection-terminated`.
    expect(await ask('127.0.0.1:1')).toBe('error-code 06');
    expect(await ask(to)).toBe('error-code 07');
  });
});
