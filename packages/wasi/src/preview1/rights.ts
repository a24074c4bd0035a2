import type { Opened } from './opened.ts';

export const RIGHTS = { fdRead: 1n << 1n, fdWrite: 1n << 6n } as const;

const FD_SEEK = 1n << 2n;
const FD_READDIR = 1n << 14n;
const PATH_FILESTAT_SET_SIZE = 1n << 19n;
const FD_FILESTAT_SET_SIZE = 1n << 22n;
const ALL = (1n << 30n) - 1n;

/** The rights that a descriptor reports: its own, and those that descriptors opened below it can have. */
interface ReportedRights {
  readonly base: bigint;
  readonly inheriting: bigint;
}

/**
 * Returns the rights of a descriptor as wasmtime does: everything that makes sense for its kind. They describe, and do
 * not protect: what a program may do depends on grants alone.
 */
export function rightsOf(opened: Opened): ReportedRights {
  switch (opened.kind) {
    case 'input':
      return { base: RIGHTS.fdRead, inheriting: RIGHTS.fdRead };
    case 'output':
      return { base: RIGHTS.fdWrite, inheriting: RIGHTS.fdWrite };
    case 'directory': {
      // libc takes a directory that reports `fd_seek` for a file. It asks for no more rights of a new descriptor than
      // the directory passes on, so a directory that may not be changed passes on `fd_write` as well: otherwise a file
      // that is opened for writing would be opened for reading, and the error would come later.
      const base = ALL & ~(FD_SEEK | PATH_FILESTAT_SET_SIZE | FD_FILESTAT_SET_SIZE | RIGHTS.fdWrite);
      return { base, inheriting: ALL };
    }
    case 'file': {
      const { mayRead, mayWrite } = opened.descriptor;
      const base = ALL & ~(mayRead ? 0n : RIGHTS.fdRead | FD_READDIR) & ~(mayWrite ? 0n : RIGHTS.fdWrite);
      return { base, inheriting: base };
    }
  }
}
