import { Timer } from '../p2/clocks/timer.ts';
import type { Readiness } from '../p2/io/readiness.ts';
import type { CallContext } from './call-context.ts';
import { assertClock, CLOCK, clocksFor } from './functions/clocks-and-random.ts';

const ABSTIME = 1;

/** `subscription_clock` */
interface ClockSubscription {
  readonly clock: number;
  /** Nanoseconds: until then, or the moment itself with the flag `abstime`. */
  readonly timeout: bigint;
  readonly flags: number;
}

/** Returns what is ready when a clock reaches a moment. Ends the call when the program may not use the clock. */
export function timerOf(
  context: Pick<CallContext, 'system'>,
  { clock, timeout, flags }: ClockSubscription,
): Readiness {
  assertClock(clock);
  const clocks = clocksFor(context, 'poll_oneoff');
  if ((flags & ABSTIME) === 0) return new Timer(timeout, clocks);
  const now = clock === CLOCK.realtime ? clocks.wallNow() : clocks.monotonicNow();
  return new Timer(timeout - now, clocks);
}
