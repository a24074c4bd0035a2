import { describe, expect, it } from 'vitest';
import { Fuel, LinkError, Trap } from '@wit-ts/runtime';
import { httpGuest, readTestComponent, servedInThreads } from '../../fixtures/served-in-threads.ts';
import type { Grants } from '../../grants.ts';
import { serve, type ServeOptions } from '../../http.ts';

describe('serve with workers', () => {
  it('answers on one address with several threads, and gathers their entries and errors', async () => {
    const { server, get, errors, entries, until } = await servedInThreads({ workers: 2, instances: 'pool' });
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    const counts: number[] = [];
    // The system gives each connection to either of the threads, so both get some in the end.
    while (!(counts.length > 4 && counts.filter((count) => count === 1).length === 2))
      counts.push(Number(await (await get('/answered')).text()));
    expect(counts.toSorted((a, b) => a - b)).not.toEqual(counts.map((_, index) => index + 1));
    expect((await get('/trap')).status).toBe(500);
    await until(() => errors.length === 1 && entries.length === counts.length + 1);
    expect(errors[0]).toBeInstanceOf(Trap);
    // The entries of two threads arrive in no fixed order.
    expect(entries).toContainEqual({
      method: 'GET',
      path: '/trap',
      status: 500,
      milliseconds: expect.any(Number),
      remoteAddress: '127.0.0.1',
    });
  });

  it('gathers what is called, refused and printed', async () => {
    const refused: string[] = [];
    const called: string[] = [];
    const printed = Promise.withResolvers<string>();
    const { get } = await servedInThreads(
      {},
      {
        stdout: (chunk) => printed.resolve(Buffer.from(chunk).toString()),
        onRefused: ({ asked }) => refused.push(asked),
        onCall: ({ function: name }) => called.push(name),
      },
    );
    const response = await get('/proxy/a', { method: 'POST', headers: { 'x-to': '127.0.0.1:9' } });
    expect(response.status).toBe(502);
    expect(refused).toEqual(['http://127.0.0.1:9']);
    expect(called).toContain('handle');
    for (let count = 0; count < 2; count += 1) expect(await (await get('/print')).text()).toBe('hello\n');
    expect(await printed.promise).toBe('printed\n');
  });

  it('shares its port with no other server', async () => {
    const { server } = await servedInThreads({ workers: 2 });
    const port = Number(new URL(server.address).port);
    const error = { code: 'EADDRINUSE', syscall: 'listen' };
    await expect(serve(httpGuest, {}, { port, workers: 2 })).rejects.toMatchObject(error);
    await expect(serve(httpGuest, {}, { port })).rejects.toMatchObject(error);
  });

  it('refuses a component that it cannot serve, as without workers', async () => {
    const other = await readTestComponent('traps/built/wat.wasm');
    await expect(serve(other, {}, { port: 0, workers: 2 })).rejects.toThrow(
      /^the component does not handle requests: it exports `/u,
    );
    const limits = { instance: { memoryBytes: 1 } };
    const small = serve(httpGuest, {}, { port: 0, workers: 2, limits });
    await expect(small).rejects.toThrow(LinkError);
    await expect(small).rejects.toHaveProperty('code', 'over-limit');
  });

  it.each<[string, ServeOptions, Grants]>([
    ['options.workers: expected a whole number from 1 to 1024, got 0', { workers: 0 }, {}],
    ['options.workers: expected', { workers: 1.5 }, {}],
    [
      'limits.instance.fuel: a `Fuel` stays in its thread',
      { limits: { instance: { fuel: new Fuel(1) } } },
      {},
    ],
    ['grants.stdout: several threads cannot share a stream', {}, { stdout: new WritableStream() }],
    ['grants.stdin: several threads cannot share a stream', {}, { stdin: new ReadableStream() }],
    ['grants.clocks.wall: a function stays in its thread', {}, { clocks: { wall: () => 0n } }],
  ])('refuses what cannot be in several threads: %s', async (message, options, grants) => {
    await expect(serve(httpGuest, grants, { port: 0, workers: 1, ...options })).rejects.toThrow(message);
  });
});
