import type { IToken } from '@wit-ts/grammar';

const none: readonly IToken[] = [];

/** The comments directly before each token, found in one pass over a file. */
export class CommentsBefore {
  readonly #byToken = new Map<number, IToken[]>();

  constructor(tokens: readonly IToken[], comments: readonly IToken[]) {
    let next = 0;
    for (const comment of comments) {
      while (next < tokens.length && tokens[next]!.startOffset < comment.startOffset) next += 1;
      const start = tokens[next]?.startOffset;
      if (start === undefined) return;
      const group = this.#byToken.get(start);
      if (group === undefined) this.#byToken.set(start, [comment]);
      else group.push(comment);
    }
  }

  /** Returns the comments directly before the token that starts at an offset. */
  at(start: number): readonly IToken[] {
    return this.#byToken.get(start) ?? none;
  }
}
