import { ComponentError } from '@wit-ts/runtime';
import { FileError, type FileErrorCode } from '../../files/file-error.ts';
import type { Wasi2Host } from '../host.ts';

export const FILESYSTEM = 'wasi:filesystem/types@0.2.12';

/** `error-code` of `wasi:filesystem/types`. */
export type FilesystemErrorCode = Exclude<FileErrorCode, 'too-many-open-files'>;

/** Returns the name that 0.2 has for the reason why a file operation failed. */
export function errorCode(code: FileErrorCode): FilesystemErrorCode {
  // 0.2 has no code for it. This one is as temporary, and as little the fault of the path.
  return code === 'too-many-open-files' ? 'insufficient-memory' : code;
}

/**
 * Runs a file operation. A `FileError` becomes the error of the function; the host is told when a grant is missing.
 *
 * @param func the name of the method of `descriptor` in WIT
 */
export function attempt<T>({ system }: Wasi2Host, func: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.refusal !== undefined)
      system.refuse({ interface: FILESYSTEM, function: `[method]descriptor.${func}`, ...error.refusal });
    throw new ComponentError<FilesystemErrorCode>(errorCode(error.code), error.code);
  }
}
