import type { ClockGrant } from '../grants.ts';
import type { Platform } from './platform.ts';
import type { Clocks } from './system.ts';

const PER_MILLISECOND = 1_000_000n;
/** The longest time that `setTimeout` counts; it fires at once for longer ones. */
const LONGEST_TIMER = 2 ** 31 - 1;
const LAST_TIME = 2n ** 64n - 1n;

type HostClock = Pick<Platform, 'monotonicNow' | 'monotonicResolution'>;

/** Returns the clocks that a grant gives. What it does not fix is the clock of the host. */
export function grantedClocks(grant: true | ClockGrant, host: HostClock): Clocks {
  const { wall, monotonic } = grant === true ? {} : grant;
  const readWall = reading(wall, 'wall');
  const readMonotonic = reading(monotonic, 'monotonic');
  return {
    wallNow: readWall ?? wallNow,
    // `Date.now` counts milliseconds. A clock of the user may count anything.
    wallResolution: () => (readWall === undefined ? PER_MILLISECOND : 1n),
    monotonicNow: readMonotonic ?? host.monotonicNow,
    monotonicResolution: () => (readMonotonic === undefined ? host.monotonicResolution() : 1n),
    ...(mayBlock() && { sleep: (nanoseconds: bigint) => sleep(nanoseconds, host) }),
    sleeping: (nanoseconds, signal) => sleeping(nanoseconds, host, signal),
  };
}

/** The same number in every program that runs at this moment: `Date.now() * 1e6` would not be exact. */
function wallNow(): bigint {
  return BigInt(Date.now()) * PER_MILLISECOND;
}

function reading(clock: bigint | (() => bigint) | undefined, name: string): (() => bigint) | undefined {
  if (typeof clock !== 'function') return clock === undefined ? undefined : () => clock;
  return () => {
    const time: unknown = clock();
    if (typeof time === 'bigint' && time >= 0n && time <= LAST_TIME) return time;
    const got = typeof time === 'bigint' ? String(time) : typeof time;
    throw new TypeError(`grants.clocks.${name}(): expected a bigint from 0 to 2^64 - 1, got ${got}`);
  };
}

let cell: Int32Array<SharedArrayBuffer> | undefined;

/** Whether this thread may be blocked: the main thread of a page may not. */
function mayBlock(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  try {
    Atomics.wait((cell ??= new Int32Array(new SharedArrayBuffer(4))), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}

/** Blocks the thread for some milliseconds, which may be a fraction. Only for threads that `mayBlock`. */
export function blockThreadFor(milliseconds: number): void {
  Atomics.wait((cell ??= new Int32Array(new SharedArrayBuffer(4))), 0, 0, milliseconds);
}

function sleep(nanoseconds: bigint, host: HostClock): void {
  const end = host.monotonicNow() + nanoseconds;
  // The thread may wake up a little too early.
  for (let left = nanoseconds; left > 0n; left = end - host.monotonicNow())
    blockThreadFor(Number(left) / 1e6);
}

async function sleeping(nanoseconds: bigint, host: HostClock, signal?: AbortSignal): Promise<void> {
  const end = host.monotonicNow() + nanoseconds;
  for (let left = nanoseconds; left > 0n; left = end - host.monotonicNow()) {
    signal?.throwIfAborted();
    await timer(Math.min(Math.ceil(Number(left) / 1e6), LONGEST_TIMER), signal);
  }
}

/** Resolves after the time, or when the signal is aborted. */
function timer(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(handle);
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    const handle = setTimeout(stop, milliseconds);
    signal?.addEventListener('abort', stop);
  });
}
