import { constants } from 'node:fs';
import type { FileOpening } from '../node.ts';

/** Windows lacks some of these constants. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
/** Opens a FIFO or a device without waiting for its other end, and a terminal without making it the process's own. */
const NO_WAITING = (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** The flags of `open` for a file. Truncating needs the right to write, which the descriptor need not have. */
export function openingFlags({ read, write, create, exclusive, truncate }: FileOpening): number {
  const writes = write || truncate;
  const access = writes ? (read ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
  return (
    access |
    NO_FOLLOW |
    NO_WAITING |
    (create ? constants.O_CREAT : 0) |
    (create && exclusive ? constants.O_EXCL : 0) |
    (truncate ? constants.O_TRUNC : 0)
  );
}
