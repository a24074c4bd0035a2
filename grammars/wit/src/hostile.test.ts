import { growthOf } from '@wit-ts/dev-support/growth';
import * as fc from 'fast-check';
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

const signs = '{}()<>@;,:./=%"-';
const words =
  '-> package use as type u32 own borrow resource constructor static async func include with import export interface world ' +
  'record variant enum flags list result _ stream option string "x" 3 1.0.0 a b since version a:b/c';
const pieces = [...signs, ...words.split(' '), '// c\n', '/* d */', '\n'];

const sample = `package a:b@1.0.0;
use c:d/e as f;
@since(version = 1.0.0)
interface g { use f.{t, r as rr}; resource x { constructor(a: t) -> result<x, string>; s: static func(l: list<u8, 4>); }
  flags fl { a, b } enum en { q, w } variant v { one(u8), two } record r2 { a: u8, b: map<string, fl> }
  rec: async func(st: stream<u8>, fu: future<result<_, en>>) -> v; }
world w { import h; export g; import z: interface { f: func(a: x); } include c:d/ew with { k as l } type loc = fl; }`;

describe('parseCst', () => {
  it('returns for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        parseCst(parts.join(' '));
        parseCst(parts.join(''));
      }),
      { numRuns: 400 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void parseCst(text)));
  });

  it('reports mistakes inside the bounds of a text that was changed anywhere', () => {
    const tokens = sample.split(/\b/u);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(tokens.length - 1), fc.nat(3), fc.constantFrom(...pieces)), {
          maxLength: 5,
        }),
        (changes) => {
          const changed = [...tokens];
          for (const [at, count, piece] of changes) changed.splice(at, count, piece);
          const text = changed.join('');
          const { errors } = parseCst(text);
          for (const { start, end, message } of errors) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(message).not.toBe('');
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reports at most one mistake at each position', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        const { errors } = parseCst(parts.join(' '));
        const places = errors.map(({ start }) => start);
        expect(new Set(places).size).toBe(places.length);
      }),
      { numRuns: 400 },
    );
  });
});
