import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fetchHandler, serve } from '../http.ts';

const source = readFile(new URL('../../../../test-components/http-guest/built/c.wasm', import.meta.url));

describe('the options of a server', () => {
  it.each([
    [
      { milliseconds: 0 },
      'options.limits.milliseconds: expected a number above 0 and of at most 2^31 - 1, got 0',
    ],
    [
      { milliseconds: Infinity },
      'options.limits.milliseconds: expected a number above 0 and of at most 2^31 - 1',
    ],
    [{ milliseconds: NaN }, 'options.limits.milliseconds: expected a number above 0'],
    [{ bodyBytes: -1 }, 'options.limits.bodyBytes: expected a whole number from 0, or Infinity, got -1'],
    [{ bodyBytes: NaN }, 'options.limits.bodyBytes: expected a whole number from 0, or Infinity, got NaN'],
    [{ concurrent: 0 }, 'options.limits.concurrent: expected a whole number from 1, or Infinity, got 0'],
    [{ queued: 1.5 }, 'options.limits.queued: expected a whole number from 0, or Infinity, got 1.5'],
    [{ requestsPerInstance: 0 }, 'options.limits.requestsPerInstance: expected a whole number from 1'],
    [{ concurrentPerInstance: NaN }, 'options.limits.concurrentPerInstance: expected a whole number from 1'],
  ])('refuse the limits %j', async (limits, message) => {
    await expect(fetchHandler(await source, {}, { limits })).rejects.toThrow(message);
    await expect(serve(await source, {}, { port: 0, limits })).rejects.toThrow(message);
  });

  it('refuse a misspelt limit, and ways to make instances that do not exist', async () => {
    const bytes = await source;
    const untyped = (options: object) => fetchHandler(bytes, {}, options);
    await expect(untyped({ limits: { concurrrent: 1 } })).rejects.toThrow(
      new TypeError(
        'options.limits: `concurrrent` is unknown; expected milliseconds, bodyBytes, concurrent, queued, concurrentPerInstance, requestsPerInstance, fuel, instance',
      ),
    );
    await expect(untyped({ instances: 'each' })).rejects.toThrow(
      new TypeError('options.instances: expected `request` or `pool`, got "each"'),
    );
  });

  it('refuse an empty host, which would listen on every address, and ports that do not exist', async () => {
    await expect(serve(await source, {}, { host: '', port: 0 })).rejects.toThrow(
      new TypeError(
        'options.host: expected an address or the name of a host; `0.0.0.0` or `::` for every address, got ""',
      ),
    );
    for (const port of [-1, 65_536, 1.5, NaN])
      await expect(serve(await source, {}, { port })).rejects.toThrow(
        new TypeError(`options.port: expected a whole number from 0 to 65535, got ${port}`),
      );
  });

  it('take Infinity for no limit', async () => {
    const limits = { bodyBytes: Infinity, concurrent: Infinity, queued: 0 };
    const handle = await fetchHandler(await source, {}, { limits });
    expect((await handle(new Request('https://example.org/hello'))).status).toBe(200);
  });
});
