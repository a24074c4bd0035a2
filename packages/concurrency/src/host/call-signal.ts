/** The call of a host function that is being started. */
export class SignalledCall {
  #controller: AbortController | undefined = undefined;
  #isCancelled = false;

  /** The signal of the call. It is made only for host functions that ask for it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isCancelled) this.#controller.abort();
    return this.#controller.signal;
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#controller?.abort();
  }
}

let starting: SignalledCall | undefined;

/** Calls a host function, in which `callSignal` returns the signal of the call. */
export function startedWith<T>(call: SignalledCall, start: () => T): T {
  const outer = starting;
  starting = call;
  try {
    return start();
  } finally {
    starting = outer;
  }
}

/**
 * Returns the signal that is aborted when the component cancels the call of the host function that is being called.
 * Call it before the first `await` of that function.
 *
 * @throws Error when no asynchronous function of the host is being called
 */
export function callSignal(): AbortSignal {
  if (starting === undefined)
    throw new Error('callSignal: call it inside an asynchronous host function, before its first `await`');
  return starting.signal;
}
