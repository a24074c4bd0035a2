import type { IToken } from '@wit-ts/grammar';

import type { CommentGap, CommentRange } from './docs.ts';

/** The comments directly before each token, found in one pass over a file. */
export class CommentsBefore {
  readonly #byToken = new Map<number, CommentGap & { readonly comments: CommentRange[] }>();

  constructor(tokens: readonly IToken[], comments: readonly IToken[]) {
    let next = 0;
    for (const comment of comments) {
      while (next < tokens.length && tokens[next]!.startOffset < comment.startOffset) next += 1;
      const start = tokens[next]?.startOffset;
      if (start === undefined) return;
      const range = { start: comment.startOffset, end: endOf(comment) };
      const gap = this.#byToken.get(start);
      if (gap !== undefined) {
        gap.comments.push(range);
        continue;
      }
      const before = next === 0 ? 0 : endOf(tokens[next - 1]!);
      this.#byToken.set(start, { comments: [range], before, after: start });
    }
  }

  /** Returns the comments directly before the token that starts at an offset; `undefined` if there are none. */
  at(start: number): CommentGap | undefined {
    return this.#byToken.get(start);
  }
}

function endOf({ startOffset, image }: IToken): number {
  return startOffset + image.length;
}
