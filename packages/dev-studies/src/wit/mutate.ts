import { keywords, parseCst } from '@wit-ts/grammar';
import type { Random } from '../random.ts';

export interface Mutant {
  readonly text: string;
  /** What was done, for people: `delete ";"`. */
  readonly steps: readonly string[];
}

interface Piece {
  /** White space and comments before the token. */
  readonly gap: string;
  readonly image: string;
}

/** How often one like it is looked for. */
const TRIES = 50;

type Step = (pieces: Piece[], random: Random) => string;

/** Deletes, duplicates or swaps one token of a text, or two or three. Comments and white space stay where they are. */
export function mutateTokens(text: string, random: Random): Mutant {
  return mutate(text, random, step);
}

/**
 * Puts names in the place of names and primitives in the place of primitives, and deletes, duplicates and moves whole
 * fields, cases, functions and the like: mostly mistakes in what the text means, and none in how it is written.
 */
export function mutateMeaning(text: string, random: Random): Mutant {
  return mutate(text, random, meaningStep);
}

function mutate(text: string, random: Random, next: Step): Mutant {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { startOffset, image } of parseCst(text).tokens) {
    pieces.push({ gap: text.slice(at, startOffset), image });
    at = startOffset + image.length;
  }
  const rest = text.slice(at);
  const steps: string[] = [];
  const wanted = Math.max(1, random.below(5) - 1);
  while (steps.length < wanted && pieces.length > 1) steps.push(next(pieces, random));
  return { text: pieces.map(({ gap, image }) => gap + image).join('') + rest, steps };
}

function step(pieces: Piece[], random: Random): string {
  const i = random.below(pieces.length);
  const { gap, image } = pieces[i]!;
  switch (random.below(4)) {
    case 0:
      pieces.splice(i, 1);
      return `delete ${image}`;
    case 1:
      pieces.splice(i, 0, { gap, image: `${image} ` });
      return `duplicate ${image}`;
    case 2:
      return swap(pieces, i, i + 1 < pieces.length ? i + 1 : i - 1);
    default:
      return swap(pieces, i, partner(pieces, image, random));
  }
}

function meaningStep(pieces: Piece[], random: Random): string {
  if (random.below(2) === 0) return partStep(pieces, random);
  const i = named(pieces, random);
  const { gap, image } = pieces[i]!;
  const other = pieces[partner(pieces, image, random)]!.image;
  pieces[i] = { gap, image: other };
  return `write ${other} for ${image}`;
}

/** A name or a primitive. */
function named(pieces: readonly Piece[], random: Random): number {
  let at = random.below(pieces.length);
  for (let tries = 0; tries < TRIES && !/^(?:name|primitive)$/u.test(kindOf(pieces[at]!.image)); tries += 1)
    at = random.below(pieces.length);
  return at;
}

/** From behind a comma, semicolon or opening bracket up to the next comma or semicolon. */
function partStep(pieces: Piece[], random: Random): string {
  const within = random.below(pieces.length);
  let from = within;
  while (from > 0 && !/^[,;{(]$/u.test(pieces[from - 1]!.image)) from -= 1;
  let to = within;
  while (to < pieces.length - 1 && !/^[,;})]$/u.test(pieces[to]!.image)) to += 1;
  if (/^[,;]$/u.test(pieces[to]!.image)) to += 1;
  const part = pieces.slice(from, to);
  const shown = part.map(({ image }) => image).join(' ');
  switch (random.below(3)) {
    case 0:
      pieces.splice(from, part.length);
      return `delete ${shown}`;
    case 1:
      pieces.splice(to, 0, ...part);
      return `duplicate ${shown}`;
    default: {
      pieces.splice(from, part.length);
      const ends = pieces.flatMap(({ image }, i) => (image === part.at(-1)?.image ? [i + 1] : []));
      const place = ends[random.below(ends.length)] ?? from;
      pieces.splice(place, 0, ...part);
      return `move ${shown}`;
    }
  }
}

/**
 * Another token of the same kind and not the same text, where one turns up: names and types that trade places leave the
 * syntax right.
 */
function partner(pieces: readonly Piece[], image: string, random: Random): number {
  let at = random.below(pieces.length);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const other = pieces[at]!.image;
    if (other !== image && kindOf(other) === kindOf(image)) return at;
    at = random.below(pieces.length);
  }
  return at;
}

function kindOf(image: string): 'primitive' | 'keyword' | 'name' | 'sign' {
  if (/^(?:bool|char|string|[usf]\d+)$/u.test(image)) return 'primitive';
  if (keywords.has(image)) return 'keyword';
  return /^[%\w]/u.test(image) ? 'name' : 'sign';
}

function swap(pieces: Piece[], i: number, j: number): string {
  const [left, right] = [pieces[i]!, pieces[j]!];
  pieces[i] = { gap: left.gap, image: right.image };
  pieces[j] = { gap: right.gap, image: left.image };
  return `swap ${left.image} and ${right.image}`;
}
