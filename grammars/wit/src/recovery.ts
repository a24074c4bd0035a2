import {
  EOF,
  isRecognitionException,
  MismatchedTokenException,
  tokenMatcher,
  type IToken,
  type TokenType,
} from 'chevrotain';
import { params } from './kinds.ts';
import { describeToken, describeTokenType, NAME_AND_TYPE } from './messages.ts';
import {
  firstMatch,
  insertable,
  isStrayToo,
  junk,
  keywordFits,
  startsItem,
  substitutes,
  type BodyKind,
  type ListKind,
} from './repairs.ts';
import { HabitParser } from './habit-parser.ts';
import type { Sync } from './skipping-parser.ts';
import * as t from './tokens.ts';

/** Types nested deeper than this are refused, as in the reference, and no parse recurses further. */
export const MAX_NESTING = 100;

/**
 * A chevrotain parser with recovery made for WIT. Chevrotain's own (insert or delete one token, skip to any token that
 * some rule on the stack could go on with) costs several messages for one mistake in a language where a name may
 * start an item. Here:
 *
 * - a missing token is put in where what follows shows that it is missing (`insertable`), a wrong one is replaced
 *   (`substitutes`), a superfluous one is dropped;
 * - every body and every list looks at the next token before each round and skips, with one message, what can begin
 *   nothing there (`nextItem`, `firstElement`, `nextElement`);
 * - every item and element catches what went wrong inside and skips to its own end (`guarded`);
 * - a second message about the same token is never the cause, and is dropped (`report`).
 */
export abstract class RecoveringParser extends HabitParser {
  #depth = 0;

  override start(text: string, tokens: IToken[]): void {
    super.start(text, tokens);
    this.#depth = 0;
  }

  /** Wraps a rule's body: what goes wrong inside is caught here, and the rest of the item or element skipped. */
  protected guarded(sync: Sync, body: () => void): () => void {
    return () => {
      if (this.RECORDING_PHASE) {
        body();
        return;
      }
      try {
        body();
      } catch (error) {
        if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
        const node: { recoveredNode?: boolean } = this.currCSTNode;
        node.recoveredNode = true;
        this.skip(sync);
      }
    };
  }

