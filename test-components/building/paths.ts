import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The absolute path of a file below `test-components`. */
export function inTestComponents(path: string): string {
  return join(root, path);
}
