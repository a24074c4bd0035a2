import { FileError } from '../file-error.ts';
import type { DirectoryNode, MemoryNode } from './memory-nodes.ts';

/** Throws unless a node can be moved over what is there, if anything is: `rename` of POSIX, in the order of Linux. */
export function checkMove(
  node: MemoryNode,
  from: DirectoryNode,
  target: DirectoryNode,
  replaced: MemoryNode | undefined,
): void {
  if (node.type === 'directory' && isWithin(target, node)) {
    throw new FileError('invalid', 'a directory cannot be moved into itself');
  }
  if (replaced?.type === 'directory' && isWithin(from, replaced)) throw new FileError('not-empty');
  if (target.isRemoved) throw new FileError('no-entry', 'the directory was removed');
  if (replaced === undefined) return;
  if (node.type === 'directory' && replaced.type !== 'directory') throw new FileError('not-directory');
  if (node.type !== 'directory' && replaced.type === 'directory') throw new FileError('is-directory');
  if (replaced.type === 'directory' && !replaced.isEmpty) throw new FileError('not-empty');
}

/** Whether a directory is another one, or below it. */
function isWithin(directory: DirectoryNode, outer: DirectoryNode): boolean {
  for (let each: DirectoryNode | undefined = directory; each !== undefined; each = each.parent) {
    if (each === outer) return true;
  }
  return false;
}
