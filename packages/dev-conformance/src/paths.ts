import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Returns the absolute path of a file or folder in `../shared`, which lies beside the checkout. */
export function sharedPath(path: string): string {
  return fileURLToPath(new URL(`../../../../shared/${path}`, import.meta.url));
}

/**
 * Returns the files that the paths name: each path that is a file, and for each folder the files below it whose names
 * end with `ending`, sorted. Uses `defaults` when `paths` is empty. Throws an Error when a path does not exist.
 */
export async function collectFiles(
  paths: readonly string[],
  defaults: readonly string[],
  ending: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths.length === 0 ? defaults : paths) {
    const absolute = resolve(path);
    const isFolder = (await stat(absolute)).isDirectory();
    if (!isFolder) {
      found.push(absolute);
      continue;
    }
    const below = await readdir(absolute, { recursive: true });
    found.push(
      ...below
        .filter((name) => name.endsWith(ending))
        .map((name) => join(absolute, name))
        .sort(),
    );
  }
  return found;
}

/** Returns a path as reports show it: relative to the current directory, with `/` as separator. */
export function displayPath(path: string): string {
  return relative(process.cwd(), path).replaceAll('\\', '/');
}
