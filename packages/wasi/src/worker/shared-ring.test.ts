import { array, assert, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENDING, newRing, SharedRing } from './shared-ring.ts';

describe('a ring of shared memory', () => {
  it('gives all bytes in order, however they are written and read', () => {
    assert(
      property(array(tuple(nat(70_000), nat(70_000)), { maxLength: 20 }), (steps) => {
        const memory = newRing();
        const [writer, reader] = [
          new SharedRing(memory, () => undefined),
          new SharedRing(memory, () => undefined),
        ];
        let [written, read] = [0, 0];
        for (const [toWrite, toRead] of steps) {
          const count = Math.min(toWrite, writer.room());
          writer.write(Uint8Array.from({ length: count }, (_, index) => (written + index) % 251));
          written += count;
          expect(reader.available()).toBe(written - read);
          const bytes = reader.read(toRead);
          expect(bytes).toEqual(Uint8Array.from(bytes, (_, index) => (read + index) % 251));
          read += bytes.length;
        }
      }),
      { numRuns: 30 },
    );
  });

  it('sends a message for each time that the other side asked for one', () => {
    const memory = newRing();
    const calls: string[] = [];
    const writer = new SharedRing(memory, () => calls.push('reader'));
    const reader = new SharedRing(memory, () => calls.push('writer'));
    writer.write(Uint8Array.of(1));
    expect([reader.askAsReader(), calls]).toEqual([false, []]);
    reader.read(1);
    expect(reader.askAsReader()).toBe(true);
    writer.write(Uint8Array.of(2));
    writer.write(Uint8Array.of(3));
    expect(calls).toEqual(['reader']);
    expect(writer.askAsWriter(() => writer.available() === 0)).toBe(true);
    reader.read(2);
    expect(calls).toEqual(['reader', 'writer']);
  });

  it('ends for a reason that stays, and wakes whoever waits', () => {
    const memory = newRing();
    const calls: string[] = [];
    const writer = new SharedRing(memory, () => calls.push('reader'));
    const reader = new SharedRing(memory, () => calls.push('writer'));
    expect([reader.askAsReader(), reader.blockReader(1)]).toEqual([true, false]);
    writer.end(ENDING.failure);
    writer.end(ENDING.ofWriter);
    expect([reader.ending, calls, reader.blockReader(Infinity)]).toEqual([ENDING.failure, ['reader'], true]);
  });
});
