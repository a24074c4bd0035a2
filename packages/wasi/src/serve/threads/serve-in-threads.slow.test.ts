import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { compile } from '@wit-ts/runtime';
import { begunRequest, httpGuest, httpService, servedInThreads } from '../../fixtures/served-in-threads.ts';
import { StuckError } from '../../http.ts';

describe('serve with workers', () => {
  it('ends the thread of a component that loops for ever, and answers in another one', async () => {
    const { get, errors, entries, until } = await servedInThreads({ limits: { milliseconds: 100 } });
    await expect(get('/loop')).rejects.toThrow('fetch failed');
    await until(() => errors.length === 1 && entries.length === 1);
    expect(errors[0]).toBeInstanceOf(StuckError);
    expect(errors[0]).toMatchObject({ milliseconds: 1000, requests: [{ method: 'GET', path: '/loop' }] });
    expect(String(errors[0])).toContain('with the requests that it had: `GET /loop`; `limits.fuel` ends');
    expect(entries).toMatchObject([{ path: '/loop', status: 0, remoteAddress: '127.0.0.1' }]);
    expect(await (await get('/hello')).text()).toBe('hello\n');
  });

  it('can be given another component in all threads, and keeps the one before if that cannot be served', async () => {
    const { server, get } = await servedInThreads({ workers: 2 });
    const before = await begunRequest(server.address);
    await expect(server.replace(Uint8Array.of(0, 97, 115, 109, 13, 0, 1, 0))).rejects.toThrow(
      'does not handle requests',
    );
    for (let count = 0; count < 8; count += 1) expect(await (await get('/hello')).text()).toBe('hello\n');
    await server.replace(httpService);
    for (let count = 0; count < 8; count += 1)
      expect(await (await get('/hello', { method: 'POST', body: 'echo' })).text()).toBe('echo');
    before.end();
    expect(await before.body).toBe('ab');
  });

  it('is given another component while the one before loops', async () => {
    const { server, get, errors, until } = await servedInThreads({ limits: { milliseconds: 5000 } });
    const looping = expect(get('/loop')).rejects.toThrow('fetch failed');
    await busy(get);
    await server.replace(httpService);
    await looping;
    await until(() => errors.length === 1);
    expect(await (await get('/', { method: 'POST', body: 'echo' })).text()).toBe('echo');
  });

  it('is given another component when the one before has just begun to loop', async () => {
    const { server, get, errors, until } = await servedInThreads({ limits: { milliseconds: 1500 } });
    const looping = expect(get('/loop')).rejects.toThrow('fetch failed');
    // The request reaches the thread before the component does.
    await sleep(200);
    await server.replace(httpService);
    await looping;
    await until(() => errors.length === 1);
    expect(await (await get('/', { method: 'POST', body: 'echo' })).text()).toBe('echo');
  });

  it('answers what has begun before it closes', async () => {
    const { server, entries } = await servedInThreads({ workers: 2 });
    const { end, body } = await begunRequest(server.address);
    const closed = server.close();
    end();
    expect(await body).toBe('ab');
    await closed;
    await expect(fetch(server.address)).rejects.toThrow('fetch failed');
    expect(entries.map(({ path, status }) => [path, status])).toEqual([['/echo', 200]]);
  });

  it('closes while a component loops', async () => {
    const { server, get, entries } = await servedInThreads();
    const looping = expect(get('/loop')).rejects.toThrow('fetch failed');
    await busy(get);
    await server.close(100);
    await looping;
    expect(entries).toContainEqual(expect.objectContaining({ path: '/loop', status: 0 }));
  });

  it('ends one request alone that has used up its fuel, and notes what each has used', async () => {
    const { get, errors, entries, until } = await servedInThreads({ limits: { fuel: 100_000 } });
    expect((await get('/loop')).status).toBe(500);
    expect((await get('/hello')).status).toBe(200);
    await until(() => errors.length === 1 && entries.length === 2);
    expect(errors[0]).toHaveProperty('code', 'out-of-fuel');
    expect(entries[0]!.fuel).toBeGreaterThan(90_000);
    expect(entries[1]!.fuel).toBeLessThan(10_000);
  });

  it('holds a component that is compiled already to its limits', async () => {
    const component = await compile(httpGuest, { limits: { fuel: 100 } });
    const { get, errors, until } = await servedInThreads({}, {}, component);
    expect((await get('/loop')).status).toBe(500);
    await until(() => errors.length === 1);
    expect(errors[0]).toHaveProperty('code', 'out-of-fuel');
  });
});

/** Waits until a thread is so busy with a component that it answers nothing else. */
async function busy(get: (path: string, init: RequestInit) => Promise<Response>): Promise<void> {
  for (;;) {
    const signal = AbortSignal.timeout(1500);
    try {
      await (await get('/hello', { signal })).text();
    } catch {
      if (signal.aborted) return;
    }
  }
}
