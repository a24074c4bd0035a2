import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { peer } from '@wit-ts/dev-peers';
import { inTestComponents } from './paths.ts';

/** The built guest, or the reason why it could not be built. `cached` means that an earlier build was used. */
export type JavaScriptGuest =
  | { readonly tag: 'built'; readonly bytes: Uint8Array<ArrayBuffer>; readonly cached: boolean }
  | { readonly tag: 'unavailable'; readonly reason: string };

/** A guest in JavaScript. */
export interface JavaScriptSource {
  /** The folder in `.cache` for its builds. */
  readonly name: string;
  /** The text of its only module. */
  readonly source: string;
  /** The absolute path of its WIT, or a function that writes it and returns the path, with the text of the world. */
  readonly witPath: string | { readonly world: string; readonly write: () => Promise<string> };
  readonly worldName: string;
  /** What the engine does not use. By default it imports nothing, so that the component satisfies the world. */
  readonly disableFeatures?: readonly EngineFeature[];
}

type EngineFeature = 'stdio' | 'random' | 'clocks' | 'http' | 'fetch-event';

const componentizeJs = '0.22.0';

const allFeatures: readonly EngineFeature[] = ['stdio', 'random', 'clocks', 'http', 'fetch-event'];

/**
 * Compiles a guest together with a JavaScript engine. The result has 12 MB, so that it is not committed. A build takes
 * seconds and is kept in `.cache` until the sources change. The first build also downloads the compiler (45 MB).
 *
 * Returns the reason instead of throwing when the guest cannot be built, for example without a network.
 */
export async function componentizeGuest(guest: JavaScriptSource): Promise<JavaScriptGuest> {
  const { name, source, witPath, worldName, disableFeatures = allFeatures } = guest;
  const cache = inTestComponents(`../.cache/${name}`);
  const world = typeof witPath === 'string' ? await readFile(witPath, 'utf8') : witPath.world;
  const hash = sourcesHash([source, world]);
  const path = join(cache, `${hash}.wasm`);
  const cached = await readFile(path).catch(() => undefined);
  if (cached !== undefined) return { tag: 'built', bytes: new Uint8Array(cached), cached: true };
  try {
    const { componentize } = await peer('componentize-js');
    await mkdir(cache, { recursive: true });
    const sourcePath = join(cache, `${hash}.js`);
    await writeFile(sourcePath, source);
    const { component } = await componentize({
      sourcePath,
      witPath: typeof witPath === 'string' ? witPath : await witPath.write(),
      worldName,
      disableFeatures: [...disableFeatures],
    });
    const unfinished = `${path}.${process.pid}`;
    await writeFile(unfinished, component);
    await rename(unfinished, path);
    return { tag: 'built', bytes: new Uint8Array(component), cached: false };
  } catch (error) {
    return { tag: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
  }
}

function sourcesHash(texts: readonly string[]): string {
  const hash = createHash('sha256').update(componentizeJs);
  for (const text of texts) hash.update('\0').update(text);
  return hash.digest('hex').slice(0, 16);
}
