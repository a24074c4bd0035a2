import { ComponentError } from '@wit-ts/runtime';
import { FileError } from '../../files/file-error.ts';
import { HasEffect } from '../../system/has-effect.ts';

/**
 * `error` of `wasi:io/error`: why a stream failed. The program sees no more than a code: the text of an error of the
 * host could contain its paths.
 */
export class StreamFailure {
  /** What the source or sink threw. The interfaces that made the stream find their own codes in it. */
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }

  toDebugString(): string {
    return this.cause instanceof FileError ? this.cause.code : 'the stream failed';
  }
}

/** `stream-error` of `wasi:io/streams`. */
type StreamError = { tag: 'last-operation-failed'; val: StreamFailure } | { tag: 'closed' };

export function closed(): ComponentError<StreamError> {
  return new ComponentError({ tag: 'closed' }, 'the stream is closed');
}

/** @throws HasEffect when that is the cause */
export function lastOperationFailed(cause: unknown): ComponentError<StreamError> {
  if (cause instanceof HasEffect) throw cause;
  const failure = new StreamFailure(cause);
  return new ComponentError({ tag: 'last-operation-failed', val: failure }, failure.toDebugString());
}
