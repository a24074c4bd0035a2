import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { startServers, type EndpointServers } from './endpoint-servers.ts';
import { readManifest } from './manifest.ts';

let servers: EndpointServers | undefined;
afterEach(() => servers?.close());

async function started(...descriptions: readonly object[]): Promise<EndpointServers> {
  servers = await startServers(readManifest(JSON.stringify({ servers: descriptions })).servers);
  return servers;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly chunks?: readonly string[];
  readonly trailers?: Readonly<Record<string, string>>;
}

async function ask(
  address: string | undefined,
  path: string,
  { method = 'GET', headers = {}, chunks = [], trailers = {} }: Asked = {},
): Promise<{ response: IncomingMessage; body: string }> {
  const response = await new Promise<IncomingMessage>((done, fail) => {
    const asking = request(`http://${address}${path}`, { method, agent: false }, done);
    for (const [name, value] of Object.entries(headers)) asking.setHeader(name, value);
    asking.on('error', fail);
    for (const chunk of chunks) asking.write(chunk);
    asking.addTrailers(trailers);
    asking.end();
  });
  return { response, body: await text(response) };
}

describe('startServers', () => {
  it('answers the method and path of an endpoint, and nothing else', async () => {
    const endpoints = [
      { method: 'PUT', path: '/a?b', response: { status: 201, headers: { 'x-a': 'b' }, body: 'ä' } },
    ];
    const { env } = await started({ name: 'one', endpoints });
    const { response, body } = await ask(env['HTTP_SERVER_ONE'], '/a?b', { method: 'PUT' });
    expect(response.statusCode).toBe(201);
    expect(response.headers).toMatchObject({ 'x-a': 'b', 'content-length': '2' });
    expect(body).toBe('ä');
    for (const other of [await ask(env['HTTP_SERVER_ONE'], '/a?b'), await ask(env['HTTP_SERVER_ONE'], '/a')])
      expect(other.response.statusCode).toBe(404);
  });

  it('sends chunks and trailers', async () => {
    const answer = { chunks: ['one', 'two'], trailers: { 'x-end': 'yes' } };
    const { env } = await started({ name: 'c', endpoints: [{ path: '/', response: answer }] });
    const { response, body } = await ask(env['HTTP_SERVER_C'], '/');
    expect(body).toBe('onetwo');
    expect(response.headers).toMatchObject({ 'transfer-encoding': 'chunked', trailer: 'x-end' });
    expect(response.trailers).toEqual({ 'x-end': 'yes' });
  });

  it('echoes bodies, headers and trailers', async () => {
    const { env } = await started({
      name: 'echo',
      endpoints: [
        { method: 'POST', path: '/body', mode: 'echo-body' },
        { method: 'POST', path: '/headers', mode: 'echo-headers' },
      ],
    });
    const address = env['HTTP_SERVER_ECHO'];
    expect((await ask(address, '/body', { method: 'POST', chunks: ['a', 'ß'] })).body).toBe('aß');
    const { response } = await ask(address, '/headers', {
      method: 'POST',
      headers: { 'X-Twice': ['1', '2'], trailer: 'x-last' },
      chunks: ['a'],
      trailers: { 'x-last': '3' },
    });
    expect(response.headersDistinct).toMatchObject({
      'x-request-method': ['POST'],
      'x-request-path': ['/headers'],
      'x-echo-x-twice': ['1', '2'],
      'x-trailer-x-last': ['3'],
    });
  });

  it('gives the address of a closed server, at which nothing listens', async () => {
    const { env } = await started({ name: 'gone', kind: 'closed' });
    await expect(ask(env['HTTP_SERVER_GONE'], '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
