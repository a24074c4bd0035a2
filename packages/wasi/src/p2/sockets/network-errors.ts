import { ComponentError } from '@wit-ts/runtime';
import { SocketError, type SocketErrorCode } from '../../system/sockets/socket-error.ts';
import type { Wasi2Host } from '../host.ts';

/** `error-code` of `wasi:sockets/network`. */
export type Wasi2NetworkErrorCode =
  | Exclude<SocketErrorCode, 'connection-broken' | 'other'>
  | 'unknown'
  | 'concurrency-conflict'
  | 'not-in-progress'
  | 'would-block';

/** Makes the error of a function of `wasi:sockets`. */
export function networkError(code: Wasi2NetworkErrorCode): ComponentError<Wasi2NetworkErrorCode> {
  return new ComponentError(code, code);
}

/** Returns the name that 0.2 has for the reason why a socket failed. */
export function wasi2NetworkErrorCode(code: SocketErrorCode): Wasi2NetworkErrorCode {
  if (code === 'other') return 'unknown';
  return code === 'connection-broken' ? 'connection-aborted' : code;
}

/**
 * Runs an operation of a socket. A `SocketError` becomes the error of the function; the host is told when a grant is
 * missing.
 *
 * @param name the interface, and `func` the function, in WIT
 */
export function socketCall<T>(host: Wasi2Host, name: string, func: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw networkFailure(host, name, func, error);
  }
}

/** Returns the error of a function for what an operation of a socket failed with. */
export function networkFailure({ system }: Wasi2Host, name: string, func: string, error: unknown): unknown {
  if (!(error instanceof SocketError)) return error;
  if (error.refusal !== undefined) system.refuse({ interface: name, function: func, ...error.refusal });
  return networkError(wasi2NetworkErrorCode(error.code));
}
