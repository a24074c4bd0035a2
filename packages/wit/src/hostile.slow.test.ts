import { render } from '@wit-ts/diagnostics';
import { describe, expect, it } from 'vitest';
import { codes, everything } from './fixtures/everything.ts';
import { largeTexts, longTexts, many, mistakenTexts, nestedTexts } from './fixtures/hostile-texts.ts';
import { format, resolve } from './index.ts';

/* `work.test.ts` counts the work for short texts. It cannot count what regular expressions and copies of arrays do, so
   these texts are so long that work that grows with the square would take minutes, longer than the runner lets a test run. */

describe('hostile texts in large sizes', () => {
  it.each(nestedTexts)('report the nesting of $name', ({ textOf, codes: [code], largeSize }) => {
    const found = everything(textOf(largeSize));
    expect(codes(found)).toContain(code);
  });

  it('may nest comments deeply', () => {
    expect(everything(`package a:b; ${'/*'.repeat(100_000)}${'*/'.repeat(100_000)}`)).toEqual([]);
  });

  it.each(longTexts)('$name', ({ textOf, codes: expected, largeSize }) => {
    const found = codes(everything(textOf(largeSize)));
    expect(found.filter((code) => code !== 'expected-token')).toEqual(expected);
  });

  it.each(largeTexts)('may contain many $name', ({ textOf, largeSize }) => {
    expect(codes(everything(textOf(largeSize)))).toEqual([]);
  });

  it.each(mistakenTexts)(
    'report each of many mistakes once: $name',
    ({ textOf, code, countOf, largeSize }) => {
      const found = everything(textOf(largeSize)).filter((diagnostic) => diagnostic.code === code);
      expect(found).toHaveLength(countOf(largeSize));
      expect(new Set(found.map(({ span }) => span!.start)).size).toBe(found.length);
    },
  );

  it('show a mistake at the end of a long line without the line', () => {
    const items = many(50_000, (i) => `n${i}: func(a: string) -> list<u8>;`, ' ');
    const text = `package a:b; interface i { ${items} }`;
    expect(text.length).toBeGreaterThan(1_500_000);
    expect(codes(everything(text))).toEqual([]);
    const [wrong] = everything(text.replace(/; \}$/u, ' }'));
    expect(wrong).toMatchObject({ code: 'expected-token', span: { start: text.length - 2 } });
    expect(render(wrong!).length).toBeLessThan(1000);
  });

  const LONGEST = 9_999_900;
  it.each<[string, (n: number) => string, string[]]>([
    [
      'words of digits, which belong to both cases',
      (n) => `interface a${'-1'.repeat(n / 2 - 50)}-aB {}`,
      ['invalid-name'],
    ],
    ['a line comment', (n) => `// ${'x'.repeat(n - 50)}`, []],
    ['a line comment of carriage returns', (n) => `// ${'\r'.repeat(n - 50)}`, ['lone-carriage-return']],
    ['a line of documentation', (n) => `/// ${'x '.repeat(n / 2 - 50)}\ninterface i {}`, []],
    ['a string', (n) => `@external-id("${'x'.repeat(n - 50)}") interface i {}`, []],
    ['two million escapes', () => `@external-id("${'\\t'.repeat(2_000_000)}") interface i {}`, []],
    [
      'an escape of many digits',
      (n) => `@external-id("\\u{${'1_'.repeat(n / 2 - 50)}1}") interface i {}`,
      ['invalid-string'],
    ],
    ['a version of many parts', (n) => `use c:d/e@1.0.0-${'1.'.repeat(n / 2 - 50)}1;`, ['expected-token']],
    ['a bad name', (n) => `interface ${'aB'.repeat(n / 2 - 50)} {}`, ['invalid-name']],
  ])('need no recursion at ten million characters: %s', (_what, textOf, expected) => {
    const text = `package a:b;\n${textOf(LONGEST)}`;
    const found = new Set(codes(resolve(text).diagnostics));
    for (const code of expected) expect(found).toContain(code);
    if (expected.length === 0) expect([...found]).toEqual([]);
  });

  it('are refused when they have more than ten million characters', () => {
    const text = `package a:b; ${' '.repeat(10_000_000)}`;
    expect(codes(resolve(text).diagnostics)).toContain('text-too-long');
    expect(format(text).value).toBe(text);
  });

  it('are formatted at the size of a megabyte', () => {
    const text = `package a:b; interface i { ${many(40_000, (i) => `n${i}: func(a: list<u8>);`, ' ')} }`;
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(format(text).value.split('\n')).toHaveLength(40_005);
  });

  it('may have every code point in a comment that is not forbidden', () => {
    const forbidden =
      /\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]|\u0149|\u0673|\u0f77|\u0f79|\u17a3|\u17a4|\u17b4|\u17b5/u;
    const characters = Array.from({ length: 0x2_0000 }, (_, code) => String.fromCodePoint(code));
    const lines = characters
      .filter((character) => !forbidden.test(character))
      .map((character) => `// ${character}`);
    expect(everything(`package a:b;\n${lines.join('\n')}`)).toEqual([]);
  });
});

/** Worlds each of which includes the one before it and adds a function: together they have n² / 2 functions. */
const growing = (n: number): string =>
  `package a:b; world w0 {} ${many(n, (i) => `world w${i + 1} { include w${i}; import fn${i}: func(); }`)}`;
/** Worlds that import the end of a chain of interfaces, and with it the whole chain. */
const implied = (n: number): string =>
  `package a:b; interface i0 { type t = u8; }
${many(n, (i) => `interface i${i + 1} { use i${i}.{t}; } world w${i} { import i${n}; }`)}`;
/** Worlds that include one with a function of many parameters. */
const wide = (n: number): string =>
  `package a:b; world v { import fn: func(${many(n, (i) => `p${i}: u8`, ', ')}); }
${many(n, (i) => `world w${i} { include v; }`)}`;

describe('worlds that include each other', () => {
  it.each([
    ['each the one before it', growing, 400],
    ['interfaces that imply others', implied, 300],
    ['a function of many parameters', wide, 300],
  ])('have at most 500,000 parts of others: %s', (_what, textOf, fitting) => {
    expect(codes(everything(textOf(fitting)))).toEqual([]);
    // The text that is too large is resolved only, in a time that does not grow any more.
    for (const size of [1200, 5000]) {
      const { diagnostics } = resolve(textOf(size));
      expect(codes(diagnostics)).toEqual(['too-many-parts']);
    }
  });
});
