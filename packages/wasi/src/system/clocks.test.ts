import { describe, expect, it } from 'vitest';
import type { ClockGrant } from '../grants.ts';
import { makeSystem } from './make-system.ts';
import type { Clocks } from './system.ts';

function clocksOf(clocks: boolean | ClockGrant): Clocks {
  return makeSystem({ clocks }).clocks!;
}

describe('the clocks of the host', () => {
  const clocks = clocksOf(true);

  it('count nanoseconds exactly, beyond 2^53', () => {
    const before = Date.now();
    const now = clocks.wallNow();
    expect(now % 1_000_000n).toBe(0n);
    expect(Number(now / 1_000_000n)).toBeGreaterThanOrEqual(before);
    expect(Number(now / 1_000_000n)).toBeLessThanOrEqual(Date.now());
    expect(clocks.wallResolution()).toBe(1_000_000n);
  });

  it('never go back', () => {
    const readings = Array.from({ length: 1000 }, () => clocks.monotonicNow());
    expect(readings.toSorted((a, b) => (a < b ? -1 : Number(a > b)))).toEqual(readings);
    expect(clocks.monotonicResolution()).toBeGreaterThan(0n);
  });

  it('are absent without the grant', () => {
    expect(makeSystem({}).clocks).toBeUndefined();
    expect(makeSystem({ clocks: false }).clocks).toBeUndefined();
  });
});

describe('a granted clock', () => {
  it('shows a fixed time, or what a function returns', () => {
    let time = 5n;
    const clocks = clocksOf({ wall: 1_700_000_000_000_000_001n, monotonic: () => time++ });
    expect(clocks.wallNow()).toBe(1_700_000_000_000_000_001n);
    expect([clocks.monotonicNow(), clocks.monotonicNow()]).toEqual([5n, 6n]);
    expect(clocks.wallResolution()).toBe(1n);
  });

  it('is the clock of the host when nothing fixes it', () => {
    const clocks = clocksOf({ wall: 0n });
    expect(clocks.monotonicNow()).toBeLessThan(clocks.monotonicNow() + 1n);
    expect(clocks.monotonicNow()).not.toBe(0n);
  });

  it('is refused when it shows something that no clock shows', () => {
    const clocks = clocksOf({ wall: () => -1n, monotonic: (() => 5) as unknown as () => bigint });
    expect(() => clocks.wallNow()).toThrow(
      new TypeError('grants.clocks.wall(): expected a bigint from 0 to 2^64 - 1, got -1'),
    );
    expect(() => clocks.monotonicNow()).toThrow('expected a bigint from 0 to 2^64 - 1, got number');
  });
});

describe('sleeping', () => {
  const millisecond = 1_000_000n;

  it('takes at least the time, with fixed clocks too', async () => {
    const clocks = clocksOf({ wall: 0n, monotonic: 0n });
    for (const sleep of [clocks.sleep!, clocks.sleeping]) {
      const start = process.hrtime.bigint();
      await sleep(3n * millisecond + 1n);
      expect(process.hrtime.bigint() - start).toBeGreaterThan(3n * millisecond);
    }
  });

  it('longer than a timer can count does not return at once', async () => {
    const abort = new AbortController();
    const sleep = clocksOf(true).sleeping(2n ** 64n - 1n, abort.signal);
    const first = await Promise.race([sleep, new Promise((resolve) => setTimeout(resolve, 20, 'timer'))]);
    expect(first).toBe('timer');
    abort.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
  });

  it('no time returns', async () => {
    const clocks = clocksOf(true);
    clocks.sleep!(0n);
    await clocks.sleeping(0n);
  });
});
