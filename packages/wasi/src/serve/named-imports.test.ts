import { readFile } from 'node:fs/promises';
import { LinkError } from '@wit-ts/runtime';
import { expect, it } from 'vitest';
import { fetchHandler } from '../http.ts';

const guest = readFile(new URL('../../../../test-components/http-guest/built/c.wasm', import.meta.url));

/** The guest with another name of the same length in the place of each that it has. */
async function renamed(name: string, other: string): Promise<Uint8Array<ArrayBuffer>> {
  const text = (await guest).toString('latin1').replaceAll(name, other);
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

it('serves a component that was built for another version of WASI 0.2', async () => {
  const handle = await fetchHandler(await renamed('@0.2.12', '@0.2.10'));
  const response = await handle(new Request('https://example.org/echo', { method: 'POST', body: 'again' }));
  expect(await response.text()).toBe('again');
});

it('names what a component imports that the host does not have', async () => {
  const served = fetchHandler(await renamed('wasi:http/outgoing-handler', 'wasi:http/outgoing-hamster'));
  await expect(served).rejects.toThrow(LinkError);
  await expect(served).rejects.toThrow('wasi:http/outgoing-hamster@0.2.12');
});
