import type { PathOpening } from '../descriptor.ts';
import { FileError } from '../file-error.ts';
import type { NodeStat, OpenDirectory, OpenFile } from '../node.ts';
import type { PathWalk } from './path-walk.ts';

/** Opens the last component of a walk. Returns `undefined` for a symbolic link that is to be followed. */
export function openLast(walk: PathWalk, opening: PathOpening): OpenDirectory | OpenFile | undefined {
  const { create, directory, exclusive, truncate, write, follow } = opening;
  try {
    return directory ? walk.directory.openDirectory(walk.name) : walk.directory.openFile(walk.name, opening);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'loop' && follow && !(create && exclusive)) return undefined;
    if (error.code === 'is-directory' && !create && !truncate && !write) {
      return walk.directory.openDirectory(walk.name);
    }
    throw error;
  }
}

/**
 * Returns what the last component of a walk is, or `undefined` when the path names the walk's directory itself. Expands
 * symbolic links if they are to be followed.
 */
export function statLast(walk: PathWalk, follow: boolean): NodeStat | undefined {
  while (walk.name !== '') {
    const stat = walk.directory.statAt(walk.name);
    if (!follow || stat.type !== 'symbolic-link') return stat;
    walk.followLink();
  }
  return undefined;
}

/**
 * Throws when the last component of a walk cannot be made as a link. `path` is how the guest wrote it: with a slash at
 * its end, it names a directory, which a link never is.
 */
export function checkNewName(walk: PathWalk, path: string): void {
  if (walk.name === '') throw new FileError('exist');
  if (!path.endsWith('/')) return;
  throw new FileError(walk.directory.statAt(walk.name).type === 'directory' ? 'exist' : 'not-directory');
}
