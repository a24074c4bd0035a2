import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolve } from '../index.ts';

function many(count: number, make: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => make(i)).join('\n');
}

function codes(text: string): Record<string, number> {
  const start = performance.now();
  const { diagnostics } = resolve(text);
  expect(performance.now() - start).toBeLessThan(30_000);
  const counts: Record<string, number> = {};
  for (const { code } of diagnostics) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describe('hostile texts', () => {
  it.each([
    [
      'chains of types',
      `interface i { ${many(20_000, (i) => `type t${i} = ${i === 0 ? 'u8' : `list<t${i - 1}>`};`)} }`,
      {},
    ],
    [
      'chains of aliases',
      `interface i { ${many(20_000, (i) => `type t${i} = t${i + 1};`)} resource t20000; f: func(a: borrow<t0>, b: t0); }`,
      {},
    ],
    [
      'cycles of types',
      `interface i { ${many(20_000, (i) => `type t${i} = t${(i + 1) % 20_000};`)} }`,
      { 'type-cycle': 1 },
    ],
    [
      'many cycles',
      `interface i { ${many(5000, (i) => `type a${i} = b${i}; type b${i} = a${i};`)} }`,
      { 'type-cycle': 5000 },
    ],
    [
      'chains of interfaces',
      `${many(10_000, (i) => `interface i${i} { ${i === 0 ? 'type t = u8;' : `use i${i - 1}.{t};`} }`)} world w { export i9999; }`,
      {},
    ],
    [
      'chains of packages',
      many(
        3000,
        (i) => `package p:x${i} { interface i { ${i === 0 ? 'type t = u8;' : `use p:x${i - 1}/i.{t};`} } }`,
      ),
      {},
    ],
    [
      'cycles of packages',
      many(3000, (i) => `package p:x${i} { interface i { use p:x${(i + 1) % 3000}/i.{t}; } }`),
      { 'package-cycle': 1 },
    ],
    [
      'worlds that double',
      `interface j {} ${many(60, (i) => `world w${i} { ${i === 0 ? 'import j;' : `include w${i - 1}; include w${i - 1};`} }`)}`,
      {},
    ],
    [
      'unknown types',
      `interface i { ${many(10_000, (i) => `type t${i} = x${i};`)} }`,
      { 'unknown-type': 10_000 },
    ],
    [
      'unknown interfaces',
      `${many(10_000, (i) => `interface y${i} {}`)} world w { ${many(10_000, (i) => `import x${i};`)} }`,
      { 'unknown-interface': 10_000 },
    ],
    [
      'unknown packages',
      `world w { ${many(10_000, (i) => `import x${i}:y/z;`)} }`,
      { 'unknown-package': 10_000 },
    ],
    ['names twice', `interface i { ${many(10_000, () => 'f: func();')} }`, { 'duplicate-name': 9999 }],
    ['a tuple of many', `interface i { type t = tuple<${'u8,'.repeat(100_000)}>; }`, {}],
  ])('%s', (_, text, expected) => {
    expect(codes(`package a:b; ${text}`)).toEqual(expected);
  });
});

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
  it('takes any mix of anything', () => {
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

  it('finds nothing wrong with the lines it was made of', () => {
    expect(resolve(lines.join('\n'), { allFeatures: true }).diagnostics).toEqual([]);
    expect(resolve(lines.join('\n')).diagnostics).toEqual([]);
  });

  it('lists all that it mentions, whatever is wrong', () => {
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
