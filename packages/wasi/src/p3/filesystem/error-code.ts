import { FileError, type FileErrorCode } from '../../files/file-error.ts';

/** The codes of files that 0.3 has no case for. */
type Unnamed = 'too-many-open-files' | 'would-block';

/** `error-code` of `wasi:filesystem/types`. */
export type FilesystemErrorCode =
  { tag: Exclude<FileErrorCode, Unnamed> } | { tag: 'other'; val: string | undefined };

/** Returns the error that a program sees. The message of the host stays with the host: it could contain its paths. */
export function filesystemErrorCode(cause: unknown): FilesystemErrorCode {
  if (!(cause instanceof FileError)) return { tag: 'io' };
  const { code } = cause;
  return code === 'too-many-open-files' || code === 'would-block'
    ? { tag: 'other', val: code }
    : { tag: code };
}
