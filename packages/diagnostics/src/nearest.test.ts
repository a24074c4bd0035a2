import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('the nearest candidate', () => {
  it.each([
    ['strin', ['u8', 'string'], 'string'],
    ['metohd', ['method', 'field'], 'method'],
    ['ab', ['ac', 'xy'], 'ac'],
    ['ab', ['xy'], undefined],
    ['record', ['string'], undefined],
  ])('for `%s` among %j is %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  it('does not exist for one letter, which is one edit away from every other letter', () => {
    expect(nearest('f', ['w', 'fs'])).toBeUndefined();
  });
});
