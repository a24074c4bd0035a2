import { FileError, type FileErrorCode } from '../file-error.ts';

/** Node's names of errors. Its numbers differ between systems, so nothing may depend on them. */
const CODES = new Map<string, FileErrorCode>([
  ['EACCES', 'access'],
  ['EAGAIN', 'would-block'],
  ['EALREADY', 'already'],
  ['EBADF', 'bad-descriptor'],
  ['EBUSY', 'busy'],
  ['ECONNRESET', 'pipe'],
  ['EDEADLK', 'deadlock'],
  ['EDQUOT', 'quota'],
  ['EEXIST', 'exist'],
  ['EFBIG', 'file-too-large'],
  ['EILSEQ', 'illegal-byte-sequence'],
  ['EINPROGRESS', 'in-progress'],
  ['EINTR', 'interrupted'],
  ['EINVAL', 'invalid'],
  ['EIO', 'io'],
  ['EISDIR', 'is-directory'],
  ['ELOOP', 'loop'],
  ['EMFILE', 'too-many-open-files'],
  ['EMLINK', 'too-many-links'],
  ['EMSGSIZE', 'message-size'],
  ['ENAMETOOLONG', 'name-too-long'],
  ['ENFILE', 'too-many-open-files'],
  ['ENODEV', 'no-device'],
  ['ENOENT', 'no-entry'],
  ['ENOLCK', 'no-lock'],
  ['ENOMEM', 'insufficient-memory'],
  ['ENOSPC', 'insufficient-space'],
  ['ENOSYS', 'unsupported'],
  ['ENOTDIR', 'not-directory'],
  ['ENOTEMPTY', 'not-empty'],
  ['ENOTRECOVERABLE', 'not-recoverable'],
  ['ENOTSUP', 'unsupported'],
  ['ENOTTY', 'no-tty'],
  ['ENXIO', 'no-such-device'],
  ['EOPNOTSUPP', 'unsupported'],
  ['EOVERFLOW', 'overflow'],
  ['EPERM', 'not-permitted'],
  ['EPIPE', 'pipe'],
  ['EROFS', 'read-only'],
  ['ESPIPE', 'invalid-seek'],
  ['ETXTBSY', 'text-file-busy'],
  ['EXDEV', 'cross-device'],
  // Node's own checks: its permission model, and arguments that it does not pass on.
  ['ERR_ACCESS_DENIED', 'access'],
  ['ERR_INVALID_ARG_VALUE', 'invalid'],
  ['ERR_OUT_OF_RANGE', 'invalid'],
]);

/** Converts an error of `node:fs`, by its name and never by its number. What is unknown becomes `io`. */
export function fileErrorOf(error: unknown): FileError {
  if (error instanceof FileError) return error;
  return new FileError(codeOf(error), error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): FileErrorCode {
  const name: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return (typeof name === 'string' ? CODES.get(name) : undefined) ?? 'io';
}

/** Calls a function, and throws the `FileError` of what it throws. */
export function withFileErrors<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileErrorOf(error);
  }
}
