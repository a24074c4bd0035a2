import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Returns the absolute path of a file in `test-components`. */
export function inTestComponents(path: string): string {
  return join(root, path);
}
