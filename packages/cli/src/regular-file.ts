import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { inputFailure } from './failure.ts';

/**
 * Opens a file for reading. It refuses everything else: a named pipe blocks until somebody writes to it, and a device
 * may have no end. The check looks at what was opened, so the file cannot be exchanged in between.
 *
 * It does not wait in the event loop, for which Node would load more code than most files have.
 *
 * @returns the descriptor, which the caller closes
 * @throws Failure if it is not a file or a directory, and what `openSync` throws
 */
export function openRegularFile(file: string, given: string): number {
  // Without `O_NONBLOCK`, opening a named pipe already waits for a writer. Windows has no such flag.
  const flags = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
  const descriptor = openSync(file, flags);
  const stats = fstatSync(descriptor);
  if (stats.isFile() || stats.isDirectory()) return descriptor;
  closeSync(descriptor);
  throw inputFailure(`cannot read \`${given}\`: it is not a file`, NOT_A_FILE_HELP);
}

const NOT_A_FILE_HELP = 'to read from a pipe, pass `-` and connect it to standard input';

/** Reads a whole file. @throws like `openRegularFile`; an error with the code `EISDIR` for a directory */
export function readGivenFile(file: string, given: string): Buffer<ArrayBuffer> {
  const descriptor = openRegularFile(file, given);
  try {
    return readFileSync(descriptor) as Buffer<ArrayBuffer>;
  } finally {
    closeSync(descriptor);
  }
}
