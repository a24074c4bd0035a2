import { Random } from '@wit-ts/dev-support/random';
import { describe, expect, it } from 'vitest';
import { spacedOut, textWithNames, type TextWithNames } from '../fixtures/keyword-positions.ts';
import { keywords, parseCst } from '../index.ts';

const SEEDS = 1500;

/** Keywords that are types on their own. */
const TYPES =
  /^(?:u8|u16|u32|u64|s8|s16|s32|s64|f32|f64|char|bool|string|error-context|result|future|stream)$/u;

/** Fills in the names; `%` is put before those whose index is in `escaped`. */
function tokensOf(
  text: TextWithNames,
  words: ReadonlyMap<number, string>,
  escaped: ReadonlySet<number>,
): string[] {
  return text.map((part, index) => {
    if (typeof part === 'string') return part;
    const word = words.get(index) ?? `name-${index}`;
    return escaped.has(index) ? `%${word}` : word;
  });
}

/** Returns the index of the token that a help names: the one at the fault, or the one before it. */
function keywordAt(
  text: string,
  tokens: readonly string[],
  start: number,
  word: string,
  seed: number,
): number {
  let at = 0;
  let found = -1;
  for (const [index, token] of tokens.entries()) {
    if (at > start) break;
    if (token === word) found = index;
    at = spacedOut(tokens.slice(0, index + 1), seed).length;
  }
  expect(found, `${word} before ${start} in ${text}`).toBeGreaterThanOrEqual(0);
  return found;
}

describe('a keyword instead of a name', () => {
  it.each([1, 2, 3])(`gets help that makes the text right: %i in a text (${SEEDS} seeds)`, (count) => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const random = new Random(seed * 3 + count);
      const text = textWithNames(seed);
      const words = new Map<number, string>();
      const positions = [...text.keys()].filter((index) => typeof text[index] !== 'string');
      for (let left = count; left > 0; left -= 1) {
        const index = random.pick(positions);
        const part = text[index]!;
        const word = random.pick([...keywords].filter((keyword) => keyword !== '_'));
        if (typeof part !== 'string' && !(part.isType && TYPES.test(word))) words.set(index, word);
      }
      followHelps(text, words, seed);
    }
  });
});

function followHelps(text: TextWithNames, words: ReadonlyMap<number, string>, seed: number): void {
  const escaped = new Set<number>();
  for (let round = 0; ; round += 1) {
    const tokens = tokensOf(text, words, escaped);
    const source = spacedOut(tokens, seed);
    const { errors } = parseCst(source);
    if (errors.length === 0) {
      expect(escaped.size, `seed ${seed}: a keyword was taken as a name in\n${source}`).toBe(words.size);
      return;
    }
    expect(round, `seed ${seed}: no end`).toBeLessThan(words.size);
    for (const { message, help, start } of errors) {
      const word = /`%([\w-]+)`/u.exec(help ?? '')?.[1];
      expect(word, `seed ${seed}: ${message} (${help ?? 'no help'}) at ${start} of\n${source}`).toBeDefined();
      escaped.add(keywordAt(source, tokens, start, word!, seed));
    }
  }
}
