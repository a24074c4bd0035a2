import type { IToken, TokenType } from 'chevrotain';

/**
 * The parser's position in its tokens, as the recovery sees it: it can look ahead, skip tokens and change those to
 * come.
 */
export interface TokenCursor {
  /** Whether chevrotain is recording the grammar, so that there are no tokens. */
  readonly isRecording: boolean;
  /** The rule that is being parsed. */
  readonly ruleName: string;
  /** All tokens, with the repairs made so far. */
  readonly tokens: readonly IToken[];
  /** The index in `tokens` of the token consumed last, -1 at the start. */
  readonly position: number;
  /** Returns the token at a distance: 1 is the next one, 0 the one consumed last. `EOF` outside the text. */
  peek(distance: number): IToken;
  /** Drops the next token and returns the one after it. */
  skip(): IToken;
  /** The `{` that the current rule consumed, unless a repair inserted it. */
  openingBrace(): IToken | undefined;
  /** Marks the current node of the tree as incomplete. */
  markRecovered(): void;
  /** Returns a token without text that stands behind the token consumed last. */
  emptyToken(type: TokenType): IToken;
  /** Gives the token at a distance another type. */
  replace(distance: number, type: TokenType): void;
  /** Inserts a token without text before the one at a distance. */
  insert(distance: number, type: TokenType): void;
  /** Removes the token at a distance. */
  remove(distance: number): void;
}
