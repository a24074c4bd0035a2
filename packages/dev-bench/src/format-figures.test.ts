import { describe, expect, it } from 'vitest';
import { duration } from './format-figures.ts';

describe('duration', () => {
  it.each([
    [1.834, '1.83 ns'],
    [95.81, '95.8 ns'],
    [10_841, '10.8 µs'],
    [44_200_000, '44.2 ms'],
  ])('shows %d ns as %s', (nanoseconds, text) => {
    expect(duration(nanoseconds)).toBe(text);
  });
});
