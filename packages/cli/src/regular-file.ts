import { constants, open, type FileHandle } from 'node:fs/promises';
import { inputFailure } from './failure.ts';

/**
 * Opens a file for reading. It refuses everything else: a named pipe blocks until somebody writes to it, and a device
 * may have no end. The check looks at what was opened, so the file cannot be exchanged in between.
 *
 * @throws Failure if it is not a file or a directory, and what `open` throws
 */
export async function openRegularFile(file: string, given: string): Promise<FileHandle> {
  // Without `O_NONBLOCK`, opening a named pipe already waits for a writer. Windows has no such flag.
  const flags = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
  const handle = await open(file, flags);
  const stats = await handle.stat();
  if (stats.isFile() || stats.isDirectory()) return handle;
  await handle.close();
  throw inputFailure(`cannot read \`${given}\`: it is not a file`, NOT_A_FILE_HELP);
}

const NOT_A_FILE_HELP = 'to read from a pipe, pass `-` and connect it to standard input';

/** Reads a whole file. @throws like `openRegularFile`; an error with the code `EISDIR` for a directory */
export async function readGivenFile(file: string, given: string): Promise<Buffer> {
  const handle = await openRegularFile(file, given);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
