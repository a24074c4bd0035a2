import type { DirectoryEntry, NodeStat, NodeTimes, OpenDirectory, OpenFile } from './node.ts';

/** How a path below a directory is opened: `open-flags` and `descriptor-flags` of `wasi:filesystem/types`. */
export interface PathOpening {
  /** Whether a symbolic link at the end of the path is followed; without it, such a link is `loop`. */
  readonly follow: boolean;
  readonly create: boolean;
  readonly directory: boolean;
  readonly exclusive: boolean;
  readonly truncate: boolean;
  readonly read: boolean;
  readonly write: boolean;
  /** Whether the new descriptor, if it is a directory, may change what is below it; never more than its parent may. */
  readonly mutate: boolean;
}

/** An open file with what its descriptor may do. Functions throw a `FileError`. */
export interface FileDescriptor {
  readonly kind: 'file';
  readonly file: OpenFile;
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  /** Throws `bad-descriptor` without the right to read. */
  read(bytes: Uint8Array, position: number): number;
  /** Throws `bad-descriptor` without the right to write. */
  write(bytes: Uint8Array, position: number): number;
  append(bytes: Uint8Array): number;
  stat(): NodeStat;
  setSize(size: number): void;
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
  readonly directory: OpenDirectory;
  /** Whether anything below it may be changed. */
  readonly mayMutate: boolean;
  openAt(path: string, opening: PathOpening): Descriptor;
  statAt(path: string, follow: boolean): NodeStat;
  setTimesAt(path: string, follow: boolean, times: NodeTimes): void;
  readLinkAt(path: string): string;
  makeDirectoryAt(path: string): void;
  removeDirectoryAt(path: string): void;
  unlinkFileAt(path: string): void;
  symlinkAt(target: string, path: string): void;
  renameAt(path: string, to: DirectoryDescriptor, newPath: string): void;
  linkAt(path: string, follow: boolean, to: DirectoryDescriptor, newPath: string): void;
  entries(): readonly DirectoryEntry[];
  stat(): NodeStat;
  setTimes(times: NodeTimes): void;
  sync(withMetadata: boolean): void;
  close(): void;
}

export type Descriptor = FileDescriptor | DirectoryDescriptor;
