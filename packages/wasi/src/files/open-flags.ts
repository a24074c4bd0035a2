import type { Descriptor, PathOpening } from './descriptor.ts';
import { FileError } from './file-error.ts';

/** `path-flags` of `wasi:filesystem/types`, which 0.2 and 0.3 share, as are the flags below. */
export interface PathFlags {
  readonly symlinkFollow?: boolean;
}

/** `open-flags` */
export interface OpenFlags {
  readonly create?: boolean;
  readonly directory?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
}

/** `descriptor-flags` */
export interface DescriptorFlags {
  read?: boolean;
  write?: boolean;
  fileIntegritySync?: boolean;
  dataIntegritySync?: boolean;
  requestedWriteSync?: boolean;
  mutateDirectory?: boolean;
}

/**
 * Returns how a path is opened.
 *
 * @throws FileError `unsupported` when every write is to be on the disk before it returns: platforms cannot open a file
 *   so after a look at what it is, and a program that asks for such writes must not get others
 */
export function pathOpening(path: PathFlags, open: OpenFlags, flags: DescriptorFlags): PathOpening {
  const { fileIntegritySync, dataIntegritySync, requestedWriteSync } = flags;
  if (fileIntegritySync === true || dataIntegritySync === true || requestedWriteSync === true)
    throw new FileError('unsupported');
  return {
    follow: isFollowing(path),
    create: open.create === true,
    directory: open.directory === true,
    exclusive: open.exclusive === true,
    truncate: open.truncate === true,
    read: flags.read === true,
    write: flags.write === true,
    mutate: flags.mutateDirectory === true,
  };
}

export function isFollowing({ symlinkFollow }: PathFlags): boolean {
  return symlinkFollow === true;
}

/** Returns `get-flags`. */
export function descriptorFlags(descriptor: Descriptor): DescriptorFlags {
  return descriptor.kind === 'file'
    ? { read: descriptor.mayRead, write: descriptor.mayWrite }
    : { read: true, mutateDirectory: descriptor.mayMutate };
}
