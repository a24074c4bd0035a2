import type { DirectoryDescriptor, FileDescriptor } from '../files/descriptor.ts';
import type { DirectoryEntry } from '../files/node.ts';
import { RefusingRoot } from '../files/sandbox/refusing-root.ts';
import type { StandardInput, StandardOutput } from './standard-streams.ts';

/** `fdflags` */
export const FDFLAGS = { append: 1, dsync: 2, nonblock: 4, rsync: 8, sync: 16 } as const;

/** An open file with what belongs to the descriptor of preview 1: its offset and its flags. */
export class OpenedFile {
  readonly kind = 'file';
  readonly descriptor: FileDescriptor;
  flags: number;
  /** Absent after the descriptor has appended: it is at the end of the file then, which nobody has asked for yet. */
  #offset: number | undefined = 0;

  constructor(descriptor: FileDescriptor, flags: number) {
    this.descriptor = descriptor;
    this.flags = flags;
  }

  get offset(): number {
    return (this.#offset ??= Number(this.descriptor.stat().size));
  }

  set offset(offset: number) {
    this.#offset = offset;
  }

  /** Moves the offset to where the file ends now. */
  moveToEnd(): void {
    this.#offset = undefined;
  }

  /** Keeps the offset where it is, whatever is written elsewhere in the file. */
  fixOffset(): void {
    void this.offset;
  }

  get appends(): boolean {
    return (this.flags & FDFLAGS.append) !== 0;
  }

  /** Writes at `position`, or at the end of the file if the descriptor appends. */
  write(bytes: Uint8Array, position: number): number {
    const { descriptor, flags } = this;
    const written = this.appends ? descriptor.append(bytes) : descriptor.write(bytes, position);
    if ((flags & (FDFLAGS.dsync | FDFLAGS.sync)) !== 0) descriptor.sync((flags & FDFLAGS.sync) !== 0);
    return written;
  }

  close(): void {
    this.descriptor.close();
  }
}

/** An open directory. */
export class OpenedDirectory {
  readonly kind = 'directory';
  readonly descriptor: DirectoryDescriptor;
  /** The guest's path of a preopened directory, in UTF-8. */
  readonly preopened: Uint8Array<ArrayBuffer> | undefined;
  /** Whether it is the `/` that refuses every path. */
  readonly refuses: boolean;
  /** The names at the time of the last `fd_readdir` with cookie 0, so that cookies stay valid when names disappear. */
  listing: readonly DirectoryEntry[] | undefined;

  constructor(descriptor: DirectoryDescriptor, preopened?: Uint8Array<ArrayBuffer>) {
    this.descriptor = descriptor;
    this.preopened = preopened;
    this.refuses = descriptor instanceof RefusingRoot;
  }

  close(): void {
    this.descriptor.close();
  }
}

export type Opened = OpenedFile | OpenedDirectory | StandardInput | StandardOutput;
