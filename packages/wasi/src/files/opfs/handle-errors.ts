import { FileError, type FileErrorCode } from '../file-error.ts';

/** The codes for the names that a `DOMException` of a handle can have (File System Standard, section 2). */
const CODES: ReadonlyMap<string, FileErrorCode> = new Map([
  ['InvalidStateError', 'busy'],
  ['NoModificationAllowedError', 'busy'],
  ['NotAllowedError', 'not-permitted'],
  ['NotFoundError', 'no-entry'],
  ['QuotaExceededError', 'quota'],
  ['TypeMismatchError', 'exist'],
  ['TypeError', 'invalid'],
]);

/** Returns an error that says what could not be done with which path, and why. */
export function handleError(what: string, path: string, cause: unknown): FileError {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const code = cause instanceof FileError ? cause.code : (CODES.get(name) ?? 'io');
  const error = new FileError(code, `cannot ${what} ${JSON.stringify(path)}: ${message}`);
  error.cause = cause;
  return error;
}

/** Whether an operation failed because there is nothing of this name. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotFoundError';
}
