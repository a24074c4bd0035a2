import { describe, expect, it } from 'vitest';
import { isLabel, isLowerLabel } from './label.ts';

/** The productions of `Explainer.md`, as they stand there. */
const LABEL = /^(?:[a-z][0-9a-z]*|[A-Z][0-9A-Z]*)(?:-(?:[0-9a-z]+|[0-9A-Z]+))*$/u;
const WORDS = /^[a-z][0-9a-z]*(?:-[0-9a-z]+)*$/u;

function texts(alphabet: string, length: number): string[] {
  if (length === 0) return [''];
  const shorter = texts(alphabet, length - 1);
  return [
    ...shorter,
    ...shorter
      .filter((text) => text.length === length - 1)
      .flatMap((text) => [...alphabet].map((char) => text + char)),
  ];
}

describe('labels', () => {
  it('are what the grammar says, for all texts of up to six characters of each kind', () => {
    for (const text of texts('aA1-_', 6)) {
      expect([text, isLabel(text)]).toEqual([text, LABEL.test(text)]);
      expect([text, isLowerLabel(text)]).toEqual([text, WORDS.test(text)]);
    }
  });

  it.each(['a', 'a1', 'a-b', 'A', 'A-b', 'a-B1', 'is-XML', 'a-1', 'a-1b', 'HTTP-2'])('may be %s', (text) => {
    expect(isLabel(text)).toBe(true);
  });

  it.each(['', 'aB', 'Ab', '1a', '-a', 'a-', 'a--b', 'a_b', 'a-bC', '__proto__'])('may not be %j', (text) => {
    expect(isLabel(text)).toBe(false);
  });

  it.each(['é', 'aé', 'a-ß', 'ａ', 'a\n', 'a\u0000', '\ud800'])('hold ASCII only, and not %j', (text) => {
    expect(isLabel(text)).toBe(false);
  });

  it('may be long, and divided in many ways', () => {
    expect(isLabel(`a${'-1'.repeat(4_000_000)}`)).toBe(true);
    expect(isLabel(`a${'-1'.repeat(4_000_000)}!`)).toBe(false);
    expect(isLowerLabel('a'.repeat(8_000_000))).toBe(true);
  });
});
