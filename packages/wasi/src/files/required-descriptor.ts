import type { Descriptor, DirectoryDescriptor, FileDescriptor } from './descriptor.ts';
import { FileError } from './file-error.ts';

/** What functions of `wasi:filesystem/types` require of a descriptor: 0.2 and 0.3 have the same rules. */

/** @throws FileError `bad-descriptor` for a directory */
export function requiredFile(descriptor: Descriptor): FileDescriptor {
  if (descriptor.kind === 'directory') throw new FileError('bad-descriptor', 'the descriptor is a directory');
  return descriptor;
}

/** @throws FileError `bad-descriptor` for a directory, and for a file without the right to read */
export function readableFile(descriptor: Descriptor): FileDescriptor {
  const file = requiredFile(descriptor);
  if (!file.mayRead) throw new FileError('bad-descriptor', 'the file was opened without the right to read');
  return file;
}

/** @throws FileError `bad-descriptor` for a directory, and for a file without the right to write */
export function writableFile(descriptor: Descriptor): FileDescriptor {
  const file = requiredFile(descriptor);
  if (!file.mayWrite) throw new FileError('bad-descriptor', 'the file was opened without the right to write');
  return file;
}

/** @throws FileError `not-directory` for a file */
export function requiredDirectory(descriptor: Descriptor): DirectoryDescriptor {
  if (descriptor.kind === 'file') throw new FileError('not-directory', 'the descriptor is a file');
  return descriptor;
}

/** Whether the descriptor has the right to change something. Without it, `sync` has no effect. */
export function mayChange(descriptor: Descriptor): boolean {
  return descriptor.kind === 'file' ? descriptor.mayWrite : descriptor.mayMutate;
}

/**
 * `is-same-object`, which has no error: two descriptors whose nodes cannot be read are the same only if they are one
 * descriptor.
 */
export function isSameObject(one: Descriptor, other: Descriptor): boolean {
  if (one === other) return true;
  try {
    const [a, b] = [one.stat(), other.stat()];
    return a.device === b.device && a.inode === b.inode;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

/** The greatest offset that a system call takes. */
const GREATEST_OFFSET = 2n ** 63n - 1n;

/**
 * Returns a `filesize` as a number. Numbers are not exact above 2⁵³; files of that size are refused by all functions
 * that receive the number.
 *
 * @throws FileError `invalid`
 */
export function positionOf(size: bigint): number {
  if (size > GREATEST_OFFSET) throw new FileError('invalid');
  return Number(size);
}
