import type { DirectoryEntry, NodeStat, NodeTimes } from './node.ts';

/** How a path below a directory is opened: `open-flags` and `descriptor-flags` of `wasi:filesystem/types`. */
export interface PathOpening {
  /** Whether a symbolic link at the end of the path is followed; without it, such a link is `loop`. */
  readonly follow: boolean;
  readonly create: boolean;
  /** Throws `not-directory` for anything else; `invalid` together with `create`, `exclusive` or `truncate`. */
  readonly directory: boolean;
  /** Has no meaning without `create`. */
  readonly exclusive: boolean;
  readonly truncate: boolean;
  readonly read: boolean;
  readonly write: boolean;
  /**
   * Whether the new descriptor, if it is a directory, is one for changes: `mutate-directory`. Throws `read-only` when
   * the directory was granted for reading only.
   */
  readonly mutate: boolean;
}

/** An open file with what its descriptor may do. Functions throw a `FileError`: `bad-descriptor` once it is closed. */
export interface FileDescriptor {
  readonly kind: 'file';
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  /**
   * Reads into `bytes` from `position` on. Returns how many bytes it read; 0 at the end of the file. Throws
   * `bad-descriptor` without the right to read.
   */
  read(bytes: Uint8Array, position: number): number;
  /**
   * Writes all of `bytes` at `position`, and returns their number; fewer when the disk is full. Throws
   * `bad-descriptor` without the right to write.
   */
  write(bytes: Uint8Array, position: number): number;
  /** Writes at the end of the file, wherever it is by then; otherwise like `write`. */
  append(bytes: Uint8Array): number;
  stat(): NodeStat;
  /** Throws `bad-descriptor` without the right to write. */
  setSize(size: number): void;
  /** Throws `read-only` when the directory of the file was not granted for writing. */
  setTimes(times: NodeTimes): void;
  sync(withMetadata: boolean): void;
  close(): void;
}

/**
 * An open directory with what its descriptor may do. Paths are those of guests, with `/` between components; each
 * function resolves its path below this directory and never leaves it. Functions throw a `FileError`, with a `refusal`
 * where a grant is missing.
 */
export interface DirectoryDescriptor {
  readonly kind: 'directory';
  /**
   * Whether it was opened for changes, which is what it reports. What it may change depends on its grant alone: libc
   * opens directories without `mutate-directory`, and removes what is in them (docs/adr/0018).
   */
  readonly mayMutate: boolean;
  openAt(path: string, opening: PathOpening): Descriptor;
  statAt(path: string, follow: boolean): NodeStat;
  setTimesAt(path: string, follow: boolean, times: NodeTimes): void;
  /** Throws `not-permitted` for a link with an absolute target. */
  readLinkAt(path: string): string;
  makeDirectoryAt(path: string): void;
  removeDirectoryAt(path: string): void;
  unlinkFileAt(path: string): void;
  /** Throws `not-permitted` for an absolute target. A target that leads out of the directory is refused at its use. */
  symlinkAt(target: string, path: string): void;
  renameAt(path: string, to: DirectoryDescriptor, newPath: string): void;
  linkAt(path: string, follow: boolean, to: DirectoryDescriptor, newPath: string): void;
  /** All names but `.` and `..`. Inodes cost a look at each entry, and are 0 unless they are asked for. */
  entries(withInodes?: boolean): readonly DirectoryEntry[];
  stat(): NodeStat;
  setTimes(times: NodeTimes): void;
  sync(withMetadata: boolean): void;
  close(): void;
}

export type Descriptor = FileDescriptor | DirectoryDescriptor;
