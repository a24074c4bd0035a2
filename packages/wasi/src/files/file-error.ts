import type { Refusal } from '../refusal.ts';

/** Why a file operation failed: the cases of `error-code` in `wasi:filesystem/types`, which 0.2 and 0.3 share. */
export type FileErrorCode =
  | 'access'
  | 'already'
  | 'bad-descriptor'
  | 'busy'
  | 'cross-device'
  | 'deadlock'
  | 'exist'
  | 'file-too-large'
  | 'illegal-byte-sequence'
  | 'in-progress'
  | 'insufficient-memory'
  | 'insufficient-space'
  | 'interrupted'
  | 'invalid'
  | 'invalid-seek'
  | 'io'
  | 'is-directory'
  | 'loop'
  | 'message-size'
  | 'name-too-long'
  | 'no-device'
  | 'no-entry'
  | 'no-lock'
  | 'not-recoverable'
  | 'no-such-device'
  | 'no-tty'
  | 'not-directory'
  | 'not-empty'
  | 'not-permitted'
  | 'overflow'
  | 'pipe'
  | 'quota'
  | 'read-only'
  | 'text-file-busy'
  | 'too-many-links'
  | 'too-many-open-files'
  | 'unsupported'
  | 'would-block';

/** Why a grant does not cover a path. The version of WASI that was called adds the names of interface and function. */
export type FileRefusal = Pick<Refusal, 'asked' | 'reason' | 'flags'>;

/** A file operation that failed. Preview 1, 0.2 and 0.3 each have their own number or name for its code. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileErrorCode;
  /** Present when the operation failed because no grant covers it: the host is told. */
  readonly refusal: FileRefusal | undefined;

  constructor(code: FileErrorCode, message: string = code, refusal?: FileRefusal) {
    super(message);
    this.code = code;
    this.refusal = refusal;
  }
}
