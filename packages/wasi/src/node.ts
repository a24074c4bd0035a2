import type { OpenDirectory } from './files/node.ts';
import { openNodeDirectory } from './files/node/open-node-directory.ts';
import type { ByteSink } from './system/byte-streams.ts';
import { NodeOutput } from './system/node/output.ts';
import { OutputWithEnd } from './system/node/output-with-end.ts';

/**
 * Opens a directory of the host once, for any number of instances: `{ host: nodeDirectory('data'), guest: '/data' }`.
 * Each instance closes its own handle, and the caller closes this one.
 *
 * @throws FileError when it cannot be opened
 */
export function nodeDirectory(path: string): OpenDirectory {
  return openNodeDirectory(path);
}

/**
 * Returns an output of the process as a grant for `stdout` or `stderr`, which says when nobody reads it any more. A
 * command line ends then, as a process does that the signal SIGPIPE ends.
 *
 * @param onBrokenPipe is called in place of the first failure, and may end the process
 */
export function processOutput(name: 'stdout' | 'stderr', onBrokenPipe: () => void): ByteSink {
  return new OutputWithEnd(new NodeOutput(name === 'stdout' ? 1 : 2), onBrokenPipe);
}
