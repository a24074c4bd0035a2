import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPeers, peerPath } from '@wit-ts/dev-peers';
import { componentizeGuest, type JavaScriptGuest } from '../../building/javascript-guest.ts';
import { inTestComponents } from '../../building/paths.ts';

/** The version of WASI for which the JavaScript engine of componentize-js is built. */
const ENGINE_WASI = '0.2.10';

/** Builds the JavaScript guest of `http-api`, or takes an earlier build; see `componentizeGuest`. */
export async function buildHttpApi(): Promise<JavaScriptGuest> {
  const [source, world] = await Promise.all([
    readFile(inTestComponents('http-api/guest-js/guest.js'), 'utf8'),
    readFile(inTestComponents('http-api/wit/world.wit'), 'utf8'),
  ]);
  return componentizeGuest({
    name: 'http-api-js',
    source,
    witPath: { world, write: () => witWithPackages(world) },
    worldName: 'http-api',
    // With `http`, the engine calls the handlers of the `fetch` event.
    disableFeatures: [],
  });
}

/** Writes the world and the packages that it needs, which jco contains, into a directory, and returns its path. */
async function witWithPackages(world: string): Promise<string> {
  await installPeers();
  const directory = inTestComponents('../.cache/http-api-js/wit');
  await mkdir(join(directory, 'deps'), { recursive: true });
  for (const name of ['clocks', 'http', 'io']) {
    const path = peerPath(`@bytecodealliance/jco/lib/wit/builtin/0.2.12/wasi-${name}/package.wit`);
    const text = await readFile(path, 'utf8');
    // Their worlds need more packages. A later version only adds what is marked as new.
    const interfaces = text
      .replaceAll(/^world [\w-]+ \{\n.*?^\}\n/gmsu, '')
      .replaceAll(/0\.2\.1[12]/gu, ENGINE_WASI);
    await writeFile(join(directory, 'deps', `${name}.wit`), interfaces);
  }
  await writeFile(join(directory, 'world.wit'), world);
  return directory;
}
