import type { Refusal } from '../../refusal.ts';

/** Why an operation of a socket failed: the cases of `error-code` of WASI 0.3, and those that only 0.2 has. */
export type SocketErrorCode =
  | 'access-denied'
  | 'not-supported'
  | 'invalid-argument'
  | 'out-of-memory'
  | 'timeout'
  | 'invalid-state'
  | 'new-socket-limit'
  | 'address-not-bindable'
  | 'address-in-use'
  | 'remote-unreachable'
  | 'connection-refused'
  | 'connection-broken'
  | 'connection-reset'
  | 'connection-aborted'
  | 'datagram-too-large'
  | 'name-unresolvable'
  | 'temporary-resolver-failure'
  | 'permanent-resolver-failure'
  | 'other';

/** Why a grant does not cover an address or a name. The version of WASI that was called adds the rest. */
type SocketRefusal = Pick<Refusal, 'asked' | 'reason' | 'flags'>;

/** An operation of a socket that failed. 0.2 and 0.3 each have their own name for its code. */
export class SocketError extends Error {
  override readonly name = 'SocketError';
  readonly code: SocketErrorCode;
  /** Present when the operation failed because no grant covers it: the host is told. */
  readonly refusal: SocketRefusal | undefined;

  constructor(code: SocketErrorCode, message: string = code, refusal?: SocketRefusal) {
    super(message);
    this.code = code;
    this.refusal = refusal;
  }
}
