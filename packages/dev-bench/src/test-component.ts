import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Reads a committed test component, for example `testComponent('bench-guest/built/wat.wasm')`. */
export async function testComponent(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const root = new URL('../../../test-components/', import.meta.url);
  return new Uint8Array(await readFile(fileURLToPath(new URL(path, root))));
}
