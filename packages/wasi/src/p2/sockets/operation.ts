import type { Readiness } from '../io/readiness.ts';

/** What a `start-` function begins and its `finish-` function ends; a look-up, too. */
export class Operation<T> implements Readiness {
  readonly #ended: Promise<void>;
  #outcome: { readonly value: T } | { readonly error: unknown } | undefined;

  constructor(promise: Promise<T>) {
    this.#ended = promise.then(
      (value) => void (this.#outcome = { value }),
      (error: unknown) => void (this.#outcome = { error }),
    );
  }

  isReady(): boolean {
    return this.#outcome !== undefined;
  }

  whenReady(): Promise<void> {
    return this.#ended;
  }

  /** Returns its result, or throws what it failed with. Returns undefined before the end. */
  outcome(): { readonly value: T } | undefined {
    if (this.#outcome !== undefined && 'error' in this.#outcome) throw this.#outcome.error;
    return this.#outcome;
  }
}
