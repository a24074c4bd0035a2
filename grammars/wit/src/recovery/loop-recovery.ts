import { EOF, tokenMatcher, type IToken, type TokenType } from 'chevrotain';
import * as t from '../tokens.ts';
import { params, tupleTypes, type BodyKind, type ListKind } from './body-and-list-kinds.ts';
import type { FaultReporter } from './fault-reporter.ts';
import type { ForeignSyntax } from './foreign-syntax.ts';
import { takeKeywordAsName, takeKeywordAsType } from './keyword-as-name.ts';
import { describeToken, describeTokenType, keywordHelp, NAME_AND_TYPE } from './messages.ts';
import type { Skipper } from './skipper.ts';
import type { TokenCursor } from './token-cursor.ts';
import { isKeywordAsName, isMisplacedLike, matchesAny, startsItem } from './token-queries.ts';

/**
 * Looks at the next token before each round of a loop. It skips tokens that cannot begin an item or an element there,
 * with one message for all of them, and inserts missing commas.
 */
export class LoopRecovery {
  readonly #cursor: TokenCursor;
  readonly #faults: FaultReporter;
  readonly #skipper: Skipper;
  readonly #foreignSyntax: ForeignSyntax;

  constructor(
    cursor: TokenCursor,
    parts: {
      readonly faults: FaultReporter;
      readonly skipper: Skipper;
      readonly foreignSyntax: ForeignSyntax;
    },
  ) {
    this.#cursor = cursor;
    this.#faults = parts.faults;
    this.#skipper = parts.skipper;
    this.#foreignSyntax = parts.foreignSyntax;
  }

