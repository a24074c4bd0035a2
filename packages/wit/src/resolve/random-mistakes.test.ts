import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolve } from '../index.ts';

const lines = [
  'package a:b@1.0.0;',
  'use c:d/e as f;',
  'use i as j;',
  'interface i { type t = u8; resource r { constructor(a: t) -> result<r>; m: func(b: borrow<r>); } }',
  'interface k { use i.{t, r as rr}; f: func(a: rr) -> list<t>; @unstable(feature = x) g: func(); }',
  'world w { import j; export k; include v with { n as o } import l: f; use i.{t}; type u = t; }',
  'world v { import n: func(); import m: interface { use f.{q}; h: func(a: q); } resource s; }',
  '@unstable(feature = y) interface z { @unstable(feature = y) type t = list<tuple<u8, string>>; }',
  'package c:d { interface e { enum q { a } variant p { b(q) } flags o { c } record n { d: map<u8, q> } } }',
];

describe('resolve', () => {
  it('returns for any mix of words', () => {
    const words = lines.join('\n').split(/\b/u);
    const change = fc.tuple(
      fc.nat(words.length - 1),
      fc.nat(4),
      fc.array(fc.constantFrom(...words), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.boolean(), (changes, allFeatures) => {
        const changed = [...words];
        for (const [at, count, more] of changes) changed.splice(at, count, ...more);
        const { diagnostics } = resolve(changed.join(''), { allFeatures });
        for (const { message, span } of diagnostics) {
          expect(message).not.toBe('');
          expect(span === undefined || span.start <= span.end).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('accepts the lines of which those texts are made', () => {
    expect(resolve(lines.join('\n'), { allFeatures: true }).diagnostics).toEqual([]);
    expect(resolve(lines.join('\n')).diagnostics).toEqual([]);
  });

  it('lists every interface and world of its packages, even with errors', () => {
    const shuffled = fc.shuffledSubarray(lines, { minLength: 3 });
    fc.assert(
      fc.property(shuffled, (some) => {
        const { packages, interfaces, worlds } = resolve(some.join('\n')).value.resolve;
        for (const pkg of packages) {
          for (const iface of pkg.interfaces.values()) expect(interfaces).toContain(iface);
          for (const world of pkg.worlds.values()) expect(worlds).toContain(world);
        }
      }),
    );
  });
});
