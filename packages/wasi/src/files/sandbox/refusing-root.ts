import type { Descriptor, DirectoryDescriptor, PathOpening } from '../descriptor.ts';
import { FileError, type FileRefusal } from '../file-error.ts';
import type { DirectoryEntry, NodeStat } from '../node.ts';
import { absoluteGuestPath, checkPath } from './guest-path.ts';
import { ungrantedPath } from './path-refusals.ts';

/**
 * Makes a descriptor for the guest's `/` that refuses everything. With it, a program that asks for a path outside its
 * directories gets `not-permitted` in 0.2 and 0.3 and `notcapable` in preview 1, and the host hears which path it was;
 * without it, libc fails before it asks.
 */
export function refusingRoot(): DirectoryDescriptor {
  return new RefusingRoot();
}

/** A path below none of the granted directories: `not-permitted`, for which preview 1 has a number of its own. */
export class UngrantedPathError extends FileError {
  constructor(refusal: FileRefusal) {
    super('not-permitted', `\`${refusal.asked}\`: ${refusal.reason}`, refusal);
  }
}

/** Throws for everything. It is a class so that other descriptors know it. */
export class RefusingRoot implements DirectoryDescriptor {
  readonly kind = 'directory';
  readonly mayMutate = false;

  /** Returns the error for a path. @throws FileError for a path that no file system can have */
  refused(path: string, kind: 'directory' | 'node' = 'node'): FileError {
    checkPath(path);
    return new UngrantedPathError(ungrantedPath(absoluteGuestPath('/', path), kind));
  }

  openAt(path: string, { directory }: Pick<PathOpening, 'directory'>): Descriptor {
    throw this.refused(path, directory ? 'directory' : 'node');
  }

  statAt(path: string): NodeStat {
    throw this.refused(path);
  }

  setTimesAt(path: string): void {
    throw this.refused(path);
  }

  readLinkAt(path: string): string {
    throw this.refused(path);
  }

  makeDirectoryAt(path: string): void {
    throw this.refused(path);
  }

  removeDirectoryAt(path: string): void {
    throw this.refused(path);
  }

  unlinkFileAt(path: string): void {
    throw this.refused(path);
  }

  symlinkAt(_target: string, path: string): void {
    throw this.refused(path);
  }

  renameAt(path: string): void {
    throw this.refused(path);
  }

  linkAt(path: string): void {
    throw this.refused(path);
  }

  entries(): readonly DirectoryEntry[] {
    throw this.refused('.');
  }

  stat(): NodeStat {
    throw this.refused('.');
  }

  setTimes(): void {
    throw this.refused('.');
  }

  sync(): void {
    throw this.refused('.');
  }

  close(): void {
    // It holds nothing.
  }
}
