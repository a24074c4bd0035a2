import { readFile } from 'node:fs/promises';
import { compile, Fuel } from '@wit-ts/runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AccessEntry, fetchHandler, serve, type ServeOptions } from '../http.ts';

const readTestComponent = (name: string): Promise<Buffer> =>
  readFile(new URL(`../../../../test-components/${name}`, import.meta.url));
const guest = await readTestComponent('http-guest/built/c.wasm');
const service = await readTestComponent('http-service/built/wat.wasm');
const FUEL = 1_000_000;

/** Serves a component with fuel for each request, and returns what sends a request and then its entry. */
async function metered(source: Parameters<typeof serve>[0], options: ServeOptions) {
  const errors: unknown[] = [];
  let noted = Promise.withResolvers<AccessEntry>();
  const server = await serve(
    source,
    {},
    {
      port: 0,
      onError: (error) => errors.push(error),
      onRequest: (entry) => noted.resolve(entry),
      ...options,
      limits: { fuel: FUEL, ...options.limits },
    },
  );
  onTestFinished(() => server.close(0));
  const send = async (path: string, init?: RequestInit) => {
    noted = Promise.withResolvers();
    const response = await fetch(server.address + path, init);
    return { status: response.status, text: await response.text(), entry: await noted.promise };
  };
  return { errors, send };
}

describe.each<[string, ServeOptions]>([
  ['an instance each', { instances: 'request' }],
  ['a pool', { instances: 'pool' }],
])('the fuel of requests in %s', (_, options) => {
  it('is the same for the same request, and ends one alone', async () => {
    const { send, errors } = await metered(guest, options);
    const first = await send('/hello');
    expect(first).toMatchObject({ status: 200, text: 'hello\n', entry: { fuel: expect.any(Number) } });
    const used = first.entry.fuel!;
    expect(used).toBeGreaterThan(100);
    expect((await send('/loop')).status).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ name: 'Trap', code: 'out-of-fuel' })]);
    // The first in a new instance; the others find the memory of a pool as the first has left it.
    const fresh = (await send('/hello')).entry.fuel;
    const [second, third] = [(await send('/hello')).entry.fuel, (await send('/hello')).entry.fuel];
    expect([fresh, third]).toEqual([used, second]);
    expect(second === used).toBe(options.instances === 'request');
    // It waits for its body, so that it begins again in another instance.
    const body = 'x'.repeat(300_000);
    const { status, text, entry } = await send('/count', { method: 'POST', body });
    expect([status, text]).toEqual([200, '300000']);
    expect(entry.fuel).toBeGreaterThan(used);
  });

  it('reports all of it for a request that has used it up', async () => {
    const { send } = await metered(guest, options);
    const { entry } = await send('/loop');
    expect(entry.status).toBe(500);
    expect(entry.fuel).toBeGreaterThan(FUEL * 0.99);
    expect(entry.fuel).toBeLessThan(FUEL * 1.01);
  });
});

describe('the fuel of requests', () => {
  it('is enough with exactly what is used, and too little with one less', async () => {
    const used = (await (await metered(guest, {})).send('/hello')).entry.fuel!;
    expect((await (await metered(guest, { limits: { fuel: used } })).send('/hello')).status).toBe(200);
    expect((await (await metered(guest, { limits: { fuel: 100 } })).send('/hello')).status).toBe(500);
  });

  it('is counted for a component of 0.3, which then takes one request at a time', async () => {
    const { send } = await metered(service, {});
    const init = { method: 'POST', body: 'echo' };
    const [first, second] = [await send('/', init), await send('/', init)];
    expect(first).toMatchObject({ status: 200, text: 'echo', entry: { fuel: expect.any(Number) } });
    expect(second.entry.fuel).toBe(first.entry.fuel);
  });

  it('is 0 when no instance had the request', async () => {
    const { send } = await metered(guest, { limits: { bodyBytes: 10 } });
    expect((await send('/count', { method: 'POST', body: 'x'.repeat(11) })).entry).toMatchObject({
      status: 413,
      fuel: 0,
    });
  });

  it('holds for a component that was compiled without, and for a function from Request to Response', async () => {
    const handle = await fetchHandler(
      await compile(guest),
      {},
      { limits: { fuel: FUEL }, onError: () => {} },
    );
    expect((await handle(new Request('http://a/loop'))).status).toBe(500);
    expect((await handle(new Request('http://a/hello'))).status).toBe(200);
  });

  it.each([
    [{ fuel: -1 }, 'expected a non-negative integer'],
    [{ fuel: 1, instance: { fuel: new Fuel(1) } }, '`limits.instance.fuel` cannot be given, too'],
    [{ fuel: 1, concurrentPerInstance: 2 }, 'an instance takes one request at a time'],
  ])('cannot be %j', async (limits, message) => {
    await expect(serve(guest, {}, { port: 0, limits })).rejects.toThrow(message);
  });
});
