import { FileError } from '../file-error.ts';
import type { DirectoryNode, MemoryNode } from './memory-nodes.ts';

/** Throws unless a node can be moved over what is there, if anything is: `rename` of POSIX, in the order of Linux. */
export function checkMove(
  node: MemoryNode,
  from: DirectoryNode,
  target: DirectoryNode,
  replaced: MemoryNode | undefined,
): void {
  if (node.type === 'directory' && target.isWithin(node)) {
    throw new FileError('invalid', 'a directory cannot be moved into itself');
  }
  if (replaced?.type === 'directory' && from.isWithin(replaced)) throw new FileError('not-empty');
  if (target.isRemoved) throw new FileError('no-entry', 'the directory was removed');
  if (replaced === undefined) return;
  if (node.type === 'directory' && replaced.type !== 'directory') throw new FileError('not-directory');
  if (node.type !== 'directory' && replaced.type === 'directory') throw new FileError('is-directory');
  if (replaced.type === 'directory' && !replaced.isEmpty) throw new FileError('not-empty');
}
