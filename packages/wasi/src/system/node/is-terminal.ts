import { fstatSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Whether a descriptor is a terminal. Most are files or pipes, for which the module that knows is not loaded, because
 * that takes milliseconds.
 */
export function isTerminal(descriptor: number): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  const { isatty } = createRequire(import.meta.url)('node:tty') as typeof import('node:tty');
  return isatty(descriptor);
}
