import type { NodeTimes } from '../node.ts';

const NANOSECONDS = 1_000_000_000n;

/** Calls one of Node's functions for times. A time that is to stay is written back as it is now. */
export function withTimes(
  times: NodeTimes,
  now: () => { readonly accessed: bigint; readonly modified: bigint },
  set: (accessed: number | Date, modified: number | Date) => void,
): void {
  const { accessed, modified } = times;
  if (accessed === undefined && modified === undefined) return;
  const old = accessed === undefined || modified === undefined ? now() : undefined;
  set(timeOf(accessed ?? old!.accessed), timeOf(modified ?? old!.modified));
}

/**
 * Returns nanoseconds since 1970 as Node takes them: seconds as a number, which can tell apart times that lie 238 ns
 * apart. Node cuts off what is behind a nanosecond, so a time between two numbers takes the later one: then a time in
 * whole microseconds is still the same microsecond when it is read again.
 */
function timeOf(nanoseconds: bigint): number | Date {
  // Node reads a negative number as the time of now, but a date before 1970 as it is.
  if (nanoseconds < 0n) return new Date(Number(nanoseconds / 1_000_000n));
  const whole = Number(nanoseconds / NANOSECONDS);
  const rest = Number(nanoseconds % NANOSECONDS);
  const seconds = whole + rest / 1e9;
  if (Math.trunc((seconds - whole) * 1e9) >= rest) return seconds;
  return seconds + 2 ** (Math.floor(Math.log2(seconds)) - 52);
}
