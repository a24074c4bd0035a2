import { mkdir, mkdtemp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { peer } from '@wit-ts/dev-peers';

/** Returns the files, by name, that jco generates for a component with the default options of its command line. */
export async function transpileWithJco(component: Uint8Array): Promise<Readonly<Record<string, Uint8Array>>> {
  const { transpileBytes } = await peer('jco-transpile');
  const { files } = await transpileBytes(component, {
    name: 'guest',
    instantiation: 'async',
    noComponentErrorWrapping: false,
  });
  return files;
}

/** Makes a new directory inside the checkout, from which generated code can import the packages that jco needs. */
export async function temporaryDirectory(): Promise<string> {
  const cache = fileURLToPath(new URL('../../../../.cache/', import.meta.url));
  await mkdir(cache, { recursive: true });
  return mkdtemp(join(cache, 'bench-jco-'));
}
