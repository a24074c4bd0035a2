type Listener = (error: Error) => void;

/** Who learns that a store has failed, beside the calls of the host. */
export class FailureListeners {
  readonly #onError: Listener | undefined;
  readonly #listeners = new Map<Listener, 'reports' | 'silent'>();

  /** @param onError receives errors that nothing reports; by default the console does */
  constructor(onError: Listener | undefined) {
    this.#onError = onError;
  }

  /** @param how whether the function reports the error to the host */
  add(listener: Listener, how: 'reports' | 'silent'): () => void {
    this.#listeners.set(listener, how);
    return () => this.#listeners.delete(listener);
  }

  /** @param isReported whether a call reports the error to the host */
  tell(failure: Error, isReported: boolean): void {
    const all = [...this.#listeners];
    this.#listeners.clear();
    for (const [listener] of all) listener(failure);
    if (!isReported && all.every(([, how]) => how === 'silent')) this.report(failure);
  }

  /** Reports an error in a microtask: the host's function may throw, and that is not the fault of the component. */
  report(error: Error): void {
    queueMicrotask(() => {
      if (this.#onError === undefined) console.warn(error);
      else this.#onError(error);
    });
  }
}
