import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of something in `../shared`, beside the checkout. */
export function shared(path: string): string {
  return fileURLToPath(new URL(`../../../../shared/${path}`, import.meta.url));
}

/**
 * The files that are meant, sorted: those given, and those below the folders given, by how their names end; `defaults`
 * where nothing is given. Throws where a path does not exist.
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

/** How a path is shown: relative to the current directory, with `/`. */
export function shownPath(path: string): string {
  return relative(process.cwd(), path).replaceAll('\\', '/');
}
