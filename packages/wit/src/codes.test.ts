import { readFileSync } from 'node:fs';
import { SourceFile } from '@wit-ts/diagnostics';
import { describe, expect, it } from 'vitest';
import { resolve, witCodes } from './index.ts';

/** `docs/codes.md`: each code has an example that is wrong for that reason alone, and one that is right. */
const page = readFileSync(new URL('../../../docs/codes.md', import.meta.url), 'utf8');

interface Example {
  readonly code: string;
  readonly wrong: string;
  readonly right: string;
}

const examples = page
  .split(/^### /mu)
  .slice(1)
  .map((section): Example => {
    const code = /^`([a-z-]+)`/u.exec(section)![1]!;
    const block = (kind: string): string =>
      new RegExp(`\`\`\`wit ${kind}\n([^]*?)\`\`\``, 'u').exec(section)![1]!;
    return { code, wrong: block('wrong'), right: block('right') };
  });

/** The page says what stands for what cannot be shown, or would be too long. */
function spellOut(text: string): string {
  return text
    .replaceAll('␍', '\r')
    .replaceAll(/list\*(\d+)<(\w+)>/gu, (_, count: string, inner: string) => {
      const levels = Number(count);
      return `${'list<'.repeat(levels)}${inner}${'>'.repeat(levels)}`;
    })
    .replaceAll(/flag\*(\d+)/gu, (_, count: string) =>
      Array.from({ length: Number(count) }, (__, i) => `flag-${i + 1}`).join(', '),
    );
}

function codesOf(text: string): string[] {
  const files = spellOut(text)
    .split(/^\/\/ --- b\.wit\n/mu)
    .map((part, i) => new SourceFile(`${i}.wit`, part));
  return resolve({ files }).diagnostics.map(({ code }) => code);
}

/** What no text alone can show, as the page lists it, and where it is tested. */
const elsewhere = {
  'ambiguous-world': 'select-world.test.ts',
  'empty-directory': 'node/load.test.ts',
  'format-unfaithful': 'format/format.test.ts',
  'invalid-binary': 'node/load.test.ts',
  'invalid-utf8': 'node/load.test.ts',
  'no-world': 'select-world.test.ts',
  'text-too-long': 'hostile.slow.test.ts',
  'too-many-parts': 'hostile.slow.test.ts',
  unreadable: 'node/load.test.ts',
  'unsupported-binary': 'node/load.test.ts',
};

describe('docs/codes.md', () => {
  it('explains every code that exists, and no other', () => {
    const explained = [...examples.map(({ code }) => code), ...Object.keys(elsewhere)];
    expect(explained.toSorted()).toEqual([...witCodes].sort());
  });

  it.each(Object.entries(elsewhere))('lists %s, which %s tests', (code, test) => {
    expect(page).toContain(`\n- \`${code}\`: `);
    if (code === 'format-unfaithful') return;
    expect(readFileSync(new URL(test, import.meta.url), 'utf8')).toContain(code);
  });

  it('has more than sixty examples', () => {
    expect(examples.length).toBeGreaterThan(60);
  });

  it.each(page.split(/^### /mu).slice(1))('begins each section with a sentence', (section) => {
    const [, explanation = ''] = section.split('\n\n');
    expect(explanation).toMatch(/^[A-Z`].*[.:)]$/su);
  });

  it.each(examples)('has a wrong example that is wrong for this reason alone: $code', ({ code, wrong }) => {
    expect(codesOf(wrong)).toEqual([code]);
  });

  it.each(examples)('has a right example without diagnostics: $code', ({ right }) => {
    expect(codesOf(right)).toEqual([]);
  });
});
