/** The kinds of nodes: `descriptor-type` of `wasi:filesystem/types@0.2`. */
export type NodeType =
  | 'unknown'
  | 'block-device'
  | 'character-device'
  | 'directory'
  | 'fifo'
  | 'symbolic-link'
  | 'regular-file'
  | 'socket';

/** What is known of a node. Times are nanoseconds since 1970. */
export interface NodeStat {
  readonly type: NodeType;
  readonly device: bigint;
  readonly inode: bigint;
  readonly links: bigint;
  /** Bytes; of a symbolic link, those of its target. */
  readonly size: bigint;
  readonly accessed: bigint;
  readonly modified: bigint;
  readonly changed: bigint;
}

/** New times of a node in nanoseconds since 1970; `undefined` leaves one as it is. */
export interface NodeTimes {
  readonly accessed: bigint | undefined;
  readonly modified: bigint | undefined;
}

/** How a file is opened. */
export interface FileOpening {
  readonly read: boolean;
  readonly write: boolean;
  /** Makes the file if there is none. */
  readonly create: boolean;
  /** With `create`: fails with `exist` if there is one already, whatever it is. */
  readonly exclusive: boolean;
  readonly truncate: boolean;
}

/** A name in a directory. */
export interface DirectoryEntry {
  readonly name: string;
  readonly type: NodeType;
  /** 0 when it was not asked for. */
  readonly inode: bigint;
}

/**
 * An open file of a file system. Every access names its position, because WASI keeps positions in descriptors.
 *
 * All functions throw a `FileError`.
 */
export interface OpenFile {
  readonly kind: 'file';
  /** Reads into `bytes` from `position` on. Returns how many bytes it read; 0 at the end of the file. */
  read(bytes: Uint8Array, position: number): number;
  /** Writes all of `bytes` at `position`, and returns their number; fewer when the disk is full. */
  write(bytes: Uint8Array, position: number): number;
  /** Writes all of `bytes` at the end of the file, wherever it is by then. Returns their number. */
  append(bytes: Uint8Array): number;
  stat(): NodeStat;
  setSize(size: number): void;
  setTimes(times: NodeTimes): void;
  /** Waits until everything is on the disk; without `withMetadata`, times and the like may be missing. */
  sync(withMetadata: boolean): void;
  close(): void;
}

/**
 * An open directory of a file system. It stays the same directory when it is renamed or moved. Every name is a single
 * component: neither empty, nor `.` or `..`, nor with `/` or a NUL character. No function follows a symbolic link; what
 * paths mean is decided above, in one place for all file systems.
 *
 * All functions throw a `FileError`.
 */
export interface OpenDirectory {
  readonly kind: 'directory';
  stat(): NodeStat;
  setTimes(times: NodeTimes): void;
  sync(withMetadata: boolean): void;
  close(): void;
  /** Another handle of the same directory, which is closed on its own. */
  reopen(): OpenDirectory;
  /** Throws `not-directory` for a file, `loop` for a symbolic link. */
  openDirectory(name: string): OpenDirectory;
  /** Opens a file without blocking, even if it is a FIFO or a device. Throws `is-directory`, or `loop` for a link. */
  openFile(name: string, opening: FileOpening): OpenFile;
  statAt(name: string): NodeStat;
  setTimesAt(name: string, times: NodeTimes): void;
  /** Throws `invalid` for anything but a symbolic link. */
  readLink(name: string): string;
  /** All names but `.` and `..`. A name that is not Unicode is left out. Inodes may cost a look at each entry. */
  entries(withInodes: boolean): readonly DirectoryEntry[];
  makeDirectory(name: string): void;
  removeDirectory(name: string): void;
  /** Throws `is-directory` for a directory. */
  unlinkFile(name: string): void;
  makeSymbolicLink(target: string, name: string): void;
  /** Replaces what `newName` is, as in POSIX. Throws `cross-device` if `to` belongs to another file system. */
  rename(name: string, to: OpenDirectory, newName: string): void;
  /** Throws `not-permitted` for a directory, `cross-device` if `to` belongs to another file system. */
  makeHardLink(name: string, to: OpenDirectory, newName: string): void;
}
