import { readFileSync } from 'node:fs';
import { SourceFile } from '@wit-ts/diagnostics';
import { describe, expect, it } from 'vitest';
import { resolve } from './index.ts';

/** `docs/codes-wit.md`: each code has an example that is wrong for that reason alone, and one that is right. */
const page = readFileSync(new URL('../../../docs/codes-wit.md', import.meta.url), 'utf8');

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

describe('docs/codes-wit.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(60);
  });

  it.each(examples)('$code: the wrong example is wrong for this reason alone', ({ code, wrong }) => {
    expect(codesOf(wrong)).toEqual([code]);
  });

  it.each(examples)('$code: the right example is right', ({ right }) => {
    expect(codesOf(right)).toEqual([]);
  });
});
