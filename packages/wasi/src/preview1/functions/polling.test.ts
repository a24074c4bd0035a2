import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryDirectory } from '../../files/memory/open-memory-directory.ts';
import { blockingSource, ManualSource } from '../../fixtures/byte-streams.ts';
import { Preview1Guest } from '../../fixtures/preview1-guest.ts';
import { testSystem } from '../../fixtures/test-system.ts';
import type { ByteSource } from '../../system/byte-streams.ts';
import { errno } from '../errno.ts';

const { badf, inval, notcapable } = errno;
const [CLOCK, READ, WRITE] = [0, 1, 2];
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** An input that has something to read after some milliseconds, and how long it blocked the thread each time. */
function inputAfter(delay: number): { readonly stdin: ByteSource; readonly waits: readonly number[] } {
  const waits: number[] = [];
  let passed = 0;
  const block = (milliseconds: number): boolean => {
    if (milliseconds > 0) waits.push(milliseconds);
    const until = Math.min(milliseconds, Math.max(0, delay - passed));
    passed += until;
    vi.advanceTimersByTime(until);
    return passed >= delay;
  };
  return { stdin: Object.assign(new ManualSource(), { block }), waits };
}

describe('poll_oneoff', () => {
  it('is `inval` for an empty list', () => {
    expect(poll(new Preview1Guest(testSystem()))).toBe(inval);
  });

  it('reports a descriptor that is not open as an event', () => {
    expect(poll(new Preview1Guest(testSystem()), [CLOCK, 1e9], [READ, 77])).toEqual([
      [101, badf, READ, 0, 0],
    ]);
  });

  it('reports clocks of the processor, and those that do not exist, as events', () => {
    const guest = new Preview1Guest(testSystem());
    for (const [clock, error] of [
      [2, badf],
      [3, badf],
      [9, inval],
    ] as const) {
      guest.view.setUint32(8192 + 16, clock, true);
      expect(guest.call('poll_oneoff', 8192, 1024, 1, 16)).toBe(0);
      expect([guest.u32(16), guest.view.getUint16(1024 + 8, true)]).toEqual([1, error]);
    }
  });

  it('compares a moment with the clock that it belongs to', () => {
    const clocks = { ...testSystem().clocks!, wallNow: () => 5_000n, monotonicNow: () => 7_000n };
    const guest = new Preview1Guest(testSystem({ clocks }));
    for (const [clock, moment] of [
      [0, 5_000n],
      [1, 7_000n],
    ] as const) {
      guest.view.setUint32(8192 + 16, clock, true);
      guest.view.setBigUint64(8192 + 24, moment, true);
      guest.view.setUint16(8192 + 40, 1, true);
      expect(guest.call('poll_oneoff', 8192, 1024, 1, 16)).toBe(0);
      expect([guest.u32(16), guest.view.getUint16(1024 + 8, true)]).toEqual([1, 0]);
    }
  });

  it('finds files always ready, with what is left of them', () => {
    const dirs = [{ guest: '/', host: memoryDirectory({ file: '0123456789' }), write: true }];
    const guest = new Preview1Guest(testSystem({}, dirs));
    const fd = guest.open('file');
    expect(guest.read(fd, 4)).toBe('0123');
    expect(poll(guest, [READ, fd], [WRITE, fd], [WRITE, 1], [CLOCK, 1e12])).toEqual([
      [100, 0, READ, 6, 0],
      [101, 0, WRITE, 1, 0],
      [102, 0, WRITE, 1, 0],
    ]);
  });

  it('reports clocks that are not granted', () => {
    const system = testSystem({ clocks: undefined });
    expect(poll(new Preview1Guest(system), [CLOCK, 1])).toEqual([[100, notcapable, CLOCK, 0, 0]]);
    expect(system.refusals.map((refusal) => refusal.function)).toEqual(['poll_oneoff']);
  });

  describe('for a clock and an input that blocks the thread', () => {
    /** Time passes only while the thread is blocked, so that it does not matter how busy the machine is. */
    beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
    afterEach(() => void vi.useRealTimers());

    it('waits for the clock if it is first, and as long as it says', () => {
      const { stdin, waits } = inputAfter(Infinity);
      const guest = new Preview1Guest(testSystem({ stdin }));
      expect(poll(guest, [READ, 0], [CLOCK, 2_000_000])).toEqual([[101, 0, CLOCK, 0, 0]]);
      expect(waits).toEqual([2]);
    });

    it('waits for the input if it is first', () => {
      const { stdin, waits } = inputAfter(5);
      const guest = new Preview1Guest(testSystem({ stdin }));
      expect(poll(guest, [READ, 0], [CLOCK, 60_000_000])).toEqual([[100, 0, READ, 1, 0]]);
      expect(waits).toEqual([60]);
    });
  });

  it('says how many bytes an input has, and that it has ended', () => {
    const stdin = new ManualSource();
    stdin.push(bytes('text'));
    const guest = new Preview1Guest(testSystem({ stdin, clocks: undefined }));
    expect(guest.host.waiting).toEqual(new Set(['fd_read', 'poll_oneoff']));
    const ended = new Preview1Guest(testSystem({ stdin: blockingSource() }));
    expect(ended.read(0, 1)).toBe('');
    expect(poll(ended, [READ, 0])).toEqual([[100, 0, READ, 0, 1]]);
  });

  it('waits real time although the clock of the program stands still', () => {
    const clocks = { ...testSystem().clocks!, monotonicNow: () => 5n, wallNow: () => 5n };
    expect(poll(new Preview1Guest(testSystem({ clocks })), [CLOCK, 1000])).toEqual([[100, 0, CLOCK, 0, 0]]);
  });
});

/** Writes subscriptions, and returns the error number with the events: userdata, error, type, bytes, flags. */
function poll(guest: Preview1Guest, ...subscriptions: readonly (readonly [type: number, value: number])[]) {
  for (const [index, [type, value]] of subscriptions.entries()) {
    const at = 8192 + index * 48;
    guest.view.setBigUint64(at, BigInt(index + 100), true);
    guest.view.setUint8(at + 8, type);
    guest.view.setUint32(at + 16, type === CLOCK ? 1 : value, true);
    if (type === CLOCK) guest.view.setBigUint64(at + 24, BigInt(value), true);
  }
  const failure = guest.call('poll_oneoff', 8192, 1024, subscriptions.length, 16);
  if (failure !== 0) return failure;
  return Array.from({ length: guest.u32(16) }, (_, index) => {
    const at = 1024 + index * 32;
    const view = guest.view;
    const [error, type, flags] = [
      view.getUint16(at + 8, true),
      view.getUint8(at + 10),
      view.getUint16(at + 24, true),
    ];
    return [Number(guest.u64(at)), error, type, Number(guest.u64(at + 16)), flags];
  });
}
