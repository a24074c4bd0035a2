import { TimeoutError } from './timeout-error.ts';

/** The longest time that `setTimeout` counts; it fires at once for longer ones. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Ends waiting after a time, or when a signal is aborted. */
export class Deadline {
  readonly #early = Promise.withResolvers<never>();
  readonly #signal: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number | undefined, signal: AbortSignal | undefined) {
    // Nobody may be waiting when it is rejected.
    this.#early.promise.catch(() => undefined);
    if (milliseconds !== undefined && milliseconds <= LONGEST_TIMER)
      this.#timer = setTimeout(() => this.#early.reject(new TimeoutError(milliseconds)), milliseconds);
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
    if (signal?.aborted === true) this.#abort();
  }

  /** Returns what the work returns, or rejects as soon as the time is over. */
  orLess<T>(work: () => Promise<T>): Promise<T> {
    return Promise.race([this.#early.promise, work()]);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.#early.reject(this.#signal?.reason);
}
