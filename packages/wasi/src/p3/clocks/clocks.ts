import { callSignal } from '@wit-ts/runtime';
import type { Clocks, System } from '../../system/system.ts';
import { refusedCall } from '../../system/refused-call.ts';
import { type Instant, instantOf } from './instant.ts';

/** The interfaces of `wasi:clocks`. Without the grant, every function but those of the time zone ends the program. */
export function clocks(system: System) {
  function clocksFor(name: string, func: string): Clocks {
    if (system.clocks !== undefined) return system.clocks;
    throw refusedCall(system, name, func, 'clocks: true');
  }
  const wall = (func: string): Clocks => clocksFor('wasi:clocks/system-clock@0.3.0', func);
  const monotonic = (func: string): Clocks => clocksFor('wasi:clocks/monotonic-clock@0.3.0', func);
  return {
    'wasi:clocks/types@0.3.0': {},
    'wasi:clocks/system-clock@0.3.0': {
      now: (): Instant => instantOf(wall('now').wallNow()),
      getResolution: (): bigint => wall('get-resolution').wallResolution(),
    },
    'wasi:clocks/monotonic-clock@0.3.0': {
      now: (): bigint => monotonic('now').monotonicNow(),
      getResolution: (): bigint => monotonic('get-resolution').monotonicResolution(),
      waitUntil(when: bigint): void | Promise<void> {
        const own = monotonic('wait-until');
        return waiting(own, when - own.monotonicNow());
      },
      waitFor(howLong: bigint): void | Promise<void> {
        return waiting(monotonic('wait-for'), howLong);
      },
    },
    // No grant gives a program the time zone of the host.
    'wasi:clocks/timezone@0.3.0': {
      ianaId: (): string | undefined => undefined,
      utcOffset: (_when: Instant): bigint | undefined => undefined,
      toDebugString: (): string => 'no time zone is granted',
    },
  } as const;
}

/** Waits until the time has passed, or the program cancels the call. */
function waiting(own: Clocks, nanoseconds: bigint): void | Promise<void> {
  if (nanoseconds <= 0n) return undefined;
  return own.sleeping(nanoseconds, callSignal());
}
