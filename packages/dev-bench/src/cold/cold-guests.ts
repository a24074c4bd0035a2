import { readdir, readFile, stat } from 'node:fs/promises';
import { testComponent } from '../test-component.ts';

/** A component whose cold start is measured. */
export interface ColdGuest {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many processes measure each way to start it. */
  readonly rounds: number;
}

/**
 * Returns `edge-handler` in Rust and in JavaScript, or, when the JavaScript guest is not built, what to do about it.
 */
export async function coldGuests(): Promise<readonly (ColdGuest | { readonly unavailable: string })[]> {
  const small = {
    name: 'edge-handler',
    bytes: await testComponent('edge-handler/built/rust.wasm'),
    rounds: 15,
  };
  const large = await javaScriptGuest();
  return [
    small,
    large === undefined
      ? { unavailable: 'build it once with `pnpm components edge-handler/js`' }
      : { name: 'edge-handler in JavaScript (12 MB)', bytes: large, rounds: 5 },
  ];
}

/** Reads the JavaScript guest that was built last. It is too large to be committed. */
async function javaScriptGuest(): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const cache = new URL('../../../../.cache/edge-handler-js/', import.meta.url);
  const names = (await readdir(cache).catch(() => [])).filter((name) => name.endsWith('.wasm'));
  const times = await Promise.all(names.map(async (name) => (await stat(new URL(name, cache))).mtimeMs));
  const last = names[times.indexOf(Math.max(...times))];
  return last === undefined ? undefined : new Uint8Array(await readFile(new URL(last, cache)));
}
