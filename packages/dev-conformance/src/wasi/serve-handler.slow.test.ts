import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { peersInstalled } from '@wit-ts/dev-peers';
import { instantiate } from '@wit-ts/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleCachedWat } from '../assemble-wat.ts';
import { echoService } from './fixture-guests.ts';
import { serveHandler, type HttpHandler } from './serve-handler.ts';
import { shimHost } from './shim-imports.ts';

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  readonly trailers: NodeJS.Dict<string>;
}

describe.skipIf(absent)(`a service of WASI 0.3 under preview3-shim${why}`, () => {
  let server: Server;
  beforeAll(async () => {
    const settings = { component: 'echo', world: 'service', args: [], env: {}, proposals: [] } as const;
    const { imports, shim } = await shimHost(settings);
    const exports = await instantiate<{ readonly handler: HttpHandler }>(
      await assembleCachedWat(echoService),
      imports,
    );
    server = serveHandler(exports.handler, shim);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => void server.close());

  function asked(
    chunks: readonly string[],
    trailers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { port } = server.address() as AddressInfo;
    return new Promise((done, fail) => {
      const asking = request({ port, host: '127.0.0.1', method: 'POST' }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => (body += text));
        response.on('end', () => done({ status: response.statusCode, body, trailers: response.trailers }));
      });
      asking.on('error', fail);
      for (const chunk of chunks) asking.write(chunk);
      asking.addTrailers(trailers);
      asking.end();
    });
  }

  it('passes the body and the trailers of a request through the guest', async () => {
    expect(await asked(['Grü', 'ße'], { 'x-sum': '5' })).toEqual({
      status: 200,
      body: 'Grüße',
      trailers: { 'x-sum': '5' },
    });
  }, 30_000);

  it('passes many requests at once, large and empty', async () => {
    const bodies = Array.from({ length: 12 }, (_, at) => 'x'.repeat(at * 40_000));
    const answers = await Promise.all(bodies.map((body) => asked([body])));
    expect(answers.map(({ body }) => body.length)).toEqual(bodies.map(({ length }) => length));
    expect(answers.map(({ trailers }) => trailers)).toEqual(bodies.map(() => ({})));
  }, 30_000);
});
