import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compile, ComponentError } from '@wit-ts/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeGuest, guestLanguages } from './fixtures/guests.ts';
import { httpFront } from './host/http-front.ts';

interface Metadata {
  readonly id: bigint;
}

const imports = {
  'example:service/processor': {
    processData(input: string, { id }: Metadata): string {
      if (input === '') throw new ComponentError('empty');
      // An error that the world does not know ends the instance.
      if (input === 'fail') throw new Error('a secret of the host');
      return `${id} ${input.toUpperCase()}`;
    },
  },
};

describe.each(guestLanguages)('edge-handler in $language behind HTTP$why', ({ language, absent }) => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    if (absent) return;
    server = httpFront(await compile(await edgeGuest(language)), imports);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }, 240_000);
  afterAll(() => void server?.close());

  async function post(body: string | Uint8Array<ArrayBuffer>): Promise<readonly [number, string]> {
    const response = await fetch(url, { method: 'POST', body });
    return [response.status, await response.text()];
  }

  it.skipIf(absent)('answers the text of a request', async () => {
    expect(await post('Grüße 🌍')).toEqual([200, 'ok: 7 GRÜSSE 🌍\n']);
    expect(await post('')).toEqual([200, 'err: empty\n']);
    const many = Array.from({ length: 50 }, (_, index) => post(`a${index}`));
    expect((await Promise.all(many)).map(([, text]) => text)).toEqual(
      many.map((_, index) => `ok: ${index < 10 ? 2 : 3} A${index}\n`),
    );
  });

  it.skipIf(absent)('refuses what is not a text of a reasonable length', async () => {
    expect((await fetch(url)).status).toBe(405);
    expect(await post(new Uint8Array([0xff]))).toEqual([400, 'not UTF-8\n']);
    expect((await post('x'.repeat(65_537)))[0]).toBe(413);
    expect((await post('x'.repeat(65_536)))[0]).toBe(200);
  });

  it.skipIf(absent)('survives an instance that fails', async () => {
    expect(await post('fail')).toEqual([500, 'the handler failed\n']);
    expect(await post('again')).toEqual([200, 'ok: 5 AGAIN\n']);
  });
});
