import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as startRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { peersInstalled } from '@wit-ts/dev-peers';
import { root } from '@wit-ts/dev-support/workspace';
import { buildHttpApi } from '@wit-ts/test-components/http-api/guest-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withOutside } from '../runners/outside.ts';
import { type RunningWorker, runWorker } from './run-worker.ts';

const readTestComponent = (path: string): Promise<Buffer> => readFile(join(root, 'test-components', path));

/** A request whose body is sent part by part. */
function begun(url: string): { readonly sent: ClientRequest; readonly received: Promise<IncomingMessage> } {
  const sent = startRequest(url, { method: 'POST', agent: false });
  const received = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve);
    sent.on('error', reject);
  });
  return { sent, received };
}

/** Sends the parts of a body one after the other, each when the one before has come back. */
async function echo(url: string, parts: readonly string[]): Promise<readonly string[]> {
  const { sent, received } = begun(url);
  sent.write(parts[0]);
  const response = await received;
  const back: string[] = [];
  for (const [index] of parts.entries()) {
    const [chunk] = (await once(response, 'data')) as [Buffer];
    back.push(chunk.toString());
    if (index + 1 < parts.length) sent.write(parts[index + 1]);
  }
  sent.end();
  await once(response, 'end');
  return back;
}

describe.each([
  ['0.2', 'http-guest/built/c.wasm', '/hello', { path: '/trap', headers: {} }],
  ['0.3', 'http-service/built/wat.wasm', '/', { path: '/', headers: { 'x-trap': '1' } }],
] as const)('a worker of a handler of %s on workerd', (_version, component, path, trap) => {
  let worker: RunningWorker;
  beforeAll(async () => {
    worker = await runWorker(await readTestComponent(component), {
      grants: { stdout: true, http: ['https://granted.example'] },
    });
  }, 120_000);
  afterAll(() => worker?.stop());

  it('answers requests, also many at once', async () => {
    const answers = Array.from({ length: 40 }, () => fetch(worker.address + path));
    for (const response of await Promise.all(answers)) expect(response.status).toBe(200);
  });

  it('streams bodies in both directions', async () => {
    const parts = ['one', 'two', 'three'];
    expect(await echo(`${worker.address}/echo`, parts)).toEqual(parts);
    const large = new Uint8Array(3_000_000).map((_, at) => at % 251);
    const response = await fetch(`${worker.address}/echo`, { method: 'POST', body: large });
    expect(Buffer.compare(new Uint8Array(await response.arrayBuffer()), large)).toBe(0);
  });

  it('answers a trap with 500 without its text, and replaces the instance', async () => {
    const requests = Array.from({ length: 20 }, (_, at) =>
      at % 4 === 0
        ? fetch(worker.address + trap.path, { headers: trap.headers })
        : fetch(worker.address + path),
    );
    for (const [at, response] of (await Promise.all(requests)).entries()) {
      expect(response.status).toBe(at % 4 === 0 ? 500 : 200);
      if (at % 4 === 0) expect(await response.text()).toBe('Internal Server Error\n');
    }
    expect(worker.log()).toContain('a request failed: Trap: wasm trap: unreachable');
  });

  it('goes on when a client leaves in the middle of a body', async () => {
    for (let client = 0; client < 10; client += 1) {
      const { sent, received } = begun(`${worker.address}/echo`);
      sent.write('part');
      const response = await received;
      await once(response, 'data');
      response.on('error', () => {});
      sent.destroy();
    }
    expect(await echo(`${worker.address}/echo`, ['again'])).toEqual(['again']);
  });

  it('refuses a request to an origin that is not granted', async () => {
    const proxied = { method: 'POST', headers: { 'x-to': 'other.example' } };
    const response = await fetch(`${worker.address}/proxy/a`, proxied);
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(worker.log()).toContain(
      'refused: the program asked for `http://other.example`; no origin grants it',
    );
  });
});

it('lets a worker send requests to a granted origin, and a body both ways', async () => {
  await withOutside(async (origin) => {
    const worker = await runWorker(await readTestComponent('http-guest/built/c.wasm'), {
      grants: { http: [origin] },
    });
    try {
      const headers = { 'x-to': new URL(origin).host };
      const init = { method: 'POST', headers, body: 'to the outside' };
      expect(await (await fetch(`${worker.address}/proxy/a`, init)).text()).toBe('to the outside');
    } finally {
      await worker.stop();
    }
  });
}, 120_000);

