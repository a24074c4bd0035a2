import { ComponentError, Trap } from '@wit-ts/runtime';

/**
 * The `future<result<_, error-code>>` beside a stream. It settles after the stream has ended, so that a program which
 * waits for both sees the end first.
 */
export class StreamOutcome {
  readonly promise: Promise<void>;
  readonly #settle: PromiseWithResolvers<void>;
  readonly #codeOf: (cause: unknown) => unknown;

  /** @param codeOf returns the `error-code` of an interface for what the host threw */
  constructor(codeOf: (cause: unknown) => unknown) {
    this.#settle = Promise.withResolvers();
    this.promise = this.#settle.promise;
    this.#codeOf = codeOf;
    // A program need not read the future.
    this.promise.catch(() => undefined);
  }

  succeed(): void {
    queueMicrotask(this.#settle.resolve);
  }

  /** Never changes an outcome that is there already. */
  fail(cause: unknown): void {
    const error = errorOf(cause, this.#codeOf);
    queueMicrotask(() => this.#settle.reject(error));
  }
}

/** Returns what a host function throws for an error of the host: the `err` of its result, or a trap as it is. */
export function errorOf(cause: unknown, codeOf: (cause: unknown) => unknown): unknown {
  if (cause instanceof Trap || cause instanceof ComponentError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ComponentError(codeOf(cause), message);
}
