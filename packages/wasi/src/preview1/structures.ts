import type { NodeStat, NodeType } from '../files/node.ts';
import type { ProgramMemory } from './program-memory.ts';

/** The sizes in bytes of the structures of preview 1. */
export const SIZE = {
  iovec: 8,
  prestat: 8,
  dirent: 24,
  fdstat: 24,
  event: 32,
  subscription: 48,
  filestat: 64,
} as const;

/** `filetype` of a node. A FIFO has none, and a socket in a directory is a stream. */
export const FILETYPE: Readonly<Record<NodeType, number>> = {
  unknown: 0,
  'block-device': 1,
  'character-device': 2,
  directory: 3,
  'regular-file': 4,
  fifo: 0,
  socket: 6,
  'symbolic-link': 7,
};

/** Writes a `filestat`. */
export function writeFilestat(memory: ProgramMemory, pointer: number, stat: NodeStat): void {
  memory.clear(pointer, SIZE.filestat);
  memory.setU64(pointer, stat.device);
  memory.setU64(pointer + 8, stat.inode);
  memory.setU8(pointer + 16, FILETYPE[stat.type]);
  memory.setU64(pointer + 24, stat.links);
  memory.setU64(pointer + 32, stat.size);
  memory.setU64(pointer + 40, stat.accessed);
  memory.setU64(pointer + 48, stat.modified);
  memory.setU64(pointer + 56, stat.changed);
}

/** Returns an `i64` of the program as the unsigned number that it means. It is not exact above 2⁵³. */
export function unsignedOffset(value: bigint): number {
  const number = Number(value);
  return number < 0 ? Number(BigInt.asUintN(64, value)) : number;
}
