import { FileError, type FileErrorCode } from '../../files/file-error.ts';

const CODES: ReadonlyMap<string, FileErrorCode> = new Map([
  ['EPIPE', 'pipe'],
  ['ECONNRESET', 'pipe'],
  ['EBADF', 'bad-descriptor'],
  ['EFBIG', 'file-too-large'],
  ['EISDIR', 'is-directory'],
  ['ENOSPC', 'insufficient-space'],
  ['EDQUOT', 'quota'],
]);

/** The error of a program for one that Node threw for a standard stream. */
export function stdioError(cause: unknown): FileError {
  const error = new FileError(
    CODES.get(codeOf(cause) ?? '') ?? 'io',
    cause instanceof Error ? cause.message : String(cause),
  );
  error.cause = cause;
  return error;
}

/** The code of an error that Node threw: `EAGAIN`. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}
