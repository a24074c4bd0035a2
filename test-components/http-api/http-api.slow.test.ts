import { peersInstalled } from '@wit-ts/dev-peers';
import { serve, type Server } from '@wit-ts/wasi/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHttpApi } from './guest-js/build.ts';

const why = peersInstalled() ? '' : ' (skipped: packages/dev-peers/tools is not installed)';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  text: JSON.stringify(value),
});

describe.skipIf(!peersInstalled())(`http-api${why}`, () => {
  let server: Server;
  const failures: unknown[] = [];

  beforeAll(async () => {
    const built = await buildHttpApi();
    if (built.tag === 'unavailable') throw new Error(built.reason);
    // An engine for JavaScript needs clocks and random bytes.
    const grants = { clocks: true, random: true };
    server = await serve(built.bytes, grants, { port: 0, onError: (error) => failures.push(error) });
  }, 400_000);
  afterAll(async () => {
    await server?.close();
    expect(failures).toEqual([]);
  });

  async function ask(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`${server.address}${path}`, init);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  }

  const post = (body: string): Promise<Answer> => ask('/api/process', { method: 'POST', body });

  it('is healthy', async () => {
    expect(await ask('/api/health')).toMatchObject({ status: 200, text: 'OK' });
    expect(await ask('/api/health?verbose')).toMatchObject({ status: 200, text: 'OK' });
  });

  it('processes JSON', async () => {
    expect(await post('{ "numbers": [1, 2.5, -4] }')).toEqual(
      json(200, { count: 3, sum: -0.5, mean: -0.5 / 3 }),
    );
    expect(await post('{ "numbers": [] }')).toEqual(json(200, { count: 0, sum: 0, mean: null }));
    const numbers = Array.from({ length: 1000 }, (_, index) => index);
    expect(await post(JSON.stringify({ numbers }))).toEqual(
      json(200, { count: 1000, sum: 499_500, mean: 499.5 }),
    );
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{ "numbers": "1" }',
    '{ "numbers": [1, "2"] }',
    '{ "__proto__": { "numbers": [] } }',
  ])('answers %j with 400', async (body) => {
    const { status, type, text } = await post(body);
    expect({ status, type }).toEqual({ status: 400, type: 'application/json' });
    expect(JSON.parse(text)).toEqual({ error: expect.any(String) });
  });

  it('answers other paths with 404, and other methods with 405', async () => {
    expect(await ask('/')).toMatchObject({ status: 404 });
    expect(await ask('/api/health/')).toMatchObject({ status: 404 });
    expect(await ask('/api/process')).toMatchObject({ status: 405 });
    expect(await ask('/api/health', { method: 'POST', body: 'x' })).toMatchObject({ status: 405 });
  });

  it('answers many requests at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(JSON.stringify({ numbers: [index] }))),
    );
    expect(answers).toEqual(answers.map((_, index) => json(200, { count: 1, sum: index, mean: index })));
  });
});
