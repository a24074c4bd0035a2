import type { BigIntStats, Dirent } from 'node:fs';
import type { NodeStat, NodeType } from '../node.ts';

/** The options of `fstatSync` and `lstatSync`; one object, so that a call makes none. */
export const BIG_INTEGERS = { bigint: true } as const;

/** Returns what Node knows of a node. */
export function nodeStatOf(stats: BigIntStats): NodeStat {
  return {
    type: nodeTypeOf(stats),
    device: stats.dev,
    inode: stats.ino,
    links: stats.nlink,
    size: stats.size,
    accessed: stats.atimeNs,
    modified: stats.mtimeNs,
    changed: stats.ctimeNs,
  };
}

/** Returns what a node is, for `Stats` and for entries of directories. */
export function nodeTypeOf(node: BigIntStats | Dirent): NodeType {
  if (node.isFile()) return 'regular-file';
  if (node.isDirectory()) return 'directory';
  if (node.isSymbolicLink()) return 'symbolic-link';
  if (node.isCharacterDevice()) return 'character-device';
  if (node.isFIFO()) return 'fifo';
  if (node.isSocket()) return 'socket';
  return node.isBlockDevice() ? 'block-device' : 'unknown';
}
