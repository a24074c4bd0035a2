/** The answer of a promise, once there is one. */
type Settled<T> =
  { readonly tag: 'fulfilled'; readonly value: T } | { readonly tag: 'rejected'; readonly reason: unknown };

/** The future of WASI 0.2: it has no answer yet, then the answer once, and an error from then on. */
export class Answer<T> {
  #settled: Settled<T> | undefined;
  #isTaken = false;
  readonly #whenSettled: Promise<void>;

  constructor(promise: Promise<T>) {
    this.#whenSettled = promise.then(
      (value) => void (this.#settled = { tag: 'fulfilled', value }),
      (reason: unknown) => void (this.#settled = { tag: 'rejected', reason }),
    );
  }

  isReady(): boolean {
    return this.#settled !== undefined;
  }

  whenReady(): Promise<void> {
    return this.#whenSettled;
  }

  /** Returns undefined before there is an answer, and `taken` after it was taken. */
  take(): Settled<T> | 'taken' | undefined {
    if (this.#settled === undefined) return undefined;
    if (this.#isTaken) return 'taken';
    this.#isTaken = true;
    return this.#settled;
  }
}
