import { render } from '@wit-ts/diagnostics';
import { describe, expect, it } from 'vitest';
import { codes, everything } from './fixtures/everything.ts';
import { largeTexts, longTexts, many, mistakenTexts, nestedTexts } from './fixtures/hostile-texts.ts';
import { format } from './index.ts';

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
