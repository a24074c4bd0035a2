import { describe, expect, it } from 'vitest';
import { duration, table } from './table.ts';

describe('table', () => {
  it('aligns names to the left and numbers to the right', () => {
    expect(
      table(
        ['', 'ns'],
        [
          ['add', '5'],
          ['a longer name', '1,000'],
        ],
      ),
    ).toBe(
      ['                  ns', '─────────────  ─────', 'add                5', 'a longer name  1,000'].join(
        '\n',
      ),
    );
  });
});

describe('duration', () => {
  it.each([
    [1.834, '1.83 ns'],
    [95.81, '95.8 ns'],
    [10_841, '10.8 µs'],
    [44_200_000, '44.2 ms'],
  ])('%d ns is %s', (nanoseconds, text) => {
    expect(duration(nanoseconds)).toBe(text);
  });
});
