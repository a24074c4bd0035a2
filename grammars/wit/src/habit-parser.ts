import { tokenMatcher, type IToken } from 'chevrotain';
import { isFunctionWord, isPlainName, isPrefix, meantGeneric, meantKeyword } from './habits.ts';
import { describeToken, describeTokenType } from './messages.ts';
import { firstMatch, typeStarts, type BodyKind } from './repairs.ts';
import { SkippingParser } from './skipping-parser.ts';
import * as t from './tokens.ts';

/**
 * Understands what is written as in another language: says so once, with what to write, and goes on as if it had been
 * written. What is inside is then checked too.
 */
export abstract class HabitParser extends SkippingParser {
  /** At an item that cannot begin like this: `struct r {`, `fn f(`, `f(`, `pub record`, `inteface`. */
  protected respellItem(kind: BodyKind): boolean {
    const [token, next] = [this.LA(1), this.LA(2)];
    if (isPrefix(token) && tokenMatcher(next, t.Keyword) && firstMatch(next, kind.starts)) {
      this.#reportItem(kind, token, `remove \`${token.image}\``);
      this.SKIP_TOKEN();
      return true;
    }
    if (kind.names && isFunctionWord(token) && this.LA(3).tokenType === t.LParen) {
      const help = `write \`${next.image}: func(…)\``;
      if (token.tokenType === t.Func) this.#reportItem(kind, token, help);
      else this.#reportColon(next, help);
      this.SKIP_TOKEN();
      this.#insertFunc();
      return true;
    }
    if (kind.names && isPlainName(token) && next.tokenType === t.LParen) {
      this.#reportColon(next, `write \`${token.image}: func(…)\``);
      this.#insertFunc();
      return true;
    }
    return this.#respellKeyword(kind, token, next);
  }

  /** At a type: `Vec<u8>`, `expected<a, b>`. */
  protected respellType(): void {
    if (this.RECORDING_PHASE || this.LA(2).tokenType !== t.LAngle) return;
    const token = this.LA(1);
    const meant = meantGeneric(token);
    if (meant === undefined) return;
    const help = `write \`${String(meant.PATTERN)}<…>\``;
    this.report('unknown-type', token, `type \`${token.image}\` does not exist`, { help });
    this.replaceAhead(1, meant);
  }

  /** Before the result of a function: `f: func(): u8`, `=> u8`. */
  protected respellArrow(): void {
    if (this.RECORDING_PHASE) return;
    const [token, next] = [this.LA(1), this.LA(2)];
    const isFat = token.tokenType === t.Equals && next.tokenType === t.RAngle;
    if (!isFat && (token.tokenType !== t.Colon || !firstMatch(next, typeStarts))) return;
    this.report('expected-token', token, `expected \`->\` before a result, found \`${isFat ? '=>' : ':'}\``, {
      help: 'write `->` instead',
    });
    this.replaceAhead(1, t.Arrow);
    if (isFat) this.removeAhead(2);
  }

  /** After `import` and `export`: `log(message: string);`, and `pkg.log`, as it was once. */
  protected respellExtern(): void {
    if (this.RECORDING_PHASE) return;
    const [token, next, after] = [this.LA(1), this.LA(2), this.LA(3)];
    if (isPlainName(token) && next.tokenType === t.LParen) {
      this.#reportColon(next, `write \`${token.image}: func(…)\``);
      this.#insertFunc();
    } else if (isOldRoot(token) && next.tokenType === t.Dot && tokenMatcher(after, t.Id)) {
      this.report('expected-token', next, 'expected `;` in an import or export, found `.`', {
        help: `write \`${after.image}\` alone`,
      });
      this.SKIP_TOKEN();
      this.SKIP_TOKEN();
    }
  }

  #respellKeyword(kind: BodyKind, token: IToken, next: IToken): boolean {
    if (next.tokenType === t.Colon || !(tokenMatcher(next, t.Id) || tokenMatcher(next, t.Keyword)))
      return false;
    const meant = meantKeyword(token, kind.starts);
    if (meant === undefined) return false;
    const word = String(meant.keyword.PATTERN);
    const help = meant.mistyped
      ? `did you mean \`${word}\`?`
      : `write \`${word} ${next.image}\`: there is no \`${token.image}\` in WIT`;
    if (kind.names) this.#reportColon(next, help);
    else this.#reportItem(kind, token, help);
    this.replaceAhead(1, meant.keyword);
    return true;
  }

  #reportItem(kind: BodyKind, token: IToken, help: string): void {
    const message = `expected ${kind.expected}, found ${describeToken(token)}`;
    this.report('unexpected-item', token, message, { help });
  }

  #reportColon(token: IToken, help: string): void {
    const message = `expected ${describeTokenType(t.Colon)} in a function, found ${describeToken(token)}`;
    this.report('expected-token', token, message, { help });
  }

  /** Puts `: func` behind the next token. */
  #insertFunc(): void {
    this.insertAhead(2, t.Func);
    this.insertAhead(2, t.Colon);
  }
}

function isOldRoot(token: IToken): boolean {
  return isPlainName(token) && (token.image === 'pkg' || token.image === 'self');
}
