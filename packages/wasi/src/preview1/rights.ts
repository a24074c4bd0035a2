import type { Opened } from './opened.ts';

export const RIGHTS = { fdRead: 1n << 1n, fdWrite: 1n << 6n } as const;

const FD_SEEK = 1n << 2n;
const PATH_FILESTAT_SET_SIZE = 1n << 19n;
const FD_READDIR = 1n << 14n;
const FD_FILESTAT_SET_SIZE = 1n << 22n;
const ALL = (1n << 30n) - 1n;

/**
 * The rights that a descriptor reports, as wasmtime does: everything that makes sense for its kind. They describe, and
 * do not protect: what a program may do depends on grants alone. A directory does not report `fd_seek`, because libc
 * takes that for a file.
 */
export function rightsOf(opened: Opened): bigint {
  switch (opened.kind) {
    case 'input':
      return RIGHTS.fdRead;
    case 'output':
      return RIGHTS.fdWrite;
    case 'directory':
      return ALL & ~(FD_SEEK | PATH_FILESTAT_SET_SIZE | FD_FILESTAT_SET_SIZE | RIGHTS.fdWrite);
    case 'file': {
      const { mayRead, mayWrite } = opened.descriptor;
      return ALL & ~(mayRead ? 0n : RIGHTS.fdRead | FD_READDIR) & ~(mayWrite ? 0n : RIGHTS.fdWrite);
    }
  }
}
