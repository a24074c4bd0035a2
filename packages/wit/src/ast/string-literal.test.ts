import { describe, expect, it } from 'vitest';
import { readString } from './string-literal.ts';

describe('readString', () => {
  it.each([
    ['"a"', 'a'],
    ['""', ''],
    ['"☃︎ 𝄞"', '☃︎ 𝄞'],
    [String.raw`"\t\n\r\"\'\\"`, '\t\n\r"\'\\'],
    [String.raw`"\7f\41"`, '\u007fA'],
    [String.raw`"\e2\98\83"`, '☃'],
    [String.raw`"\u{2603}\u{1d1_1e}"`, '☃𝄞'],
    [String.raw`"\ef\bb\bfa"`, '\ufeffa'],
  ])('reads %s', (literal, value) => {
    expect(readString(literal)).toEqual({ value });
  });

  it.each([
    [String.raw`"ab\q"`, 3, 2],
    [String.raw`"\u{d800}"`, 1, 8],
    [String.raw`"\u{110000}"`, 1, 10],
    [String.raw`"\u2603"`, 1, 2],
    [String.raw`"\ff"`, 0, 5],
    [String.raw`"\7"`, 1, 2],
  ])('refuses %s, with the position of the mistake', (literal, at, length) => {
    expect(readString(literal)).toMatchObject({ at, length });
  });
});
