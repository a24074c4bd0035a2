import { FileError } from '../../files/file-error.ts';
import { SharedDescriptor } from '../../files/shared-descriptor.ts';
import type { Wasi2Host } from '../host.ts';
import { StreamFailure } from '../io/stream-error.ts';
import { Descriptor } from './descriptor.ts';
import { DirectoryEntryStream } from './directory-entry-stream.ts';
import { type FilesystemErrorCode, errorCode, FILESYSTEM } from './error-code.ts';

/** The interfaces of `wasi:filesystem`. */
export function filesystemInterfaces(host: Wasi2Host) {
  const preopens = host.system.preopens.map(({ path, directory }) => {
    const shared = new SharedDescriptor(directory);
    // Dropping all descriptors of a preopen leaves it open: the program may ask for it again.
    shared.use();
    return { path, shared };
  });

  return {
    [FILESYSTEM]: { Descriptor, DirectoryEntryStream, filesystemErrorCode },
    'wasi:filesystem/preopens@0.2.12': {
      getDirectories: () =>
        preopens.map(({ path, shared }): [Descriptor, string] => [new Descriptor(shared, host), path]),
    },
  } as const;
}

function filesystemErrorCode(error: object): FilesystemErrorCode | undefined {
  return error instanceof StreamFailure && error.cause instanceof FileError
    ? errorCode(error.cause.code)
    : undefined;
}
