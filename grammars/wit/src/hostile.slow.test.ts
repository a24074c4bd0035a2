import { describe, expect, it } from 'vitest';
import {
  functions,
  missingSemicolons,
  nestedTypes,
  openItems,
  openTypes,
  repeated,
  shortPieces,
} from './fixtures/hostile-texts.ts';
import { parseLaws } from './fixtures/parse-laws.ts';
import { parseCst } from './index.ts';

/* `hostile.test.ts` counts the work for short texts. It cannot count what regular expressions and copies of arrays
   do, so these texts are so long that work that grows with the square would take minutes, longer than the runner lets
   a test run. */

function codes(text: string): ReadonlySet<string> {
  return new Set(parseCst(text).errors.map(({ code }) => code));
}

describe('very long hostile texts', () => {
  it.each(openTypes)('refuses a hundred thousand types nested in %s', (open) => {
    expect(codes(nestedTypes(open, 100_000))).toContain('nesting-too-deep');
  });

  it('reports closed types of great depth once', () => {
    const deep = `${'list<'.repeat(50_000)}u8${'>'.repeat(50_000)}`;
    expect(parseCst(`interface i { type t = ${deep}; type u = u8; }`).errors).toMatchObject([
      { code: 'nesting-too-deep' },
    ]);
  });

  it.each(shortPieces)('reports a hundred thousand of %j', (piece) => {
    expect(codes(repeated(piece, 100_000)).size).toBeGreaterThan(0);
  });

  it.each(openItems)('reports ten thousand of %j', (piece) => {
    expect(codes(repeated(piece, 10_000)).size).toBeGreaterThan(0);
  });

  it('reads a name of a megabyte', () => {
    expect(codes(`interface ${'a'.repeat(1 << 20)} {}`).size).toBe(0);
  });

  it('reads a megabyte on one line', () => {
    expect(codes(functions(40_000)).size).toBe(0);
  });

  it('reports every one of ten thousand mistakes', () => {
    expect(parseCst(missingSemicolons(10_000)).errors).toHaveLength(10_000);
  });
});

parseLaws(1);
