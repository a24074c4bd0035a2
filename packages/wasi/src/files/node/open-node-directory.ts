import { existsSync } from 'node:fs';
import type { OpenDirectory } from '../node.ts';
import { CheckedDirectory } from './checked-directory.ts';
import { LinuxDirectory } from './linux-directory.ts';

/**
 * Opens a directory of the host. Symbolic links in `path` are followed: it is the host's own.
 *
 * On Linux the directory stays the same one whatever happens to its path. Other systems, and Linux without `/proc`,
 * check before each use that the path still leads to it, and refuse what they do not find again; between check and use
 * another process of the host could replace a directory.
 *
 * @throws FileError `no-entry`, `not-directory`, `access`
 */
export function openNodeDirectory(path: string): OpenDirectory {
  if (process.platform === 'linux' && existsSync('/proc/self/fd')) return LinuxDirectory.open(path);
  return CheckedDirectory.open(path, process.platform === 'win32');
}
