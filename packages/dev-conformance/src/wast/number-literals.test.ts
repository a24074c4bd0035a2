import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFloatLiteral, parseInteger } from './number-literals.ts';

describe('parseInteger', () => {
  it.each([
    ['0', 0n],
    ['-5', -5n],
    ['+7', 7n],
    ['1_000', 1000n],
    ['0xFF', 255n],
    ['-0x8000_0000_0000_0000', -(2n ** 63n)],
  ])('reads %s', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each(['', '1.5', '_1', '1__0', 'x', '0x'])('refuses %j', (text) => {
    expect(() => parseInteger(text)).toThrow(SyntaxError);
  });
});

describe('parseFloatLiteral', () => {
  it.each([
    ['1', 1],
    ['-1.5', -1.5],
    ['1e3', 1000],
    ['0x1p-1', 0.5],
    ['0x1.8p1', 3],
    ['-0x0.8p0', -0.5],
    ['inf', Infinity],
    ['-inf', -Infinity],
    ['nan', Number.NaN],
    ['-nan:0x200000', Number.NaN],
    ['nan:canonical', Number.NaN],
    ['-0', -0],
    ['0x1p-1074', Number.MIN_VALUE],
    ['0x1.fffffffffffffp1023', Number.MAX_VALUE],
  ])('reads %s', (text, value) => {
    expect(parseFloatLiteral(text, 64)).toBe(value);
  });

  it('rounds to 32 bits', () => {
    expect(parseFloatLiteral('0.1', 32)).toBe(Math.fround(0.1));
  });

  it.each(['', '.', 'infinity', '0xg', '1p3'])('refuses %j', (text) => {
    expect(() => parseFloatLiteral(text, 64)).toThrow(SyntaxError);
  });

  it('parses every number that JavaScript prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const text = String(value).replace('Infinity', 'inf');
        expect(parseFloatLiteral(text, 64) + 0).toBe(value + 0);
      }),
    );
  });
});
