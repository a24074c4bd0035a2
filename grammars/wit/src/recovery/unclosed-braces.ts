import { EOF, type IToken } from 'chevrotain';
import * as t from '../tokens.ts';
import type { TokenCursor } from './token-cursor.ts';

/** The opening braces of a text that have no closing brace and that no fault mentions yet, in the order of the text. */
export class UnclosedBraces {
  readonly #cursor: TokenCursor;
  /** Found when first needed, because most texts have no mistakes. */
  #braces: IToken[] | undefined;

  constructor(cursor: TokenCursor) {
    this.#cursor = cursor;
  }

  /** Begins a text. */
  start(): void {
    this.#braces = undefined;
  }

  /** Whether a brace at this token or before it is not closed. */
  hasAtOrBefore(token: IToken): boolean {
    return this.#lastAtOrBefore(token) >= 0;
  }

  /** Removes the last brace at this token or before it, which a fault now mentions. */
  reported(token: IToken): void {
    const braces = this.#find();
    const last = this.#lastAtOrBefore(token);
    if (last >= 0) braces.splice(last, 1);
  }

  #lastAtOrBefore(token: IToken): number {
    const braces = this.#find();
    let low = 0;
    let high = braces.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (token.tokenType === EOF || braces[middle]!.startOffset <= token.startOffset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #find(): IToken[] {
    this.#braces ??= bracesWithoutPartner(this.#cursor.tokens);
    return this.#braces;
  }
}

function bracesWithoutPartner(tokens: readonly IToken[]): IToken[] {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.tokenType === t.LBrace) open.push(token);
    else if (token.tokenType === t.RBrace) open.pop();
  }
  return open;
}
