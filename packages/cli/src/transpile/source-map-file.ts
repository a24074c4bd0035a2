import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { ReadSourceMap } from '@wit-ts/transpile';

/**
 * Returns what reads source maps beside a component. A component may name any address, so only files in the directory
 * of the component and below it are read, also through symbolic links, and only source maps.
 *
 * @param component the path of the component; nothing is read if it is not a file
 */
export function sourceMapReader(cwd: string, component: string): ReadSourceMap | undefined {
  if (component === '-') return undefined;
  const directory = path.dirname(path.resolve(cwd, component));
  return async (address) => {
    try {
      const inside = await realpath(directory);
      const file = await realpath(path.resolve(inside, decodeURIComponent(address)));
      if (!file.startsWith(inside.endsWith(path.sep) ? inside : `${inside}${path.sep}`)) return undefined;
      const content = await readFile(file);
      return isSourceMap(content.toString()) ? content : undefined;
    } catch {
      // A map that does not exist is no reason to write no module.
      return undefined;
    }
  };
}

function isSourceMap(text: string): boolean {
  const parsed: unknown = JSON.parse(text);
  return (
    typeof parsed === 'object' &&
    parsed !== null &&
    Reflect.get(parsed, 'version') === 3 &&
    'mappings' in parsed
  );
}
