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

/** Deletes, duplicates or swaps one token of a text, or two or three. Comments and white space stay where they are. */
export function mutate(text: string, random: Random): Mutant {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { startOffset, image } of parseCst(text).tokens) {
    pieces.push({ gap: text.slice(at, startOffset), image });
    at = startOffset + image.length;
  }
  const rest = text.slice(at);
  const steps: string[] = [];
  const wanted = Math.max(1, random.below(5) - 1);
  while (steps.length < wanted && pieces.length > 1) steps.push(step(pieces, random));
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

function kindOf(image: string): 'keyword' | 'name' | 'sign' {
  if (keywords.has(image)) return 'keyword';
  return /^[%\w]/u.test(image) ? 'name' : 'sign';
}

function swap(pieces: Piece[], i: number, j: number): string {
  const [left, right] = [pieces[i]!, pieces[j]!];
  pieces[i] = { gap: left.gap, image: right.image };
  pieces[j] = { gap: right.gap, image: left.image };
  return `swap ${left.image} and ${right.image}`;
}
