import { growthOf } from '@wit-ts/dev-support/growth';
import { describe, expect, it } from 'vitest';
import { growthCases } from './fixtures/growth-cases.ts';
import {
  missingSemicolons,
  nestedTypes,
  openItems,
  openTypes,
  repeated,
  shortPieces,
} from './fixtures/hostile-texts.ts';
import { parseLaws } from './fixtures/parse-laws.ts';
import { parseCst } from './index.ts';

function codes(text: string): ReadonlySet<string> {
  return new Set(parseCst(text).errors.map(({ code }) => code));
}

describe('the work of a parse', async () => {
  const growth = await growthOf(new URL('fixtures/growth-cases.ts', import.meta.url));

  it.each(growthCases)('grows with the length of the text: $name', ({ name }) => {
    const { once, twice } = growth.get(name)!;
    expect(once).toBeGreaterThan(0);
    // Linear work doubles, quadratic work quadruples.
    expect(twice / once).toBeLessThan(3);
  });
});

// `hostile.slow.test.ts` has the same at a hundred times the size.
describe('hostile texts', () => {
  it.each(openTypes)('refuses types nested a thousand deep in %s', (open) => {
    expect(codes(nestedTypes(open, 1000))).toContain('nesting-too-deep');
  });

  it('reports types that nest too deep once, and reads on behind them', () => {
    const deep = `${'list<'.repeat(500)}u8${'>'.repeat(500)}`;
    expect(parseCst(`interface i { type t = ${deep}; type u = u8; }`).errors).toMatchObject([
      { code: 'nesting-too-deep' },
    ]);
  });

  it.each([...shortPieces, ...openItems])('reports a thousand of %j', (piece) => {
    expect(codes(repeated(piece, 1000)).size).toBeGreaterThan(0);
  });

  it('reports every one of a thousand mistakes', () => {
    expect(parseCst(missingSemicolons(1000)).errors).toHaveLength(1000);
  });

  it('reads names that are properties of objects', () => {
    const names = ['%constructor', 'to-string', 'value-of', 'has-own-property', 'prototype'];
    const items = names.map((name) => `record ${name} { ${name}: u8 }`).join(' ');
    expect(parseCst(`interface i { ${items} }`).errors).toEqual([]);
    expect(codes('interface __proto__ { __proto__: func(); }').size).toBe(0);
  });
});

// A tenth of the runs of `hostile.slow.test.ts`.
parseLaws(0.1);
