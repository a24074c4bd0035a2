/** The parts of a token or comment that the formatter needs. */
export interface SourceToken {
  readonly image: string;
  readonly startOffset: number;
}

export interface SourceComment {
  readonly image: string;
  /** Whether it is a `//` comment, which ends with its line. */
  readonly isLine: boolean;
  readonly newlineBefore: boolean;
  readonly blankBefore: boolean;
  readonly newlineAfter: boolean;
}

/** The comments around a token: those before the element that it begins, and those at its end. */
interface Trivia {
  readonly leading: readonly SourceComment[];
  readonly trailing: readonly SourceComment[];
  /** Whether the line directly before the token, not counting comments, is blank. */
  readonly blankBefore: boolean;
}

const NONE: Trivia = { leading: [], trailing: [], blankBefore: false };

/** Tokens that have no space before them. A comment before one belongs to the token before the comment. */
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

/**
 * Tokens that have no space after them, or sometimes none. A comment on their line belongs to the token after the
 * comment.
 */
const TIGHT_AFTER: ReadonlySet<string | undefined> = new Set(['(', '<', '.', '@', ':']);

/**
 * Assigns every comment to one token: to the token before it if the comment ends that token's line, and otherwise to
 * the token after it. The choice must not depend on other properties of the layout, or else formatting twice would
 * move comments again.
 */
export class TriviaMap {
  readonly #of = new Map<
    SourceToken,
    { leading: SourceComment[]; trailing: SourceComment[]; blankBefore: boolean }
  >();
  /** The comments after the last token. */
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

  #entry(token: SourceToken): { leading: SourceComment[]; trailing: SourceComment[]; blankBefore: boolean } {
    let entry = this.#of.get(token);
    if (entry === undefined) this.#of.set(token, (entry = { leading: [], trailing: [], blankBefore: false }));
    return entry;
  }
}

/** The comments and line breaks between two neighbouring tokens. */
class Gap {
  readonly comments: readonly SourceComment[];
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

  /** Returns how many of the comments belong to the token before them. */
  trailingCount(): number {
    const count = this.comments.findIndex((comment) => comment.newlineBefore);
    const sameLine = this.comments.slice(0, count < 0 ? this.comments.length : count);
    const last = sameLine.at(-1);
    if (last === undefined) return 0;
    // Directly after a slash, a comment would become part of a longer comment; `//` always ends its line.
    if (last.isLine || this.#previous?.image === '/' || this.#next === undefined) return sameLine.length;
    if (TIGHT_AFTER.has(this.#previous?.image)) return 0;
    return TIGHT_BEFORE.has(this.#next.image) || last.newlineAfter ? sameLine.length : 0;
  }
}

function endOf(token: SourceToken): number {
  return token.startOffset + token.image.length;
}

/** Counts line breaks in the gap only: a search for the next line break would take quadratic time for a long line. */
function newlines(text: string, from: number, to: number): number {
  return text.slice(from, to).split('\n').length - 1;
}
