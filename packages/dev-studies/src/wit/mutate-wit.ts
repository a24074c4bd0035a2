import { keywords, parseCst } from '@wit-ts/grammar';
import type { Random } from '@wit-ts/dev-support/random';

/** A changed WIT text. */
export interface Mutant {
  readonly text: string;
  /** What was changed, for people: `delete ;`. */
  readonly steps: readonly string[];
}

interface TokenWithGap {
  /** The white space and comments before the token. */
  readonly gap: string;
  readonly image: string;
}

/** How many random tokens are tried when a token of a certain kind is needed. */
const TRIES = 50;

/** Changes the tokens and returns a description of the change. */
type Step = (tokens: TokenWithGap[], random: Random) => string;

/** Deletes, duplicates or swaps up to three tokens of a text. Comments and white space keep their places. */
export function mutateTokens(text: string, random: Random): Mutant {
  return mutate(text, random, syntaxStep);
}

/**
 * Replaces names by other names and primitive types by other primitive types, and deletes, duplicates or moves whole
 * fields, cases and functions. Most mutants are syntactically valid, but their meaning is wrong.
 */
export function mutateMeaning(text: string, random: Random): Mutant {
  return mutate(text, random, meaningStep);
}

function mutate(text: string, random: Random, next: Step): Mutant {
  const tokens: TokenWithGap[] = [];
  let at = 0;
  for (const { startOffset, image } of parseCst(text).tokens) {
    tokens.push({ gap: text.slice(at, startOffset), image });
    at = startOffset + image.length;
  }
  const rest = text.slice(at);
  const steps: string[] = [];
  const wanted = Math.max(1, random.below(5) - 1);
  while (steps.length < wanted && tokens.length > 1) steps.push(next(tokens, random));
  return { text: tokens.map(({ gap, image }) => gap + image).join('') + rest, steps };
}

function syntaxStep(tokens: TokenWithGap[], random: Random): string {
  const i = random.below(tokens.length);
  const { gap, image } = tokens[i]!;
  switch (random.below(4)) {
    case 0:
      tokens.splice(i, 1);
      return `delete ${image}`;
    case 1:
      tokens.splice(i, 0, { gap, image: `${image} ` });
      return `duplicate ${image}`;
    case 2:
      return swap(tokens, i, i + 1 < tokens.length ? i + 1 : i - 1);
    default:
      return swap(tokens, i, partner(tokens, image, random));
  }
}

function meaningStep(tokens: TokenWithGap[], random: Random): string {
  if (random.below(2) === 0) return partStep(tokens, random);
  const i = nameIndex(tokens, random);
  const { gap, image } = tokens[i]!;
  const other = tokens[partner(tokens, image, random)]!.image;
  tokens[i] = { gap, image: other };
  return `write ${other} for ${image}`;
}

/** Returns the index of a random name or primitive type. */
function nameIndex(tokens: readonly TokenWithGap[], random: Random): number {
  let at = random.below(tokens.length);
  for (let tries = 0; tries < TRIES && !/^(?:name|primitive)$/u.test(kindOf(tokens[at]!.image)); tries += 1)
    at = random.below(tokens.length);
  return at;
}

/** Changes the part from the previous comma, semicolon or opening bracket up to the next comma or semicolon. */
function partStep(tokens: TokenWithGap[], random: Random): string {
  const within = random.below(tokens.length);
  let from = within;
  while (from > 0 && !/^[,;{(]$/u.test(tokens[from - 1]!.image)) from -= 1;
  let to = within;
  while (to < tokens.length - 1 && !/^[,;})]$/u.test(tokens[to]!.image)) to += 1;
  if (/^[,;]$/u.test(tokens[to]!.image)) to += 1;
  const part = tokens.slice(from, to);
  const shown = part.map(({ image }) => image).join(' ');
  switch (random.below(3)) {
    case 0:
      tokens.splice(from, part.length);
      return `delete ${shown}`;
    case 1:
      tokens.splice(to, 0, ...part);
      return `duplicate ${shown}`;
    default: {
      tokens.splice(from, part.length);
      const ends = tokens.flatMap(({ image }, i) => (image === part.at(-1)?.image ? [i + 1] : []));
      const target = ends[random.below(ends.length)] ?? from;
      tokens.splice(target, 0, ...part);
      return `move ${shown}`;
    }
  }
}

/**
 * Returns the index of a token of the same kind with a different text, if one is found: swapping such tokens keeps the
 * syntax valid.
 */
function partner(tokens: readonly TokenWithGap[], image: string, random: Random): number {
  let at = random.below(tokens.length);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const other = tokens[at]!.image;
    if (other !== image && kindOf(other) === kindOf(image)) return at;
    at = random.below(tokens.length);
  }
  return at;
}

function kindOf(image: string): 'primitive' | 'keyword' | 'name' | 'sign' {
  if (/^(?:bool|char|string|[usf]\d+)$/u.test(image)) return 'primitive';
  if (keywords.has(image)) return 'keyword';
  return /^[%\w]/u.test(image) ? 'name' : 'sign';
}

function swap(tokens: TokenWithGap[], i: number, j: number): string {
  const [left, right] = [tokens[i]!, tokens[j]!];
  tokens[i] = { gap: left.gap, image: right.image };
  tokens[j] = { gap: right.gap, image: left.image };
  return `swap ${left.image} and ${right.image}`;
}
