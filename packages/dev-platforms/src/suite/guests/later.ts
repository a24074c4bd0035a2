/** Resolves with a value after timers of the platform had a turn. */
export function later<T>(value: T): Promise<T> {
  return new Promise((done) => setTimeout(() => done(value), 1));
}

/** Lets the event loop of the platform run. */
export async function turn(): Promise<void> {
  await later(undefined);
}

/** Gives items, each after a turn of the event loop. */
export async function* slowly<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await later(item);
}
