import { readFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Grants } from '../grants.ts';
import { serve, type ServeOptions } from '../http.ts';

const guest = readFile(new URL('../../../../test-components/http-service/built/wat.wasm', import.meta.url));
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function served(options: ServeOptions = {}, grants: Grants = {}) {
  const errors: unknown[] = [];
  const server = await serve(await guest, grants, {
    port: 0,
    onError: (error) => errors.push(error),
    ...options,
  });
  open.push(() => server.close(0));
  const post = async (body: string, headers: Record<string, string> = {}) =>
    fetch(server.address, { method: 'POST', body, headers });
  return { address: server.address, errors, post };
}

async function other(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => void server.close().closeAllConnections());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('serve with a handler of 0.3', () => {
  it('streams both ways, with trailers', async () => {
    const { address } = await served();
    const parts: string[] = [];
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = httpRequest(address, { method: 'POST', headers: { trailer: 'x-sum' } }, (received) => {
        received.once('data', () => {
          request.addTrailers({ 'x-sum': '42' });
          request.end(' pong');
        });
        received.on('data', (chunk: Uint8Array) => parts.push(Buffer.from(chunk).toString()));
        received.on('end', () => resolve(received));
      });
      request.on('error', reject);
      request.write('ping');
    });
    expect(parts.join('')).toBe('ping pong');
    expect(message.trailers).toEqual({ 'x-sum': '42' });
  });

  it('cuts the connection when a response that has begun takes too long', async () => {
    const { address, post, errors } = await served({ limits: { milliseconds: 100 } });
    const ending = new Promise((resolve, reject) => {
      const request = httpRequest(address, { method: 'POST' }, (received) => {
        received.on('error', (error) => resolve(error.message));
        received.on('end', () => reject(new Error('the response is complete')));
        received.resume();
      });
      request.on('error', () => undefined);
      request.write('never ends');
    });
    expect(await ending).toBe('aborted');
    expect(errors).toHaveLength(1);
    expect(await (await post('again')).text()).toBe('again');
  });

  it('passes large bodies', async () => {
    const { address } = await served();
    const body = new Uint8Array(3_000_000).map((_, at) => at * 31);
    const response = await fetch(address, { method: 'POST', body });
    expect(Buffer.compare(await response.bytes(), body)).toBe(0);
  });

  it('answers with 500 when the program traps, and goes on with another instance', async () => {
    const { post, errors } = await served();
    const responses = [await post('a'), await post('b', { 'x-trap': '1' }), await post('c')];
    expect(responses.map(({ status }) => status)).toEqual([200, 500, 200]);
    expect(await responses[1]?.text()).toBe('Internal Server Error\n');
    expect(errors.map(String)).toEqual([expect.stringMatching(/^Trap: wasm trap: unreachable/u)]);
  });

  it('answers many requests at once, and replaces instances', async () => {
    const { post } = await served({ limits: { requestsPerInstance: 3, concurrentPerInstance: 2 } });
    const texts = Array.from({ length: 40 }, (_, at) => `request ${at}`);
    const answers = await Promise.all(texts.map(async (text) => (await post(text)).text()));
    expect(answers).toEqual(texts);
  });

  // `send` waits in the middle of a function of this guest.
  const suspends = 'Suspending' in WebAssembly;
  it.skipIf(!suspends)('sends requests to granted origins, and no others', async () => {
    const to = await other((incoming, outgoing) => {
      outgoing.writeHead(203, { 'x-method': incoming.method });
      incoming.pipe(outgoing);
    });
    const refused: string[] = [];
    const { post } = await served(
      {},
      { http: [`http://${to}`], onRefused: ({ flags }) => refused.push(...flags) },
    );
    const response = await post('sent on', { 'x-to': to });
    expect(response.status).toBe(203);
    expect(response.headers.get('x-method')).toBe('POST');
    expect(await response.text()).toBe('sent on');
    expect((await post('', { 'x-to': '127.0.0.1:1' })).status).toBe(500);
    expect(refused).toEqual(['--http http://127.0.0.1:1']);
  });
});
