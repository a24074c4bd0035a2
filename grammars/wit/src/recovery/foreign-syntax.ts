import { tokenMatcher, type IToken } from 'chevrotain';
import * as t from '../tokens.ts';
import type { BodyKind } from './body-and-list-kinds.ts';
import type { FaultReporter } from './fault-reporter.ts';
import {
  foreignGeneric,
  foreignKeyword,
  isFunctionWord,
  isPlainName,
  isPrefixWord,
} from './foreign-words.ts';
import { describeToken, describeTokenType } from './messages.ts';
import type { TokenCursor } from './token-cursor.ts';
import { isKeywordAsName, matchesAny, typeStarts } from './token-queries.ts';

/**
 * Understands syntax of other languages and of old WIT: reports it once with what to write in WIT, and changes the
 * tokens as if that had been written, so that the rest is checked too.
 */
export class ForeignSyntax {
  readonly #cursor: TokenCursor;
  readonly #faults: FaultReporter;

  constructor(cursor: TokenCursor, faults: FaultReporter) {
    this.#cursor = cursor;
    this.#faults = faults;
  }

  /**
   * Rewrites the start of an item: `struct r {`, `fn f(`, `f(`, `pub record`, `inteface`. Returns whether it changed
   * anything.
   */
  rewriteItem(kind: BodyKind): boolean {
    const cursor = this.#cursor;
    const [token, next] = [cursor.peek(1), cursor.peek(2)];
    // In `export record: func()` the keyword is meant as a name.
    const isName = isKeywordAsName(next, cursor.peek(3), [t.Colon, t.Semicolon]);
    if (isPrefixWord(token) && tokenMatcher(next, t.Keyword) && matchesAny(next, kind.starts) && !isName) {
      this.#reportItem(kind, token, `remove \`${token.image}\``);
      cursor.skip();
      return true;
    }
    if (kind.names && isFunctionWord(token) && cursor.peek(3).tokenType === t.LParen) {
      const help = `write \`${next.image}: func(…)\``;
      if (token.tokenType === t.Func) this.#reportItem(kind, token, help);
      else this.#reportColon(next, help);
      cursor.skip();
      this.#insertFuncAfterName();
      return true;
    }
    if (kind.names && isPlainName(token) && next.tokenType === t.LParen) {
      this.#reportColon(next, `write \`${token.image}: func(…)\``);
      this.#insertFuncAfterName();
      return true;
    }
    return this.#rewriteKeyword(kind, token, next);
  }

  /** Rewrites the name of a type with parameters: `Vec<u8>`, `expected<a, b>`. */
  rewriteType(): void {
    const cursor = this.#cursor;
    if (cursor.isRecording || cursor.peek(2).tokenType !== t.LAngle) return;
    const token = cursor.peek(1);
    const meant = foreignGeneric(token);
    if (meant === undefined) return;
    const help = `write \`${String(meant.PATTERN)}<…>\``;
    this.#faults.report('unknown-type', token, `type \`${token.image}\` does not exist`, { help });
    cursor.replace(1, meant);
  }

  /** Rewrites what stands before the result of a function: `f: func(): u8`, `=> u8`. */
  rewriteArrow(): void {
    const cursor = this.#cursor;
    if (cursor.isRecording) return;
    const [token, next] = [cursor.peek(1), cursor.peek(2)];
    const isFatArrow = token.tokenType === t.Equals && next.tokenType === t.RAngle;
    const isColon = token.tokenType === t.Colon && matchesAny(next, typeStarts);
    if (!isFatArrow && !isColon) return;
    const found = isFatArrow ? '=>' : ':';
    this.#faults.report('expected-token', token, `expected \`->\` before a result, found \`${found}\``, {
      help: 'write `->` instead',
    });
    cursor.replace(1, t.Arrow);
    if (isFatArrow) cursor.remove(2);
  }

  /**
   * Rewrites what follows `import` and `export`: `log(message: string);`, `log func(message: string);`, and `pkg.log`
   * of old WIT.
   */
  rewriteExtern(): void {
    const cursor = this.#cursor;
    if (cursor.isRecording) return;
    const [token, next, after] = [cursor.peek(1), cursor.peek(2), cursor.peek(3)];
    if (isPlainName(token) && next.tokenType === t.LParen) {
      this.#reportColon(next, `write \`${token.image}: func(…)\``);
      this.#insertFuncAfterName();
    } else if (isPlainName(token) && startsExternType(next, after)) {
      const form =
        next.tokenType === t.Interface
          ? 'interface { … }'
          : next.tokenType === t.Async
            ? 'async func(…)'
            : 'func(…)';
      this.#faults.report(
        'expected-token',
        next,
        `expected ${describeTokenType(t.Colon)} in an import or export, found ${describeToken(next)}`,
        { help: `write \`${token.image}: ${form}\`` },
      );
      cursor.insert(2, t.Colon);
    } else if (isOldRoot(token) && next.tokenType === t.Dot && tokenMatcher(after, t.Id)) {
      this.#faults.report('expected-token', next, 'expected `;` in an import or export, found `.`', {
        help: `write only \`${after.image}\``,
      });
      cursor.skip();
      cursor.skip();
    }
  }

  #rewriteKeyword(kind: BodyKind, token: IToken, next: IToken): boolean {
    const isFollowedByName = tokenMatcher(next, t.Id) || tokenMatcher(next, t.Keyword);
    if (next.tokenType === t.Colon || !isFollowedByName) return false;
    const meant = foreignKeyword(token, kind.starts);
    if (meant === undefined) return false;
    const word = String(meant.keyword.PATTERN);
    const help = meant.isMistyped
      ? `did you mean \`${word}\`?`
      : `WIT has no \`${token.image}\`: write \`${word} ${next.image}\``;
    if (kind.names) this.#reportColon(next, help);
    else this.#reportItem(kind, token, help);
    this.#cursor.replace(1, meant.keyword);
    return true;
  }

  #reportItem(kind: BodyKind, token: IToken, help: string): void {
    const message = `expected ${kind.expected}, found ${describeToken(token)}`;
    this.#faults.report('unexpected-item', token, message, { help });
  }

  #reportColon(token: IToken, help: string): void {
    const message = `expected ${describeTokenType(t.Colon)} in a function, found ${describeToken(token)}`;
    this.#faults.report('expected-token', token, message, { help });
  }

  #insertFuncAfterName(): void {
    this.#cursor.insert(2, t.Func);
    this.#cursor.insert(2, t.Colon);
  }
}

/** Returns true at a type such as `func(`, `async func` or `interface {`, without the colon before it. */
function startsExternType(token: IToken, next: IToken): boolean {
  switch (token.tokenType) {
    case t.Func:
      return next.tokenType === t.LParen;
    case t.Async:
      return next.tokenType === t.Func;
    case t.Interface:
      return next.tokenType === t.LBrace;
    default:
      return false;
  }
}

function isOldRoot(token: IToken): boolean {
  return isPlainName(token) && (token.image === 'pkg' || token.image === 'self');
}