it('logs what a program prints, if that is granted', async () => {
  const component = await readTestComponent('http-guest/built/c.wasm');
  for (const [grants, lines] of [
    [{ stdout: true }, 'printed\nprinted\n'],
    [{}, ''],
  ] as const) {
    const worker = await runWorker(component, { grants });
    try {
      for (let count = 0; count < 2; count += 1)
        expect(await (await fetch(`${worker.address}/print`)).text()).toBe('hello\n');
      await expect.poll(worker.log).toBe(lines);
    } finally {
      await worker.stop();
    }
  }
}, 120_000);

it('gives a program its variables, bindings of the worker as variables, and files that it can only read', async () => {
  const files = new TextEncoder().encode('onetwo');
  const index = { 'a.txt': [0, 3], sub: { 'b.txt': [3, 3] } } as const;
  const worker = await runWorker(await readTestComponent('http-files/built/c.wasm'), {
    grants: { env: { A: '1' }, bindings: ['KEY', 'ABSENT'], dirs: [{ guest: '/pages', files: index }] },
    files,
    env: { KEY: 'secret', OTHER: 'other' },
  });
  const ask = async (path: string, method = 'GET'): Promise<readonly [number, string]> => {
    const response = await fetch(worker.address + path, { method });
    return [response.status, await response.text()];
  };
  try {
    const [, variables] = await ask('/env');
    expect(variables.split('\n').sort()).toEqual(['', 'A=1', 'KEY=secret']);
    expect(await ask('/files/a.txt')).toEqual([200, 'one']);
    expect(await ask('/files/sub/b.txt')).toEqual([200, 'two']);
    // `no-entry` and `read-only`.
    expect(await ask('/files/sub/none')).toEqual([404, 'error-code 20\n']);
    expect(await ask('/files/new', 'PUT')).toEqual([403, 'error-code 33\n']);
    expect(worker.log()).toContain('refused: the program asked for `/pages/new`');
  } finally {
    await worker.stop();
  }
}, 120_000);

it.each(['request', 'pool'] as const)(
  'ends a loop by fuel, which each request has anew, with instances: %s',
  async (instances) => {
    const worker = await runWorker(await readTestComponent('http-guest/built/c.wasm'), {
      grants: { instances },
      limits: { fuel: 200_000, memoryBytes: 16 << 20 },
    });
    try {
      // Together they use more than one of them may.
      for (let count = 0; count < 100; count += 1)
        expect((await fetch(`${worker.address}/hello`)).status).toBe(200);
      const response = await fetch(`${worker.address}/loop`);
      expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error\n']);
      expect(worker.log()).toContain('out of fuel');
      const init = { method: 'POST', body: 'waits' };
      expect(await (await fetch(`${worker.address}/echo`, init)).text()).toBe('waits');
    } finally {
      await worker.stop();
    }
  },
  120_000,
);

it('keeps an instance for further requests, if the grants say so', async () => {
  const component = await readTestComponent('http-guest/built/c.wasm');
  for (const [instances, count] of [
    ['pool', '3'],
    ['request', '1'],
  ] as const) {
    const worker = await runWorker(component, { grants: { instances } });
    try {
      let text = '';
      for (let at = 0; at < 3; at += 1) text = await (await fetch(`${worker.address}/answered`)).text();
      expect(text).toBe(count);
    } finally {
      await worker.stop();
    }
  }
}, 120_000);

const why = peersInstalled() ? '' : ' (skipped: packages/dev-peers/tools is not installed)';

it.skipIf(!peersInstalled())(
  `serves http-api, a component in JavaScript${why}`,
  async () => {
    const built = await buildHttpApi();
    if (built.tag === 'unavailable') throw new Error(built.reason);
    const worker = await runWorker(built.bytes, { grants: { clocks: true, random: true } });
    try {
      expect(await (await fetch(`${worker.address}/api/health`)).text()).toBe('OK');
      const init = { method: 'POST', body: '{ "numbers": [1, 2.5, -4] }' };
      const response = await fetch(`${worker.address}/api/process`, init);
      expect([response.status, await response.json()]).toEqual([
        200,
        { count: 3, sum: -0.5, mean: -0.5 / 3 },
      ]);
    } finally {
      await worker.stop();
    }
  },
  400_000,
);
