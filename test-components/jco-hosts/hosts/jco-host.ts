/** What the component exports. `giveSoon` and `giveLater` return a future, which is a thenable or its value. */
export interface JcoGuest {
  sum(stop: number): Promise<number>;
  sumOf(data: unknown): Promise<number>;
  sumPair(): Promise<number>;
  joinWords(): Promise<string>;
  takeSoon(): Promise<number>;
  takeLater(): Promise<number>;
  ask(n: number): Promise<number>;
  pour(n: number): Promise<number>;
  give(n: number): Promise<JcoStream<number>>;
  giveWords(): Promise<JcoStream<string>>;
  giveSoon(n: number): Promise<unknown>;
  giveLater(n: number): Promise<unknown>;
  both(n: number): Promise<number>;
}

/** A stream as a host of jco receives it. */
export interface JcoStream<T> extends AsyncIterable<T> {
  read(count: number | { readonly count: number }): Promise<JcoRead<T>>;
  next(): Promise<JcoRead<T>>;
  return(): Promise<unknown>;
  [Symbol.dispose](): void;
}

interface JcoRead<T> {
  readonly value: T | readonly T[] | undefined;
  readonly done?: boolean;
}

export interface JcoHost {
  /** Completes the sentence "a host that …". */
  readonly name: string;
  readonly imports?: Readonly<Record<string, unknown>>;
  /** What `run` returns, with jco and with wit-ts. */
  readonly sees: unknown;
  /** What it returns with wit-ts, if that differs: docs/javascript-mapping.md says why. */
  readonly seesHere?: unknown;
  run(guest: JcoGuest): Promise<unknown>;
}

/** Resolves in a later turn of the event loop. */
export const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 1));

/** Settles with the value, or with what the guest's call rejects with: an error of jco, or the payload. */
export async function settled(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    return { value: await promise };
  } catch (error) {
    if (!(error instanceof Error)) return { payload: error };
    return Object.hasOwn(error, 'payload') ? { payload: Reflect.get(error, 'payload') } : { error: true };
  }
}
