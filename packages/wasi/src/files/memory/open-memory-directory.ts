import type { OpenDirectory } from '../node.ts';
import { type FileTree, writeTree } from './file-tree.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { DirectoryNode } from './memory-nodes.ts';
import { type MemoryOptions, MemoryVolume } from './memory-volume.ts';

/**
 * Makes a file system in memory and returns its root, to be granted as a `host` directory. It has what a file system of
 * a disk has (symbolic and hard links, times, files that live on while they are open), and the limits of `options`.
 * `readTree` reads its contents back.
 *
 * @throws TypeError for a name in `tree` that is not a single component of a path
 * @throws FileError `insufficient-space` when `tree` exceeds the limits
 */
export function memoryDirectory(tree: FileTree = {}, options: MemoryOptions = {}): OpenDirectory {
  const directory = new MemoryDirectory(new DirectoryNode(new MemoryVolume(options)));
  writeTree(directory, tree);
  return directory;
}
