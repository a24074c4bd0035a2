import { posix } from 'node:path';

/** The scheme of the specifiers with which components import core modules until the names of the files are known. */
export const CORE_SCHEME = 'unplugin-wit:';

/** Returns the specifier with which one file of a bundle imports another. */
export function relativeSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('../') ? path : `./${path}`;
}
