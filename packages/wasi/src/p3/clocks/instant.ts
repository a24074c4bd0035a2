const PER_SECOND = 1_000_000_000n;

/** `instant` of `wasi:clocks/system-clock`: the nanoseconds always count forwards, also before 1970. */
export interface Instant {
  seconds: bigint;
  nanoseconds: number;
}

/** Returns the instant of a number of nanoseconds since 1970. */
export function instantOf(time: bigint): Instant {
  const nanoseconds = ((time % PER_SECOND) + PER_SECOND) % PER_SECOND;
  return { seconds: (time - nanoseconds) / PER_SECOND, nanoseconds: Number(nanoseconds) };
}

/** Returns the nanoseconds since 1970 of an instant. */
export function timeOfInstant({ seconds, nanoseconds }: Instant): bigint {
  return seconds * PER_SECOND + BigInt(nanoseconds);
}