  /** Skips to the next item of a body. Returns whether there is one. */
  atItem(kind: BodyKind): boolean {
    const cursor = this.#cursor;
    let misplaced: IToken | undefined;
    for (;;) {
      const token = cursor.peek(1);
      if (token.tokenType === EOF) return false;
      if (token.tokenType === t.RBrace) {
        if (kind.closed) return false;
        // Misplaced items before this brace belong in the body that it closes. They are reported, and the brace with
        // them.
        if (misplaced === undefined) this.#reportUnmatchedBrace(token);
        misplaced = token;
        cursor.skip();
        continue;
      }
      if (this.#foreignSyntax.rewriteItem(kind)) continue;
      if (matchesAny(token, kind.starts)) {
        // In `use: func()` the keyword is meant as a name.
        if (kind.names && tokenMatcher(token, t.Keyword)) this.#takeKeyword(token);
        return true;
      }
      if (kind.names && this.#takeKeyword(token)) return true;
      if (kind.closed && startsItem(token, cursor.peek(2)) && this.#faults.isBodyUnclosed()) return false;
      if (misplaced === undefined || !isMisplacedLike(misplaced, token, cursor.peek(2))) {
        misplaced = token;
        this.#reportItem(kind, token);
      }
      this.#skipper.skipItem(1);
    }
  }

  /** Skips to the first element of a list. Returns whether there is one. */
  atFirstElement(kind: ListKind): boolean {
    const cursor = this.#cursor;
    for (let isReported = false; !this.#atListEnd(kind); isReported = true) {
      const token = cursor.peek(1);
      if (this.#startsElement(kind, 1)) return true;
      if (!isReported) this.#reportElement(kind, token);
      if (token.tokenType === t.At) {
        this.#skipper.skipAttribute();
        continue;
      }
      this.#skipper.skipElement(1);
      if (cursor.peek(1).tokenType === t.Comma) cursor.skip();
    }
    return false;
  }

  /**
   * Skips to the comma before the next element of a list, and inserts it when it is missing. Returns whether there is
   * one.
   */
  atNextElement(kind: ListKind): boolean {
    const cursor = this.#cursor;
    for (let isReported = false; ; isReported = true) {
      const token = cursor.peek(1);
      if (token.tokenType === t.Comma) {
        const found = this.#afterComma(kind);
        if (found !== undefined) return found;
        continue;
      }
      if (this.#atListEnd(kind)) return false;
      if (this.#startsElement(kind, 1)) {
        if (!isReported) this.#reportSeparator(kind, token, 'add `,`');
        cursor.insert(1, t.Comma);
        return true;
      }
      if (token.tokenType === t.Semicolon) {
        this.#reportSeparator(kind, token, 'write `,` instead');
        cursor.replace(1, t.Comma);
        continue;
      }
      if (!isReported) this.#reportSeparator(kind, token, undefined);
      this.#skipper.skipElement(1);
    }
  }

  /** At a comma: whether an element follows it. Returns `undefined` when another token followed, which it skipped. */
  #afterComma(kind: ListKind): boolean | undefined {
    const cursor = this.#cursor;
    const next = cursor.peek(2);
    if (next.tokenType === kind.closer || next.tokenType === EOF) return false;
    if (this.#startsElement(kind, 2)) return true;
    if (next.tokenType === t.At && kind.attributes) {
      this.#reportElement(kind, next);
      cursor.skip();
      this.#skipper.skipAttribute();
      cursor.insert(1, t.Comma);
      return undefined;
    }
    if (next.tokenType === t.RBrace || this.#startsItem(kind, 2)) return false;
    this.#reportElement(kind, next);
    cursor.skip();
    if (next.tokenType !== t.Comma) this.#skipper.skipElement(1);
    return undefined;
  }

  #atListEnd(kind: ListKind): boolean {
    const cursor = this.#cursor;
    const token = cursor.peek(1);
    const type = token.tokenType;
    if (type === kind.closer || type === EOF || type === t.RBrace) return true;
    if (type === t.Semicolon) {
      if (kind.closer !== t.RBrace) return true;
      return startsItem(cursor.peek(2), cursor.peek(3)) && !this.#isElement(kind, 2);
    }
    if (this.#startsElement(kind, 1)) return false;
    if (type === t.At) return !kind.attributes;
    return this.#startsItem(kind, 1) || matchesAny(token, kind.ends);
  }

  /** Whether an item seems to begin at a distance. In `tuple<world>` the keyword is meant as the name of a type. */
  #startsItem(kind: ListKind, distance: number): boolean {
    const cursor = this.#cursor;
    const [token, next] = [cursor.peek(distance), cursor.peek(distance + 1)];
    const isTypeName = !kind.names && isKeywordAsName(token, next, [t.Comma, kind.closer]);
    return startsItem(token, next) && !isTypeName;
  }

  /** Whether the token at a distance begins an element; a keyword that is meant as a name becomes one. */
  #startsElement(kind: ListKind, distance: number): boolean {
    const cursor = this.#cursor;
    const token = cursor.peek(distance);
    if (kind.names && this.#isFunction(distance)) return false;
    if (kind === tupleTypes && distance === 1 && takeKeywordAsType(kind.expected, cursor, this.#faults))
      return true;
    if (matchesAny(token, kind.starts)) return true;
    if (!kind.names || !isKeywordAsName(token, cursor.peek(distance + 1), kind.afterName)) return false;
    takeKeywordAsName(distance, cursor, this.#faults);
    return true;
  }

  #isElement(kind: ListKind, distance: number): boolean {
    return matchesAny(this.#cursor.peek(distance), kind.starts) && !this.#isFunction(distance);
  }

  /** Whether `name: func` follows after some tokens. It is then the next item, and the list was not closed. */
  #isFunction(distance: number): boolean {
    const cursor = this.#cursor;
    if (cursor.peek(distance + 1).tokenType !== t.Colon) return false;
    const type = cursor.peek(distance + 2).tokenType;
    // In `record r { a: func }` the keyword is meant as the name of a type.
    if (endsElement.has(cursor.peek(distance + 3).tokenType)) return false;
    return type === t.Func || type === t.Async || type === t.Static || type === t.Interface;
  }

  /** At a keyword before a colon: reports it and turns it into a name. Returns whether it did. */
  #takeKeyword(token: IToken): boolean {
    if (!isKeywordAsName(token, this.#cursor.peek(2), [t.Colon])) return false;
    takeKeywordAsName(1, this.#cursor, this.#faults);
    return true;
  }

  #reportUnmatchedBrace(token: IToken): void {
    this.#faults.report('unmatched-brace', token, 'this `}` has no matching `{`', { help: 'remove it' });
  }

  #reportItem(kind: BodyKind, token: IToken): void {
    const next = this.#cursor.peek(2);
    const help = kind.help(token, next);
    const at = token.tokenType === t.Package && tokenMatcher(next, t.Id) ? next : token;
    const message = `expected ${kind.expected}, found ${describeToken(token)}`;
    this.#faults.report('unexpected-item', at, message, { help });
  }

  #reportElement(kind: ListKind, token: IToken): void {
    if (token.tokenType === t.At) {
      this.#faults.report(
        'misplaced-attribute',
        token,
        `attributes are not allowed before ${kind.expected}`,
        {
          help: 'put them before the item that contains it',
        },
      );
      return;
    }
    const isKeyword = kind === tupleTypes && tokenMatcher(token, t.Keyword);
    const help = isKeyword ? keywordHelp(token) : kind === params ? NAME_AND_TYPE : undefined;
    const message = `expected ${kind.expected}, found ${describeToken(token)}`;
    this.#faults.report('expected-token', token, message, { help });
  }

  #reportSeparator(kind: ListKind, token: IToken, help: string | undefined): void {
    const closer = describeTokenType(kind.closer);
    const message = `expected \`,\` or ${closer} after ${kind.expected}, found ${describeToken(token)}`;
    this.#faults.report('missing-separator', token, message, { help });
  }
}

const endsElement: ReadonlySet<TokenType> = new Set([t.Comma, t.RParen, t.RBrace]);
