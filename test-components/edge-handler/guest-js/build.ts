import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { peer } from '@wit-ts/dev-peers';

/** The built guest, or the reason why it could not be built. `cached` means that an earlier build was used. */
export type JavaScriptGuest =
  | { readonly tag: 'built'; readonly bytes: Uint8Array<ArrayBuffer>; readonly cached: boolean }
  | { readonly tag: 'unavailable'; readonly reason: string };

const here = fileURLToPath(new URL('./', import.meta.url));
const sourcePath = join(here, 'guest.js');
const witPath = join(here, '../wit/world.wit');
const cache = join(here, '../../../.cache/edge-handler-js');
const componentizeJs = '0.22.0';

/**
 * Builds the JavaScript guest of `edge-handler`. It is not committed because it contains a JavaScript engine (12 MB). A
 * build takes seconds and is kept in `.cache` until the sources change. The first build also downloads the compiler (45
 * MB).
 *
 * Returns the reason instead of throwing when the guest cannot be built, for example without a network.
 */
export async function buildJavaScriptGuest(): Promise<JavaScriptGuest> {
  const path = join(cache, `${await sourcesHash()}.wasm`);
  const cached = await readFile(path).catch(() => undefined);
  if (cached !== undefined) return { tag: 'built', bytes: new Uint8Array(cached), cached: true };
  try {
    const { componentize } = await peer('componentize-js');
    const { component } = await componentize({
      sourcePath,
      witPath,
      worldName: 'edge-handler',
      // With all features disabled the engine imports nothing, so the component satisfies the world.
      disableFeatures: ['stdio', 'random', 'clocks', 'http', 'fetch-event'],
    });
    await mkdir(cache, { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    await writeFile(unfinished, component);
    await rename(unfinished, path);
    return { tag: 'built', bytes: new Uint8Array(component), cached: false };
  } catch (error) {
    return { tag: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256').update(componentizeJs);
  for (const file of [sourcePath, witPath]) hash.update('\0').update(await readFile(file, 'utf8'));
  return hash.digest('hex').slice(0, 16);
}
