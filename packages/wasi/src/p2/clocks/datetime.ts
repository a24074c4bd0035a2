const SECOND = 1_000_000_000n;

/** `datetime` of `wasi:clocks/wall-clock`: the time since 1970-01-01T00:00Z. */
export interface Datetime {
  seconds: bigint;
  nanoseconds: number;
}

/** @param time nanoseconds since 1970 */
export function datetimeOf(time: bigint): Datetime {
  // Division is the dear part, so it is done once.
  const seconds = time / SECOND;
  return { seconds, nanoseconds: Number(time - seconds * SECOND) };
}

/** Returns nanoseconds since 1970; undefined if the second has 10⁹ nanoseconds or more. */
export function timeOf({ seconds, nanoseconds }: Datetime): bigint | undefined {
  return nanoseconds < 1_000_000_000 ? seconds * SECOND + BigInt(nanoseconds) : undefined;
}
