import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * Reads a whole file. It refuses everything else: a named pipe blocks until somebody writes to it, and a device may
 * have no end. The check looks at what was opened, so the file cannot be exchanged in between.
 *
 * @throws Error if it is not a file, and what the file system throws
 */
export function readRegularFile(path: string): Uint8Array {
  // Without `O_NONBLOCK`, opening a named pipe already waits for a writer. Windows has no such flag.
  const descriptor = openSync(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() && !stats.isDirectory()) throw new Error('it is not a file');
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
