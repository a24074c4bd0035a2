import { Trap } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import type { Grants } from '../../grants.ts';
import type { Refusal } from '../../refusal.ts';
import { makeSystem } from '../../system/make-system.ts';
import { wasi2, type Wasi2Options } from '../index.ts';

function clocks(grant: Grants['clocks'], options: Wasi2Options = {}, onRefused?: Grants['onRefused']) {
  const imports = wasi2(
    makeSystem({ ...(grant !== undefined && { clocks: grant }), ...(onRefused && { onRefused }) }),
    options,
  );
  return {
    wall: imports['wasi:clocks/wall-clock@0.2.12'],
    monotonic: imports['wasi:clocks/monotonic-clock@0.2.12'],
    timezone: imports['wasi:clocks/timezone@0.2.12'],
    poll: imports['wasi:io/poll@0.2.12'].poll,
  };
}

describe('wasi:clocks', () => {
  it('shows the time of the host, in seconds and nanoseconds', () => {
    const before = Date.now();
    const { seconds, nanoseconds } = clocks(true).wall.now();
    const milliseconds = Number(seconds) * 1000 + nanoseconds / 1e6;
    expect(milliseconds).toBeGreaterThan(before - 1000);
    expect(milliseconds).toBeLessThan(Date.now() + 1000);
    expect(nanoseconds).toBeLessThan(1e9);
  });

  it('has resolutions that are not 0', () => {
    const { wall, monotonic } = clocks(true);
    const { seconds, nanoseconds } = wall.resolution();
    expect(Number(seconds) + nanoseconds).toBeGreaterThan(0);
    expect(monotonic.resolution()).toBeGreaterThan(0n);
  });

  it('shows a fixed time exactly', () => {
    const { wall, monotonic } = clocks({ wall: 1_700_000_000_123_456_789n, monotonic: 42n });
    expect(wall.now()).toEqual({ seconds: 1_700_000_000n, nanoseconds: 123_456_789 });
    expect([monotonic.now(), monotonic.now()]).toEqual([42n, 42n]);
  });

  it('never goes back', () => {
    const { monotonic } = clocks(true);
    let last = monotonic.now();
    for (let round = 0; round < 1000; round++) {
      const now = monotonic.now();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });

  it('says that the time zone is UTC, with and without the grant', () => {
    for (const { timezone } of [clocks(undefined), clocks(true)]) {
      const when = { seconds: 0n, nanoseconds: 0 };
      expect(timezone.display(when)).toEqual({ utcOffset: 0, name: 'UTC', inDaylightSavingTime: false });
      expect(timezone.utcOffset(when)).toBe(0);
    }
  });

  it('traps without the grant, and reports each call', () => {
    const refusals: Refusal[] = [];
    const { wall, monotonic } = clocks(undefined, {}, (refusal) => refusals.push(refusal));
    const calls = [
      () => wall.now(),
      () => wall.resolution(),
      () => monotonic.now(),
      () => monotonic.resolution(),
      () => monotonic.subscribeInstant(0n),
      () => monotonic.subscribeDuration(0n),
    ];
    for (const call of calls) expect(call).toThrow(Trap);
    expect(() => wall.now()).toThrow('`clocks: true` in the grants');
    expect(refusals.map(({ interface: name, function: func }) => `${name}#${func}`)).toEqual([
      'wasi:clocks/wall-clock@0.2.12#now',
      'wasi:clocks/wall-clock@0.2.12#resolution',
      'wasi:clocks/monotonic-clock@0.2.12#now',
      'wasi:clocks/monotonic-clock@0.2.12#resolution',
      'wasi:clocks/monotonic-clock@0.2.12#subscribe-instant',
      'wasi:clocks/monotonic-clock@0.2.12#subscribe-duration',
      'wasi:clocks/wall-clock@0.2.12#now',
    ]);
  });
});

describe('a timer', () => {
  it('is not ready before its time, and ready afterwards, for ever', () => {
    const { monotonic } = clocks(true);
    const start = monotonic.now();
    // Long enough that a busy machine comes to the next line in time.
    const pollable = monotonic.subscribeDuration(500_000_000n);
    expect(pollable.ready()).toBe(false);
    pollable.block();
    expect(monotonic.now() - start).toBeGreaterThanOrEqual(500_000_000n);
    expect([pollable.ready(), pollable.ready()]).toEqual([true, true]);
  });

  it('of an instant is ready when the clock shows that instant', () => {
    const { monotonic } = clocks(true);
    const when = monotonic.now() + 10_000_000n;
    monotonic.subscribeInstant(when).block();
    expect(monotonic.now()).toBeGreaterThanOrEqual(when);
    expect(monotonic.subscribeInstant(0n).ready()).toBe(true);
  });

  it('of no time is ready at once', () => {
    expect(clocks(true).monotonic.subscribeDuration(0n).ready()).toBe(true);
  });

  it('waits in real time even if the clock is fixed', () => {
    const { monotonic, poll } = clocks({ monotonic: 0n });
    const start = performance.now();
    expect(poll([monotonic.subscribeInstant(10_000_000n)])).toEqual(Uint32Array.of(0));
    expect(performance.now() - start).toBeGreaterThanOrEqual(9.9);
  });

  it('that is longer than any program runs does not fire, and does not hinder others', () => {
    const { monotonic, poll } = clocks(true);
    const [never, soon] = [monotonic.subscribeDuration(2n ** 64n - 1n), monotonic.subscribeDuration(1n)];
    expect(poll([never, soon])).toEqual(Uint32Array.of(1));
    expect(never.ready()).toBe(false);
  });

  it('leaves the thread to others when the instance suspends, and is cancelled when it is dropped', async () => {
    const { monotonic, poll } = clocks(true, { suspends: true });
    const [long, short] = [
      monotonic.subscribeDuration(3_600_000_000_000n),
      monotonic.subscribeDuration(300_000_000n),
    ];
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    const polled: unknown = poll([long, short]);
    expect(polled).toBeInstanceOf(Promise);
    expect(await polled).toEqual(Uint32Array.of(1));
    clearInterval(turning);
    expect(turns).toBeGreaterThan(0);
    // A timer of an hour would keep this process alive.
    long[Symbol.dispose]();
  });
});