  /** Like `guarded`, for types: the one rule that recurses without bound, and that angles enclose. */
  protected nested(body: () => void): () => void {
    return () => {
      if (this.RECORDING_PHASE) {
        body();
        return;
      }
      const before = this.currIdx;
      this.#depth += 1;
      try {
        if (this.#depth > MAX_NESTING) this.#tooDeep();
        body();
      } catch (error) {
        if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
        const node: { recoveredNode?: boolean } = this.currCSTNode;
        node.recoveredNode = true;
        this.skipType(before);
      } finally {
        this.#depth -= 1;
      }
    };
  }

  /** Before each round of a body's loop: whether an item of this kind comes next. Skips what is none. */
  protected nextItem(kind: BodyKind): boolean {
    let stray: IToken | undefined;
    for (;;) {
      const token = this.LA(1);
      if (token.tokenType === EOF) return false;
      if (token.tokenType === t.RBrace) {
        if (kind.closed) return false;
        // Stray items before it were meant to stand in what it closes; and where one is too much, so are the next.
        if (stray === undefined)
          this.report('unmatched-brace', token, 'this `}` closes nothing', { help: 'remove it' });
        stray = token;
        this.SKIP_TOKEN();
        continue;
      }
      if (this.respellItem(kind)) continue;
      if (firstMatch(token, kind.starts)) {
        // `use: func()`: the author wants a name.
        if (kind.names && tokenMatcher(token, t.Keyword)) this.fixName(t.Colon);
        return true;
      }
      if (kind.names && this.fixName(t.Colon)) return true;
      if (kind.closed && startsItem(token, this.LA(2)) && this.isUnclosed()) return false;
      if (stray !== undefined && isStrayToo(stray, token, this.LA(2))) {
        this.skip('item', 1);
        continue;
      }
      stray = token;
      const help = kind.help(token, this.LA(2));
      const at = token.tokenType === t.Package && tokenMatcher(this.LA(2), t.Id) ? this.LA(2) : token;
      this.report('unexpected-item', at, `expected ${kind.expected}, found ${describeToken(token)}`, {
        help,
      });
      this.skip('item', 1);
    }
  }

  /** Before the first element of a list: whether there is one. Skips what is none. */
  protected firstElement(kind: ListKind): boolean {
    for (let stray = false; !this.#atListEnd(kind); stray = true) {
      const token = this.LA(1);
      if (this.#startsElement(kind, 1)) return true;
      if (!stray) this.#reportElement(kind, token);
      if (token.tokenType === t.At) {
        this.skipAttribute();
        continue;
      }
      this.skip('element', 1);
      if (this.LA(1).tokenType === t.Comma) this.SKIP_TOKEN();
    }
    return false;
  }

  /** Before each further round of a list's loop: whether a comma and an element come. Mends missing commas. */
  protected nextElement(kind: ListKind): boolean {
    for (let stray = false; ; stray = true) {
      const token = this.LA(1);
      if (token.tokenType === t.Comma) {
        const next = this.LA(2);
        if (next.tokenType === kind.closer || next.tokenType === EOF) return false;
        if (this.#startsElement(kind, 2)) return true;
        if (next.tokenType === t.At && kind.attributes) {
          this.#reportElement(kind, next);
          this.SKIP_TOKEN();
          this.skipAttribute();
          this.insertAhead(1, t.Comma);
          continue;
        }
        if (next.tokenType === t.RBrace || startsItem(next, this.LA(3))) return false;
        this.#reportElement(kind, next);
        this.SKIP_TOKEN();
        if (next.tokenType !== t.Comma) this.skip('element', 1);
        continue;
      }
      if (this.#atListEnd(kind)) return false;
      if (this.#startsElement(kind, 1)) {
        if (!stray) this.#reportSeparator(kind, token, 'add `,`');
        this.insertAhead(1, t.Comma);
        return true;
      }
      if (token.tokenType === t.Semicolon) {
        this.#reportSeparator(kind, token, 'write `,` instead');
        this.replaceAhead(1, t.Comma);
        continue;
      }
      if (!stray) this.#reportSeparator(kind, token, undefined);
      this.skip('element', 1);
    }
  }

  /**
   * Where a name is wanted and a keyword stands, followed by `after`: says so, and goes on as if it were a name.
   * Returns whether a keyword was taken.
   */
  protected fixName(...after: readonly TokenType[]): boolean {
    if (this.RECORDING_PHASE || !keywordFits(this.LA(1), this.LA(2), after)) return false;
    this.#keywordAsName(1);
    return true;
  }

  /** Replaces chevrotain's choice between inserting, deleting and giving up. Called after the error was saved. */
  tryInRuleRecovery(expected: TokenType): IToken {
    const next = this.LA(1);
    const afterNext = this.LA(2);
    if (expected === t.Id && keywordFits(next, afterNext, undefined) && !this.startsLine(next)) {
      this.replaceAhead(1, t.Id);
      this.SKIP_TOKEN();
      return this.LA(0);
    }
    const isTwice = next.image === this.LA(0).image;
    const isJunk = junk(next, afterNext) && !this.startsLine(next);
    if (tokenMatcher(afterNext, expected) && (isTwice || isJunk)) {
      this.SKIP_TOKEN();
      this.SKIP_TOKEN();
      return this.LA(0);
    }
    if (substitutes(expected, next, afterNext)) {
      this.SKIP_TOKEN();
      return this.getTokenToInsert(expected);
    }
    if (next.tokenType === EOF || this.startsLine(next) || insertable(expected, next, afterNext)) {
      return this.getTokenToInsert(expected);
    }
    const giveUp = new Error('no repair within the rule');
    giveUp.name = 'InRuleRecoveryException';
    throw giveUp;
  }

  /** Replaces chevrotain's walk over the grammar, which nothing here asks for and which is slow. */
  getFollowsForInRuleRecovery(): TokenType[] {
    return [];
  }

  /** Replaces chevrotain's skipping inside loops: `nextItem` and `nextElement` do it. */
  shouldInRepetitionRecoveryBeTried(): boolean {
    return false;
  }

  #tooDeep(): never {
    const token = this.LA(1);
    const message = `types nest more than ${MAX_NESTING} levels deep here`;
    this.report('nesting-too-deep', token, message, { help: 'give the inner type a name with `type`' });
    throw new MismatchedTokenException(message, token, this.LA(0));
  }

  #atListEnd(kind: ListKind): boolean {
    const token = this.LA(1);
    if (token.tokenType === kind.closer || token.tokenType === EOF || token.tokenType === t.RBrace)
      return true;
    if (token.tokenType === t.Semicolon)
      return kind.closer !== t.RBrace || (startsItem(this.LA(2), this.LA(3)) && !this.#isElement(kind, 2));
    if (this.#startsElement(kind, 1)) return false;
    if (token.tokenType === t.At) return !kind.attributes;
    return startsItem(token, this.LA(2)) || firstMatch(token, kind.ends);
  }

  /** Whether the token so far ahead begins an element; a keyword that is meant as a name becomes one. */
  #startsElement(kind: ListKind, ahead: number): boolean {
    const token = this.LA(ahead);
    const next = this.LA(ahead + 1);
    if (kind.names && this.#isFunction(ahead)) return false;
    if (firstMatch(token, kind.starts)) return true;
    if (!kind.names || !keywordFits(token, next, kind.afterName)) return false;
    this.#keywordAsName(ahead);
    return true;
  }

  #isElement(kind: ListKind, ahead: number): boolean {
    return firstMatch(this.LA(ahead), kind.starts) && !this.#isFunction(ahead);
  }

  /** `name: func`, which is the next item and no element of a list that was not closed. */
  #isFunction(ahead: number): boolean {
    if (this.LA(ahead + 1).tokenType !== t.Colon) return false;
    const type = this.LA(ahead + 2).tokenType;
    return type === t.Func || type === t.Async || type === t.Static || type === t.Interface;
  }

  #reportElement(kind: ListKind, token: IToken): void {
    if (token.tokenType === t.At) {
      this.report('misplaced-attribute', token, `attributes cannot stand before ${kind.expected}`, {
        help: 'put them before the item that contains it',
      });
      return;
    }
    const help = kind === params ? NAME_AND_TYPE : undefined;
    this.report('expected-token', token, `expected ${kind.expected}, found ${describeToken(token)}`, {
      help,
    });
  }

  #reportSeparator(kind: ListKind, token: IToken, help: string | undefined): void {
    const closer = describeTokenType(kind.closer);
    const message = `expected \`,\` or ${closer} after ${kind.expected}, found ${describeToken(token)}`;
    this.report('missing-separator', token, message, { help });
  }

  #keywordAsName(ahead: number): void {
    this.reportKeyword(this.LA(ahead));
    this.replaceAhead(ahead, t.Id);
  }
}
