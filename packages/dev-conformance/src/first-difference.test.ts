import { expect, it } from 'vitest';
import { firstDifference } from './first-difference.ts';

it.each([
  ['a\nb', 'a\nb', undefined],
  ['a', 'a\n', 'line 2: expected the end of the text, got ""'],
  ['a\nb', 'a\nc', 'line 2: expected "b", got "c"'],
  ['a\nb', 'a', 'line 2: expected "b", got the end of the text'],
  ['a', 'a\n\nb', 'line 2: expected the end of the text, got ""'],
])('compares %j with %j', (expected, actual, difference) => {
  expect(firstDifference(expected, actual)).toBe(difference);
});
