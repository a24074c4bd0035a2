import { EOF, tokenMatcher, type IToken, type TokenType } from 'chevrotain';
import * as t from '../tokens.ts';
import type { FaultReporter } from './fault-reporter.ts';
import type { TokenCursor } from './token-cursor.ts';
import { isKeywordAsName, matchesAny, startsItem, typeStarts } from './token-queries.ts';

/**
 * Repairs one token where another was expected, so that the rule can go on. Called after the fault was reported.
 * Returns the token to use: a keyword taken as the expected name, the expected token behind a superfluous one, or an
 * empty token in place of a wrong or missing one. Returns `undefined` when none of these is likely to be what the
 * author meant.
 */
export function repairToken(
  expected: TokenType,
  cursor: TokenCursor,
  faults: FaultReporter,
): IToken | undefined {
  const next = cursor.peek(1);
  const afterNext = cursor.peek(2);
  if (expected === t.Id && isKeywordAsName(next, afterNext, undefined)) {
    cursor.replace(1, t.Id);
    cursor.skip();
    return cursor.peek(0);
  }
  const isRepeated = next.image === cursor.peek(0).image;
  const isSuperfluous = isDroppable(next, afterNext) && !faults.startsLine(next);
  if (tokenMatcher(afterNext, expected) && (isRepeated || isSuperfluous)) {
    cursor.skip();
    cursor.skip();
    return cursor.peek(0);
  }
  if (isSubstitute(expected, next, afterNext)) {
    cursor.skip();
    return cursor.emptyToken(expected);
  }
  if (next.tokenType === EOF || faults.startsLine(next) || isMissing(expected, next, afterNext)) {
    return cursor.emptyToken(expected);
  }
  return undefined;
}

const structure: ReadonlySet<TokenType> = new Set([
  EOF,
  t.LBrace,
  t.RBrace,
  t.LParen,
  t.RParen,
  t.LAngle,
  t.RAngle,
  t.Semicolon,
  t.Comma,
]);

/** Whether a token can be dropped without changing how the rest of the text nests. */
function isDroppable(token: IToken, next: IToken): boolean {
  return !structure.has(token.tokenType) && !startsItem(token, next);
}

/** Whether the author wrote one token for another: `type a: u32`, `type a = u32,`. */
function isSubstitute(expected: TokenType, actual: IToken, next: IToken): boolean {
  switch (expected) {
    case t.Equals:
      return actual.tokenType === t.Colon;
    case t.Colon:
      return actual.tokenType === t.Equals;
    case t.Semicolon:
      return (
        (actual.tokenType === t.Comma || actual.tokenType === t.Dot) &&
        (next.tokenType === t.RBrace || next.tokenType === EOF || startsItem(next, next))
      );
    default:
      return false;
  }
}

/** Whether the next tokens show that the expected token is merely missing. */
function isMissing(expected: TokenType, actual: IToken, next: IToken): boolean {
  const type = actual.tokenType;
  switch (expected) {
    case t.Semicolon:
      return type === t.RBrace || startsItem(actual, next);
    case t.RBrace:
    case t.Colon:
      return true;
    case t.LBrace:
      return type !== t.Semicolon;
    case t.RParen:
      return [t.Arrow, t.Semicolon, t.RBrace, t.LBrace, t.Comma].includes(type) || startsItem(actual, next);
    case t.RAngle:
      return [t.Semicolon, t.RBrace, t.LBrace, t.RParen, t.Comma, t.RAngle].includes(type);
    case t.LAngle:
      return matchesAny(actual, typeStarts) && [t.RAngle, t.LAngle, t.Comma].includes(next.tokenType);
    case t.LParen:
      return [t.Arrow, t.Semicolon, t.RParen].includes(type) || tokenMatcher(actual, t.Id);
    case t.Comma:
    case t.Equals:
      return matchesAny(actual, typeStarts) || type === t.Semver;
    case t.Dot:
      return type === t.LBrace;
    case t.Func:
      return type === t.LParen;
    case t.Version:
      return type === t.Semver || type === t.Equals || type === t.RParen;
    case t.Feature:
      return (
        type === t.Equals || type === t.RParen || (tokenMatcher(actual, t.Id) && next.tokenType === t.RParen)
      );
    case t.Semver:
    case t.StringLiteral:
    case t.Integer:
      return [t.Semicolon, t.LBrace, t.RParen, t.RAngle, t.Dot].includes(type);
    case t.Id:
      return structure.has(type) || [t.Colon, t.Equals, t.Slash, t.Dot, t.At].includes(type);
    default:
      return false;
  }
}
