import type { Readiness } from '../p2/io/readiness.ts';
import type { Clocks } from '../system/system.ts';
import type { CallContext } from './call-context.ts';
import { assertClock, CLOCK, clocksFor } from './functions/clocks-and-random.ts';

const ABSTIME = 1;
const PER_MILLISECOND = 1e6;

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
  if ((flags & ABSTIME) === 0) return new Timer(clocks, timeout);
  const now = clock === CLOCK.realtime ? clocks.wallNow() : clocks.monotonicNow();
  return new Timer(clocks, timeout > now ? timeout - now : 0n);
}

/** A timer. It counts real time, also when the clock of the program stands still. */
class Timer implements Readiness {
  readonly block: ((milliseconds: number) => boolean) | undefined;
  readonly #clocks: Clocks;
  readonly #end: number;
  #abort: AbortController | undefined;

  constructor(clocks: Clocks, nanoseconds: bigint) {
    this.#clocks = clocks;
    this.#end = performance.now() + Number(nanoseconds) / PER_MILLISECOND;
    const sleep = clocks.sleep?.bind(clocks);
    if (sleep === undefined) return;
    this.block = (milliseconds) => {
      sleep(nanosecondsOf(Math.min(milliseconds, this.remaining())));
      return this.isReady();
    };
  }

  remaining(): number {
    return Math.max(0, this.#end - performance.now());
  }

  isReady(): boolean {
    return this.remaining() === 0;
  }

  whenReady(): Promise<void> {
    this.#abort ??= new AbortController();
    return this.#clocks.sleeping(nanosecondsOf(this.remaining()), this.#abort.signal);
  }

  cancel(): void {
    this.#abort?.abort();
  }
}

function nanosecondsOf(milliseconds: number): bigint {
  return BigInt(Math.ceil(milliseconds * PER_MILLISECOND));
}
