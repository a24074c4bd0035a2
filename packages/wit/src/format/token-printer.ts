import { breakParent, hardline, join, lineSuffix, lineSuffixBoundary, literalline, type Doc } from './doc.ts';
import type { Comment, SourceToken, TriviaMap } from './trivia.ts';

/** Prints each token once, and with it its comments, so that none can be lost. */
export class TokenPrinter {
  readonly trivia: TriviaMap;
  readonly #text: string;
  readonly #led = new Set<SourceToken>();
  readonly #deferred = new Set<SourceToken>();

  constructor(text: string, trivia: TriviaMap) {
    this.#text = text;
    this.trivia = trivia;
  }

  /** A token with the comments around it. A `//` comment that waits for the end of the line makes it end before. */
  token(token: SourceToken): Doc {
    const { leading } = this.trivia.of(token);
    const before = this.#led.has(token) || leading.length === 0 ? [] : this.#inline(leading);
    return [lineSuffixBoundary, before, token.image, this.#deferred.has(token) ? '' : this.trailing(token)];
  }

  /** The comments before a token that starts a line, unless they are printed already. It will not print them itself. */
  lead(token: SourceToken): Doc {
    if (this.#led.has(token)) return '';
    this.#led.add(token);
    const { leading, blankBefore } = this.trivia.of(token);
    return leading.map((comment, i) => {
      const blankAfter = leading[i + 1]?.blankBefore ?? blankBefore;
      const standsAlone = comment.newlineAfter || comment.image.includes('\n');
      return [commentDoc(comment), standsAlone ? hardline : ' ', blankAfter ? hardline : ''];
    });
  }

  /**
   * Leaves the comments at the end of a token to the caller: inside of a group they would break it. Returns whether they
   * are left to this caller, and not to one around it.
   */
  defer(token: SourceToken): boolean {
    if (this.#deferred.has(token)) return false;
    this.#deferred.add(token);
    return true;
  }

  /** The comments at the end of a token. */
  trailing(token: SourceToken): Doc {
    return this.trivia
      .of(token)
      .trailing.map((comment) =>
        comment.isLine
          ? [lineSuffixBoundary, lineSuffix([' ', commentDoc(comment)]), breakParent]
          : [' ', commentDoc(comment)],
      );
  }

  /** Whether the comment directly before a token asks that what begins with it be left as it is. */
  isIgnored(token: SourceToken): boolean {
    const image = this.trivia.of(token).leading.at(-1)?.image ?? '';
    return /^(?:\/\/\s*prettier-ignore\s*|\/\*\s*prettier-ignore\s*\*\/)$/u.test(image);
  }

  /** The text from one token to another as it stands, comments inside included. */
  verbatim(first: SourceToken, last: SourceToken): Doc {
    const text = this.#text.slice(first.startOffset, last.startOffset + last.image.length);
    return [join(literalline, text.split(/\r?\n/u)), this.trailing(last)];
  }

  /** Whether a blank line stands before a token or before the comments that lead to it. */
  hasBlankBefore(token: SourceToken): boolean {
    const { leading, blankBefore } = this.trivia.of(token);
    return leading[0]?.blankBefore ?? blankBefore;
  }

  /** Comments in the middle of a line: their own lines stay their own. */
  #inline(comments: readonly Comment[]): Doc {
    return [
      comments[0]?.newlineBefore === true ? hardline : '',
      comments.map((comment) => [commentDoc(comment), comment.newlineAfter ? hardline : ' ']),
    ];
  }
}

/**
 * A comment as it stands. Lines of a block comment are not indented anew: they are documentation, white space included.
 */
export function commentDoc(comment: Comment): Doc {
  if (comment.isLine) return comment.image.trimEnd();
  return join(literalline, comment.image.split(/\r?\n/u));
}
