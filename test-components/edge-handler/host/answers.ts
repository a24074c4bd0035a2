import { readFile } from 'node:fs/promises';
import { compile } from '@wit-ts/runtime';
import { buildJavaScriptGuest } from '../guest-js/build.ts';
import { instantiate } from './generated/edge-handler.ts';
import { imports } from './process-data.ts';

export const requests = ['hello edge', 'Grüße, Wörld 🌍', '', 'a', 'one two three'.repeat(500)];

/** The guests that are there: the committed ones, and the JavaScript guest where it is built or may be. */
export async function guests(options: { readonly javascript: boolean }): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const name of ['wat', 'rust', 'c']) {
    found.set(name, await readFile(new URL(`../built/${name}.wasm`, import.meta.url)));
  }
  if (options.javascript) {
    const guest = await buildJavaScriptGuest();
    if (guest.tag === 'unavailable') throw new Error(guest.reason);
    found.set('javascript', guest.bytes);
  }
  return found;
}

/** The answers of one guest. */
export async function answersOf(bytes: Uint8Array): Promise<readonly string[]> {
  const handler = await instantiate(await compile(bytes), imports);
  return requests.map((request) => handler.handleRequest(request));
}
