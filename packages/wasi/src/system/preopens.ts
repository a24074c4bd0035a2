import { FileError } from '../files/file-error.ts';
import type { OpenDirectory } from '../files/node.ts';
import { grantedDirectory } from '../files/sandbox/granted-directory.ts';
import { absoluteGuestPath } from '../files/sandbox/guest-path.ts';
import type { OpenDescriptors } from '../files/sandbox/open-descriptors.ts';
import { refusingRoot } from '../files/sandbox/refusing-root.ts';
import type { DirectoryGrant, Grants } from '../grants.ts';
import type { Platform } from './platform.ts';
import type { Preopen } from './system.ts';

/**
 * Opens the granted directories. When the host wants to hear of refusals, the last one is a `/` that refuses
 * everything: without it, the libc of a program fails for a path outside its directories before it asks the host.
 *
 * @throws TypeError when two directories have the same guest path, or the platform has no directories
 * @throws FileError when a directory of the host cannot be opened
 */
export function openPreopens(
  { dirs = [], onRefused }: Grants,
  descriptors: OpenDescriptors,
  platform: Platform,
): readonly Preopen[] {
  const preopens: Preopen[] = [];
  const paths = preopenPaths(dirs);
  for (const [index, grant] of dirs.entries()) {
    const path = paths[index]!;
    const directory = openGranted(grant, `grants.dirs[${index}].host`, platform);
    const host = typeof grant.host === 'string' ? grant.host : undefined;
    const origin = { guest: path, host, write: grant.write ?? false };
    preopens.push({ path, directory: grantedDirectory(directory, origin, descriptors) });
  }
  if (onRefused !== undefined && !preopens.some(({ path }) => path === '/'))
    preopens.push({ path: '/', directory: refusingRoot() });
  return preopens;
}

/** Returns the guest paths of directories. @throws TypeError when two of them are the same */
export function preopenPaths(dirs: readonly Pick<DirectoryGrant, 'guest'>[]): readonly string[] {
  const paths = dirs.map(({ guest }) => absoluteGuestPath('/', guest));
  const again = paths.findIndex((path, index) => paths.indexOf(path) < index);
  if (again === -1) return paths;
  const shown = JSON.stringify(paths[again]);
  throw new TypeError(`grants.dirs[${again}].guest: another directory has the path ${shown} already`);
}

function openGranted({ host }: DirectoryGrant, at: string, { openDirectory }: Platform): OpenDirectory {
  // Several instances may be granted one directory, and each closes its own handle.
  if (typeof host !== 'string') return host.reopen();
  if (openDirectory === undefined)
    throw new TypeError(`${at}: this platform has no directories; give one in memory`);
  try {
    return openDirectory(host);
  } catch (cause) {
    if (!(cause instanceof FileError)) throw cause;
    const error = new FileError(cause.code, `${at}: cannot open ${JSON.stringify(host)}: ${cause.message}`);
    error.cause = cause;
    throw error;
  }
}
