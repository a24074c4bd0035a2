import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transpile } from '@wit-ts/transpile';

/** Writes the static module of a component to a directory, as `wit-ts transpile` does. */
export async function writeStaticModule(directory: string, component: Uint8Array): Promise<void> {
  const files = await transpile(component, { name: 'static', types: false, eager: false });
  for (const { path, content } of files) {
    const place = join(directory, path === 'static.js' ? 'static.mjs' : path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content);
  }
}
