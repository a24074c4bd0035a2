/** The times of a contender in one process, in milliseconds. */
export interface RoundTimes {
  /** From before the import of the library to the end of the first round. */
  readonly cold: number;
  /** The first round without the import. */
  readonly first: number;
  /** Each later round. */
  readonly later: readonly number[];
}

/**
 * Times a contender in the current process, which must be new, and prints a `RoundTimes` as JSON.
 *
 * @param load imports the library and returns the function that a round calls
 * @param rounds how many rounds follow the first one
 */
export async function printRoundTimes(load: () => Promise<() => unknown>, rounds: number): Promise<void> {
  const started = performance.now();
  const round = await load();
  const loaded = performance.now();
  await round();
  const ended = performance.now();
  const later: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const from = performance.now();
    await round();
    later.push(performance.now() - from);
  }
  const times: RoundTimes = { cold: ended - started, first: ended - loaded, later };
  process.stdout.write(`${JSON.stringify(times)}\n`);
}
