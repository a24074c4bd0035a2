import { EOF, type IToken, type TokenType } from 'chevrotain';
import { FaultParser } from './fault-parser.ts';
import { startsItem } from './repairs.ts';
import * as t from './tokens.ts';

/** How far to skip after a mistake: to the end of an item of a body, of an element of a list, or of an attribute. */
export type Sync = 'item' | 'element' | 'attribute';

/** Finds out how far a mistake reaches, and skips it. */
export abstract class SkippingParser extends FaultParser {
  #unclosed: IToken[] | undefined;

  override start(text: string, tokens: IToken[]): void {
    super.start(text, tokens);
    this.#unclosed = undefined;
  }

  /** Skips at least `least` tokens, and on to where the item or the element ends; brackets are skipped in pairs. */
  protected skip(sync: Sync, least = 0): void {
    if (sync === 'attribute') {
      this.skipAttribute();
      return;
    }
    let depth = 0;
    let braces = 0;
    let parens = 0;
    for (let skipped = 0; ; skipped += 1) {
      const token = this.LA(1);
      const type = token.tokenType;
      if (type === EOF) return;
      const free = skipped >= least;
      if (type === t.LBrace || (sync === 'element' && (type === t.LParen || type === t.LAngle))) {
        depth += 1;
        if (type === t.LBrace) braces += 1;
      } else if (type === t.RBrace || (sync === 'element' && (type === t.RParen || type === t.RAngle))) {
        if (depth === 0 && free) return;
        depth = Math.max(0, depth - 1);
        if (type === t.RBrace && braces > 0) {
          braces -= 1;
          if (sync === 'item' && braces === 0) {
            this.SKIP_TOKEN();
            return;
          }
        }
      } else if (depth === 0 || (braces === 0 && type === t.Semicolon)) {
        if (type === t.Semicolon) {
          if (sync === 'item') this.SKIP_TOKEN();
          if (sync === 'item' || free) return;
        }
        if (free && sync === 'element' && type === t.Comma) return;
        const isParam = parens > 0 && !startsFunction(this.LA(3).tokenType);
        if (free && !isParam && startsItem(token, this.LA(2)) && this.startsLine(token)) return;
        if (type === t.LParen) parens += 1;
        else if (type === t.RParen) parens -= 1;
      }
      this.SKIP_TOKEN();
    }
  }

  /** Skips the rest of a type: past the angles that it opened, or to where an element ends. */
  protected skipType(before: number): void {
    let open = 0;
    for (let i = before + 1; i <= this.currIdx; i += 1) open += angle(this.input[i]!);
    if (open <= 0) {
      if (this.LA(1).tokenType === t.LParen) this.#skipParens();
      this.skip('element');
      return;
    }
    for (let token = this.LA(1); ; token = this.SKIP_TOKEN()) {
      if (endsType.has(token.tokenType) || (startsItem(token, this.LA(2)) && this.startsLine(token))) return;
      open += angle(token);
      if (open === 0) {
        this.SKIP_TOKEN();
        return;
      }
    }
  }

  /** Skips what stands in parentheses, unless they are not closed. */
  #skipParens(): void {
    let open = 0;
    for (let token = this.LA(1); !endsItem.has(token.tokenType); token = this.SKIP_TOKEN()) {
      if (token.tokenType === t.LParen) open += 1;
      if (token.tokenType === t.RParen && (open -= 1) === 0) {
        this.SKIP_TOKEN();
        return;
      }
    }
  }

  /** Skips an attribute, or what is left of one: to its parenthesis, or before anything that is no part of it. */
  protected skipAttribute(): void {
    let isOpen = this.LA(0).tokenType !== t.At;
    for (let token = this.SKIP_TOKEN(); ; token = this.SKIP_TOKEN()) {
      const type = token.tokenType;
      if (type === t.LParen) isOpen = true;
      if (endsItem.has(type) || (type === t.Comma && !isOpen) || startsItem(token, this.LA(2))) return;
      if (type === t.RParen) {
        this.SKIP_TOKEN();
        return;
      }
    }
  }

  /**
   * Whether the brace that opened the current body, or one around it, has no partner in the whole file, and nothing has
   * been said about that yet: then it is this body that was not closed.
   */
  protected isUnclosed(): boolean {
    const opener = this.currCSTNode.children['LBrace']?.[0];
    if (opener === undefined || !('image' in opener) || opener.image === '') return true;
    return this.#lastUnclosed(opener) >= 0;
  }

  protected override report(...fault: Parameters<FaultParser['report']>): void {
    const [code, token] = fault;
    if (code === 'unclosed-brace') {
      const told = this.#lastUnclosed(token);
      if (told >= 0) this.#unclosed!.splice(told, 1);
    }
    super.report(...fault);
  }

  #lastUnclosed(before: IToken): number {
    this.#unclosed ??= unclosedBraces(this.input);
    let low = 0;
    let high = this.#unclosed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#unclosed[middle]!.startOffset <= before.startOffset || before.tokenType === EOF)
        low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

const endsType: ReadonlySet<TokenType> = new Set([EOF, t.Semicolon, t.LBrace, t.RBrace, t.RParen]);

const endsItem: ReadonlySet<TokenType> = new Set([EOF, t.LBrace, t.RBrace, t.Semicolon]);

function angle(token: IToken): number {
  if (token.tokenType === t.LAngle) return 1;
  return token.tokenType === t.RAngle ? -1 : 0;
}

function startsFunction(type: TokenType): boolean {
  return type === t.Func || type === t.Async || type === t.Static;
}

function unclosedBraces(tokens: readonly IToken[]): IToken[] {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.tokenType === t.LBrace) open.push(token);
    else if (token.tokenType === t.RBrace) open.pop();
  }
  return open;
}
