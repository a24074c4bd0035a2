import { SocketError, type SocketErrorCode } from '../../system/sockets/socket-error.ts';
import type { System } from '../../system/system.ts';
import { errorOf } from '../streams/stream-outcome.ts';

/** The codes that `wasi:sockets/types` has no case for. */
type Unnamed =
  | 'new-socket-limit'
  | 'name-unresolvable'
  | 'temporary-resolver-failure'
  | 'permanent-resolver-failure'
  | 'other';

/** `error-code` of `wasi:sockets/types`. */
export type NetworkErrorCode =
  { tag: Exclude<SocketErrorCode, Unnamed> } | { tag: 'other'; val: string | undefined };

/** `error-code` of `wasi:sockets/ip-name-lookup`. */
type LookupErrorCode =
  | {
      tag:
        | 'access-denied'
        | 'invalid-argument'
        | 'name-unresolvable'
        | 'temporary-resolver-failure'
        | 'permanent-resolver-failure';
    }
  | { tag: 'other'; val: string | undefined };

/** Turns errors of sockets into those of an interface, and reports refused calls. */
export class NetworkErrors {
  readonly #system: Pick<System, 'refuse'>;
  readonly #name: string;

  /** @param name the full name of the interface, for reports */
  constructor(system: Pick<System, 'refuse'>, name: string) {
    this.#system = system;
    this.#name = name;
  }

  /**
   * Runs an operation. A `SocketError` becomes the `err` of the function.
   *
   * @param func the name of the function in WIT, for reports
   */
  attempt<T>(func: string, operation: () => T): T {
    try {
      return operation();
    } catch (cause) {
      throw this.#thrown(func, cause);
    }
  }

  async attemptLater<T>(func: string, operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (cause) {
      throw this.#thrown(func, cause);
    }
  }

  #thrown(func: string, cause: unknown): unknown {
    if (!(cause instanceof SocketError)) return cause;
    if (cause.refusal !== undefined)
      this.#system.refuse({ interface: this.#name, function: func, ...cause.refusal });
    return errorOf(cause, networkErrorCode);
  }
}

/** Returns the code that a program sees, without the text of the host. */
export function networkErrorCode(cause: unknown): NetworkErrorCode {
  const code = cause instanceof SocketError ? cause.code : 'other';
  switch (code) {
    case 'new-socket-limit':
    case 'name-unresolvable':
    case 'temporary-resolver-failure':
    case 'permanent-resolver-failure':
      return { tag: 'other', val: code };
    case 'other':
      return { tag: 'other', val: undefined };
    default:
      return { tag: code };
  }
}

/** Returns the code of a look-up. */
export function lookupErrorCode(cause: unknown): LookupErrorCode {
  const code = cause instanceof SocketError ? cause.code : 'other';
  switch (code) {
    case 'access-denied':
    case 'invalid-argument':
    case 'name-unresolvable':
    case 'temporary-resolver-failure':
    case 'permanent-resolver-failure':
      return { tag: code };
    default:
      return { tag: 'other', val: code === 'other' ? undefined : code };
  }
}
