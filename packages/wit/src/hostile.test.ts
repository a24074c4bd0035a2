import { describe, expect, it } from 'vitest';
import { SourceFile } from '@wit-ts/diagnostics';
import { codes, everything } from './fixtures/everything.ts';
import {
  doublingWorlds,
  largeTexts,
  longTexts,
  mistakenTexts,
  nestedTexts,
} from './fixtures/hostile-texts.ts';
import { parse, resolve, toJson } from './index.ts';

// `work.test.ts` counts the work for these texts, and `hostile.slow.test.ts` has the same texts in large sizes.
describe('hostile texts', () => {
  it.each(nestedTexts)('report the nesting of $name', ({ textOf, codes: [code] }) => {
    const found = everything(textOf(200));
    expect(codes(found)).toContain(code);
  });

  it('may nest comments deeply', () => {
    expect(everything(`package a:b; ${'/*'.repeat(200)}${'*/'.repeat(200)}`)).toEqual([]);
  });

  it.each(longTexts)('are read at any length: $name', ({ textOf, codes: expected }) => {
    const found = codes(everything(textOf(4000)));
    expect(found.filter((code) => code !== 'expected-token')).toEqual(expected);
  });

  it.each(largeTexts)('may contain many $name', ({ textOf }) => {
    expect(codes(everything(textOf(200)))).toEqual([]);
  });

  it.each(mistakenTexts)('report each of many mistakes once: $name', ({ textOf, code, countOf }) => {
    const found = everything(textOf(200)).filter((diagnostic) => diagnostic.code === code);
    expect(found).toHaveLength(countOf(200));
    expect(new Set(found.map(({ span }) => span!.start)).size).toBe(found.length);
  });

  it('include a world once, however many paths lead to it', () => {
    expect(everything(doublingWorlds(60))).toEqual([]);
  });
});

describe('names with a meaning in JavaScript', () => {
  const names = [
    '%constructor',
    'then',
    'prototype',
    'to-string',
    'value-of',
    'length',
    'name',
    'has-own-property',
  ];

  it('are ordinary names', () => {
    const text = `package then:prototype;
${names.map((name) => `interface ${name} { record ${name}-r { ${names.map((field) => `${field}: u8`).join(', ')} } ${name}: func(${names.map((param) => `${param}: ${name}-r`).join(', ')}); }`).join('\n')}
world world-of-them { ${names.map((name) => `import ${name};`).join(' ')} }`;
    expect(codes(everything(text))).toEqual([]);
    const plain = names.map((name) => name.replace('%', ''));
    const { value } = resolve(text);
    expect([...value.package!.interfaces.keys()]).toEqual(plain);
    const [world] = toJson(value.resolve)['worlds'] as [{ imports: object }];
    expect(Object.keys(world.imports)).toHaveLength(names.length);
  });

  it('cannot reach the prototype of an object', () => {
    const found = everything(
      'package a:b; interface __proto__ { __proto__: func(); } world w { import __proto__; }',
    );
    expect(codes(found)).toEqual(['invalid-name']);
    expect(everything('package a:b; world w { import toString; include valueOf; }').length).toBeGreaterThan(
      1,
    );
    expect(
      codes(everything('package a:b; interface i { f: func(a: constructor-x, b: hasOwnProperty); }')),
    ).toEqual(['invalid-name', 'unknown-type']);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

/** The code points that `WIT.md` ("Lexical structure") and the reference forbid. */
const forbidden = [
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
  0x149,
  0x673,
  0xf77,
  0xf79,
  0x17a3,
  0x17a4,
  0x17b4,
  0x17b5,
  ...range(0, 8),
  0x0b,
  0x0c,
  ...range(0x0e, 0x1f),
  ...range(0x7f, 0x9f),
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

describe('forbidden code points', () => {
  it.each(forbidden.map((code) => [code.toString(16), String.fromCodePoint(code)]))(
    'U+%s',
    (_, character) => {
      const places = [
        ['interface ', ' i {}'],
        ['// a ', ' b\n'],
        ['/* /* ', ' */ */'],
        ['@external-id("', '") interface i {}'],
      ];
      for (const [before, after] of places) {
        const text = `package a:b;\n${before}${character}${after}`;
        const at = text.indexOf(character);
        const found = everything(text);
        expect(found).toMatchObject([{ code: 'forbidden-character', span: { start: at, end: at + 1 } }]);
      }
    },
  );

  it('are the only ones that comments may not hold', () => {
    const taken = new Set([...forbidden, 0x0d, 0x0a]);
    const samples = [...range(0, 0x3ff), ...range(0x400, 0xffff).filter((code) => code % 61 === 0)];
    const lines = samples
      .filter((code) => !taken.has(code) && (code < 0xd800 || code > 0xdfff))
      .map((code) => `// ${String.fromCodePoint(code)}`);
    expect(everything(`package a:b;\n${lines.join('\n')}`)).toEqual([]);
  });
});

describe('input that is not text', () => {
  it.each([
    ['halves of surrogate pairs', '\ud800 \udc00'],
    ['a binary', String.fromCharCode(...range(0, 255))],
    ['nothing', ''],
    ['zeros', '\0'.repeat(1000)],
  ])('%s leads to an answer', (_, text) => {
    everything(text);
    expect(parse(new SourceFile('<binary>', text)).value.items).toEqual([]);
  });
});
