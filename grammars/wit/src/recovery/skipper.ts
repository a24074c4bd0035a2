import { EOF, type IToken, type TokenType } from 'chevrotain';
import * as t from '../tokens.ts';
import type { FaultReporter } from './fault-reporter.ts';
import type { TokenCursor } from './token-cursor.ts';
import { startsItem } from './token-queries.ts';

/** What is skipped after a mistake: the rest of an item of a body, of an element of a list, or of an attribute. */
export type SkippedPart = 'item' | 'element' | 'attribute';

/** Decides how far a mistake reaches, and skips the tokens up to there. */
export class Skipper {
  readonly #cursor: TokenCursor;
  readonly #faults: FaultReporter;

  constructor(cursor: TokenCursor, faults: FaultReporter) {
    this.#cursor = cursor;
    this.#faults = faults;
  }

  skip(part: SkippedPart): void {
    if (part === 'item') this.skipItem();
    else if (part === 'element') this.skipElement();
    else this.skipAttribute();
  }

  /**
   * Skips the rest of an item: to behind its `;` or its last brace, to the end of the body, or to the next item at the
   * start of a line. The first `least` tokens are skipped in any case.
   */
  skipItem(least = 0): void {
    this.#skipPart('item', least);
  }

  /**
   * Skips the rest of an element: to the comma behind it, to the end of the list, or to the next item. The first
   * `least` tokens are skipped in any case.
   */
  skipElement(least = 0): void {
    this.#skipPart('element', least);
  }

  /** Skips brackets in pairs. */
  #skipPart(part: 'item' | 'element', least: number): void {
    const cursor = this.#cursor;
    const brackets = new OpenBrackets(part);
    for (let skipped = 0; ; skipped += 1) {
      const token = cursor.peek(1);
      const type = token.tokenType;
      if (type === EOF) return;
      const mayStop = skipped >= least;
      if (brackets.opensAt(type)) {
        brackets.open(type);
      } else if (brackets.closesAt(type)) {
        if (brackets.depth === 0 && mayStop) return;
        const wasInBraces = brackets.braces > 0;
        brackets.close(type);
        if (part === 'item' && type === t.RBrace && wasInBraces && brackets.braces === 0) {
          cursor.skip();
          return;
        }
      } else if (brackets.depth === 0 || (brackets.braces === 0 && type === t.Semicolon)) {
        if (type === t.Semicolon) {
          if (part === 'item') cursor.skip();
          if (part === 'item' || mayStop) return;
        }
        if (mayStop && part === 'element' && type === t.Comma) return;
        const isParam = brackets.parens > 0 && !startsFunction(cursor.peek(3).tokenType);
        if (mayStop && !isParam && this.#startsItemOnLine(token)) return;
        brackets.countParens(type);
      }
      cursor.skip();
    }
  }

  /**
   * Skips the rest of a type that began behind the token at index `before`: past the angle brackets that it opened, or
   * to where an element ends.
   */
  skipType(before: number): void {
    const cursor = this.#cursor;
    let open = 0;
    for (let i = before + 1; i <= cursor.position; i += 1) open += angleDepth(cursor.tokens[i]!);
    if (open <= 0) {
      if (cursor.peek(1).tokenType === t.LParen) this.#skipParens();
      this.skipElement();
      return;
    }
    for (let token = cursor.peek(1); ; token = cursor.skip()) {
      if (endsType.has(token.tokenType) || this.#startsItemOnLine(token)) return;
      open += angleDepth(token);
      if (open === 0) {
        cursor.skip();
        return;
      }
    }
  }

  /** Skips parentheses with what they hold, or to the end of the item when they are not closed. */
  #skipParens(): void {
    const cursor = this.#cursor;
    let open = 0;
    for (let token = cursor.peek(1); !endsItem.has(token.tokenType); token = cursor.skip()) {
      if (token.tokenType === t.LParen) open += 1;
      if (token.tokenType === t.RParen && (open -= 1) === 0) {
        cursor.skip();
        return;
      }
    }
  }

  /**
   * Skips an attribute, or what is left of one: past its parenthesis, or to the first token that cannot be part of it.
   */
  skipAttribute(): void {
    const cursor = this.#cursor;
    let isOpen = cursor.peek(0).tokenType !== t.At;
    // `@unstable interface i`: the item begins where the attribute's parenthesis is missing.
    const next = cursor.peek(1);
    if (isOpen && next.tokenType !== t.At && startsItem(next, cursor.peek(2))) return;
    for (let token = cursor.skip(); ; token = cursor.skip()) {
      const type = token.tokenType;
      if (type === t.LParen) isOpen = true;
      if (endsItem.has(type) || (type === t.Comma && !isOpen) || startsItem(token, cursor.peek(2))) return;
      if (type === t.RParen) {
        cursor.skip();
        return;
      }
    }
  }

  #startsItemOnLine(token: IToken): boolean {
    return startsItem(token, this.#cursor.peek(2)) && this.#faults.startsLine(token);
  }
}

/**
 * The brackets opened while a part is skipped. In an item only braces nest: its `;` ends it inside other brackets too.
 */
class OpenBrackets {
  readonly #opening: readonly TokenType[];
  readonly #closing: readonly TokenType[];
  depth = 0;
  braces = 0;
  /** Parentheses of an item, which do not count in `depth`. */
  parens = 0;

  constructor(part: 'item' | 'element') {
    this.#opening = part === 'item' ? [t.LBrace] : [t.LBrace, t.LParen, t.LAngle];
    this.#closing = part === 'item' ? [t.RBrace] : [t.RBrace, t.RParen, t.RAngle];
  }

  opensAt(type: TokenType): boolean {
    return this.#opening.includes(type);
  }

  closesAt(type: TokenType): boolean {
    return this.#closing.includes(type);
  }

  open(type: TokenType): void {
    this.depth += 1;
    if (type === t.LBrace) this.braces += 1;
  }

  close(type: TokenType): void {
    this.depth = Math.max(0, this.depth - 1);
    if (type === t.RBrace && this.braces > 0) this.braces -= 1;
  }

  countParens(type: TokenType): void {
    if (type === t.LParen) this.parens += 1;
    else if (type === t.RParen) this.parens -= 1;
  }
}

const endsType: ReadonlySet<TokenType> = new Set([EOF, t.Semicolon, t.LBrace, t.RBrace, t.RParen]);

const endsItem: ReadonlySet<TokenType> = new Set([EOF, t.LBrace, t.RBrace, t.Semicolon]);

function angleDepth(token: IToken): number {
  if (token.tokenType === t.LAngle) return 1;
  return token.tokenType === t.RAngle ? -1 : 0;
}

function startsFunction(type: TokenType): boolean {
  return type === t.Func || type === t.Async || type === t.Static;
}
