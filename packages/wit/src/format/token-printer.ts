import { breakParent, hardline, join, lineSuffix, lineSuffixBoundary, literalline, type Doc } from './doc.ts';
import type { SourceComment, SourceToken, TriviaMap } from './trivia.ts';

/** Prints each token once together with its comments, so that no comment is lost. */
export class TokenPrinter {
  readonly trivia: TriviaMap;
  readonly #text: string;
  readonly #led = new Set<SourceToken>();
  readonly #deferred = new Set<SourceToken>();

  constructor(text: string, trivia: TriviaMap) {
    this.#text = text;
    this.trivia = trivia;
  }

  /**
   * Prints a token with the comments around it. A `//` comment that still waits for the end of the line ends the line
   * first.
   */
  token(token: SourceToken): Doc {
    const { leading } = this.trivia.of(token);
    const before = this.#led.has(token) || leading.length === 0 ? [] : this.#inline(leading);
    return [lineSuffixBoundary, before, token.image, this.#deferred.has(token) ? '' : this.trailing(token)];
  }

  /**
   * Prints the comments before a token that starts a line, unless they are already printed. `token` does not print
   * them again.
   */
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
   * Leaves the comments at the end of a token to the caller, because inside a group they would break it. Returns false
   * if another caller has already claimed them.
   */
  defer(token: SourceToken): boolean {
    if (this.#deferred.has(token)) return false;
    this.#deferred.add(token);
    return true;
  }

  /** Prints the comments at the end of a token. */
  trailing(token: SourceToken): Doc {
    return this.trivia
      .of(token)
      .trailing.map((comment) =>
        comment.isLine
          ? [lineSuffixBoundary, lineSuffix([' ', commentDoc(comment)]), breakParent]
          : [' ', commentDoc(comment)],
      );
  }

  /**
   * Whether the comment directly before a token is `prettier-ignore`, so that the item that begins there stays
   * unchanged.
   */
  isIgnored(token: SourceToken): boolean {
    const image = this.trivia.of(token).leading.at(-1)?.image ?? '';
    return /^(?:\/\/\s*prettier-ignore\s*|\/\*\s*prettier-ignore\s*\*\/)$/u.test(image);
  }

  /** Prints the text from one token to another unchanged, with the comments inside it. */
  verbatim(first: SourceToken, last: SourceToken): Doc {
    const text = this.#text.slice(first.startOffset, last.startOffset + last.image.length);
    return [join(literalline, text.split(/\r?\n/u)), this.trailing(last)];
  }

  /** Whether there is a blank line before a token, or before the comments that belong to it. */
  hasBlankBefore(token: SourceToken): boolean {
    const { leading, blankBefore } = this.trivia.of(token);
    return leading[0]?.blankBefore ?? blankBefore;
  }

  /** Prints comments in the middle of a line. Comments that have their own lines keep them. */
  #inline(comments: readonly SourceComment[]): Doc {
    return [
      comments[0]?.newlineBefore === true ? hardline : '',
      comments.map((comment) => [commentDoc(comment), comment.newlineAfter ? hardline : ' ']),
    ];
  }
}

/**
 * Prints a comment unchanged. Lines of a block comment keep their indentation, because it is part of the
 * documentation.
 */
export function commentDoc(comment: SourceComment): Doc {
  if (comment.isLine) return comment.image.trimEnd();
  return join(literalline, comment.image.split(/\r?\n/u));
}
