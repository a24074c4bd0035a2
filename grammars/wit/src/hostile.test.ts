import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCst } from './index.ts';

/** Runs a parse that must not take long: what is linear takes milliseconds, what is quadratic minutes. */
function codes(text: string): ReadonlySet<string> {
  const start = performance.now();
  const { errors } = parseCst(text);
  expect(performance.now() - start).toBeLessThan(20_000);
  return new Set(errors.map(({ code }) => code));
}

describe('hostile texts', () => {
  it.each([
    ['list<', '<'],
    ['tuple<', '<'],
    ['result<_, ', '<'],
    ['map<string, ', '<'],
  ])('types nested in %s', (open) => {
    expect(codes(`interface i { type t = ${open.repeat(100_000)}`)).toContain('nesting-too-deep');
  });

  it('closed types of great depth', () => {
    const deep = `${'list<'.repeat(50_000)}u8${'>'.repeat(50_000)}`;
    expect(parseCst(`interface i { type t = ${deep}; type u = u8; }`).errors).toMatchObject([
      { code: 'nesting-too-deep' },
    ]);
  });

  it.each([
    '{',
    '}',
    '(',
    ')',
    '<',
    '>',
    '@',
    ';',
    ',',
    ':',
    '"',
    '/',
    '/*',
    '-',
    '%',
    '$',
    '\0',
    '\r',
    '\u202e',
    '1-',
    '1.',
    'a ',
  ])('a hundred thousand of %j', (piece) => {
    expect(codes(`interface i { ${piece.repeat(100_000)}`).size).toBeGreaterThan(0);
  });

  it.each([
    'interface a {',
    'world a {',
    'package a:b {',
    'world a { import b: interface {',
    'resource r {',
    'record r {',
    'f: func(',
    '@since ',
  ])('ten thousand of %j', (piece) => {
    expect(codes(`interface i { ${piece.repeat(10_000)}`).size).toBeGreaterThan(0);
  });

  it('a name of a megabyte', () => {
    expect(codes(`interface ${'a'.repeat(1 << 20)} {}`).size).toBe(0);
  });

  it('a megabyte on one line', () => {
    expect(codes(`interface i { ${'f: func(a: u32) -> string; '.repeat(40_000)}}`).size).toBe(0);
  });

  it('ten thousand mistakes', () => {
    const { errors } = parseCst(`interface i {\n${'type t = u32\n'.repeat(10_000)}}`);
    expect(errors).toHaveLength(10_000);
  });

  it('names that are properties of objects', () => {
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
  it('takes any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        parseCst(parts.join(' '));
        parseCst(parts.join(''));
      }),
      { numRuns: 400 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void parseCst(text)));
  });

  it('takes a right text with anything in it changed, and finds something wrong in its bounds', () => {
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

  it('reports one thing about one place', () => {
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
