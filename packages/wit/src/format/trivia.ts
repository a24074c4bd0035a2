/** A token or comment of the source, as much of it as the formatter needs. */
export interface SourceToken {
  readonly image: string;
  readonly startOffset: number;
}

export interface Comment {
  readonly image: string;
  /** Of the `//` kind, which takes the rest of its line. */
  readonly isLine: boolean;
  readonly newlineBefore: boolean;
  readonly blankBefore: boolean;
  readonly newlineAfter: boolean;
}

/** The comments around a token: those before what begins with it, and those at its end. */
export interface Trivia {
  readonly leading: readonly Comment[];
  readonly trailing: readonly Comment[];
  /** Whether the line directly before the token, without its comments, is blank. */
  readonly blankBefore: boolean;
}

const NONE: Trivia = { leading: [], trailing: [], blankBefore: false };

/** Before these stands no space. What comes in a comment before them belongs to the token before. */
const TIGHT_BEFORE: ReadonlySet<string | undefined> = new Set([
  ':',
  ',',
  ';',
  ')',
  '>',
  '}',
  '.',
  '/',
  '@',
  '(',
  '<',
]);

/** After these stands no space, or none in some places. A comment on their line belongs to what follows. */
const TIGHT_AFTER: ReadonlySet<string | undefined> = new Set(['(', '<', '.', '@', ':']);

/**
 * Gives every comment to one token: to the one before where it ends the line of that, to the one after otherwise. What
 * it gives must not depend on how the text is laid out beyond that, or formatting twice would move comments twice.
 */
export class TriviaMap {
  readonly #of = new Map<SourceToken, { leading: Comment[]; trailing: Comment[]; blankBefore: boolean }>();
  /** What stands after the last token. */
  readonly end: Trivia;

  constructor(text: string, tokens: readonly SourceToken[], comments: readonly SourceToken[]) {
    let used = 0;
    let end: Trivia = NONE;
    for (let i = 0; i <= tokens.length; i += 1) {
      const previous = tokens[i - 1];
      const next = tokens[i];
      const from = used;
      const limit = next?.startOffset ?? text.length;
      while (used < comments.length && comments[used]!.startOffset < limit) used += 1;
      const gap = new Gap(text, previous, next, comments.slice(from, used));
      const count = gap.trailingCount();
      if (previous !== undefined) this.#entry(previous).trailing.push(...gap.comments.slice(0, count));
      const leading = gap.comments.slice(count);
      if (next === undefined) end = { leading, trailing: [], blankBefore: false };
      else Object.assign(this.#entry(next), { leading, blankBefore: gap.blankBeforeNext });
    }
    this.end = end;
  }

  of(token: SourceToken): Trivia {
    return this.#of.get(token) ?? NONE;
  }

  #entry(token: SourceToken): { leading: Comment[]; trailing: Comment[]; blankBefore: boolean } {
    let entry = this.#of.get(token);
    if (entry === undefined) this.#of.set(token, (entry = { leading: [], trailing: [], blankBefore: false }));
    return entry;
  }
}

/** What stands between two neighbouring tokens. */
class Gap {
  readonly comments: readonly Comment[];
  readonly blankBeforeNext: boolean;
  readonly #previous: SourceToken | undefined;
  readonly #next: SourceToken | undefined;

  constructor(
    text: string,
    previous: SourceToken | undefined,
    next: SourceToken | undefined,
    comments: readonly SourceToken[],
  ) {
    this.#previous = previous;
    this.#next = next;
    let end = previous === undefined ? 0 : endOf(previous);
    this.comments = comments.map((comment, i) => {
      const before = newlines(text, end, comment.startOffset);
      end = endOf(comment);
      return {
        image: comment.image,
        isLine: comment.image.startsWith('//'),
        newlineBefore: before > 0 || previous === undefined,
        blankBefore: before > 1 && (previous !== undefined || i > 0),
        newlineAfter:
          newlines(text, end, comments[i + 1]?.startOffset ?? next?.startOffset ?? text.length) > 0,
      };
    });
    const isFirst = previous === undefined && comments.length === 0;
    this.blankBeforeNext = !isFirst && newlines(text, end, next?.startOffset ?? text.length) > 1;
  }

  /** How many of the comments belong to the token before. */
  trailingCount(): number {
    const count = this.comments.findIndex((comment) => comment.newlineBefore);
    const sameLine = this.comments.slice(0, count < 0 ? this.comments.length : count);
    const last = sameLine.at(-1);
    if (last === undefined) return 0;
    // After a slash a comment would become part of a longer one; `//` always ends its line.
    if (last.isLine || this.#previous?.image === '/' || this.#next === undefined) return sameLine.length;
    if (TIGHT_AFTER.has(this.#previous?.image)) return 0;
    return TIGHT_BEFORE.has(this.#next.image) || last.newlineAfter ? sameLine.length : 0;
  }
}

function endOf(token: SourceToken): number {
  return token.startOffset + token.image.length;
}

/** Looks at the gap only: searching the text for the next line break would be quadratic in a text on one line. */
function newlines(text: string, from: number, to: number): number {
  return text.slice(from, to).split('\n').length - 1;
}
