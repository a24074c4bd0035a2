import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compile } from '@wit-ts/runtime';
import { fetchHandler } from '../http.ts';

const built = (name: string): URL => new URL(`../../../../test-components/${name}`, import.meta.url);
const guest2 = compile(readFile(built('http-guest/built/c.wasm')));
const guest3 = compile(readFile(built('http-service/built/wat.wasm')));
const url = 'https://example.org';

describe('fetchHandler', () => {
  it('answers a Request with a Response', async () => {
    const handle = await fetchHandler(await guest2);
    const response = await handle(new Request(`${url}/hello`));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(await response.text()).toBe('hello\n');
    expect((await handle(new Request(`${url}/missing`))).status).toBe(404);
    const cookies = await handle(new Request(`${url}/cookies`));
    expect(cookies.status).toBe(204);
    expect(cookies.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each([
    ['0.2', guest2],
    ['0.3', guest3],
  ])('streams the body of a request and of a response, with a handler of %s', async (_, guest) => {
    const handle = await fetchHandler(await guest);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const init = { method: 'POST', body: readable, duplex: 'half' };
    const answer = handle(new Request(`${url}/echo`, init));
    // A write resolves when somebody reads: these bodies are read when the reader of the response asks.
    const first = writer.write(Uint8Array.of(1));
    const reader = (await answer).body?.getReader();
    expect(await reader?.read()).toMatchObject({ value: Uint8Array.of(1) });
    const second = writer.write(Uint8Array.of(2));
    expect(await reader?.read()).toMatchObject({ value: Uint8Array.of(2) });
    await Promise.all([first, second, writer.close()]);
    expect(await reader?.read()).toMatchObject({ done: true });
  });

  it.each([
    ['0.2', guest2],
    ['0.3', guest3],
  ])('cuts a response that has begun and takes too long, with a handler of %s', async (_, guest) => {
    const errors: unknown[] = [];
    const options = { limits: { milliseconds: 100 }, onError: (error: unknown) => errors.push(error) };
    const handle = await fetchHandler(await guest, {}, options);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const unfinished = { method: 'POST', body: readable, duplex: 'half' };
    const answer = handle(new Request(`${url}/echo`, unfinished));
    const written = writer.write(Uint8Array.of(1));
    const reader = (await answer).body?.getReader();
    expect(await reader?.read()).toMatchObject({ value: Uint8Array.of(1) });
    await written;
    await expect(reader?.read()).rejects.toThrow(new TypeError('the response is not complete'));
    // The reader hears of it first.
    await expect.poll(() => errors).toHaveLength(1);
    const next = await handle(new Request(`${url}/echo`, { method: 'POST', body: 'again' }));
    expect(await next.text()).toBe('again');
  });

  it('does not take text for the bytes of a body', async () => {
    const handle = await fetchHandler(await guest2);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue('text');
        controller.close();
      },
    });
    const response = await handle(
      new Request(`${url}/echo`, { method: 'POST', body, duplex: 'half' } as RequestInit),
    );
    // The program receives an error instead of a body, and gives no response.
    expect(response.status).toBe(500);
  });

  it('stops a program whose response nobody reads', async () => {
    const handle = await fetchHandler(await guest2, {}, { limits: { concurrent: 1 } });
    const response = await handle(new Request(`${url}/megabytes/100000`));
    await response.body?.cancel();
    expect((await handle(new Request(`${url}/hello`))).status).toBe(200);
  });

  it('answers with 500 and no text of the error when the program fails', async () => {
    const errors: unknown[] = [];
    const handle = await fetchHandler(await guest2, {}, { onError: (error) => errors.push(error) });
    for (const path of ['/trap', '/no-response', '/too-short']) {
      const response = await handle(new Request(url + path));
      expect(response.status).toBe(500);
      expect(await response.text()).toBe('Internal Server Error\n');
    }
    expect(errors).toHaveLength(1);
  });
});
