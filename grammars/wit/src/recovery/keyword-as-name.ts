import type { IToken, TokenType } from 'chevrotain';
import * as t from '../tokens.ts';
import type { FaultReporter } from './fault-reporter.ts';
import { describeToken, keywordHelp, ruleWithArticle } from './messages.ts';
import type { TokenCursor } from './token-cursor.ts';
import { isKeywordAsName, matchesAny, typeStarts } from './token-queries.ts';

/** Reports the keyword at a distance, and turns it into a name. */
export function takeKeywordAsName(distance: number, cursor: TokenCursor, faults: FaultReporter): void {
  reportKeywordAsName(cursor.peek(distance), cursor, faults);
  cursor.replace(distance, t.Id);
}

/** Reports a keyword that stands instead of a name. */
export function reportKeywordAsName(token: IToken, cursor: TokenCursor, faults: FaultReporter): void {
  const isHandle = cursor.ruleName === 'ownType' || cursor.ruleName === 'borrowType';
  const expected = isHandle ? 'the name of a resource' : 'a name';
  const isType = isHandle && matchesAny(token, typeStarts);
  const help = `${isType ? 'only resources have handles; ' : ''}${keywordHelp(token)}`;
  faults.report('keyword-as-name', token, `expected ${expected}, found ${describeToken(token)}`, { help });
}

/** Tokens behind a type. */
const afterType: readonly TokenType[] = [t.Comma, t.RAngle, t.RParen, t.Semicolon, t.RBrace];

/** Keywords that begin a type only with `<` behind them, and the rules that they begin. */
const generics: ReadonlyMap<TokenType, string> = new Map([
  [t.Tuple, 'tupleType'],
  [t.List, 'listType'],
  [t.MapKeyword, 'mapType'],
  [t.Option, 'optionType'],
  [t.Own, 'ownType'],
  [t.Borrow, 'borrowType'],
]);

/**
 * Where a type belongs: reports a keyword that stands alone and is not a type, such as `record` or `option`, and turns
 * it into a name. Returns whether it did.
 *
 * @param expected what belongs there, for the message
 */
export function takeKeywordAsType(expected: string, cursor: TokenCursor, faults: FaultReporter): boolean {
  const token = cursor.peek(1);
  const next = cursor.peek(2);
  const isEmptyOk = token.tokenType === t.Underscore && cursor.ruleName === 'resultType';
  if (isEmptyOk || !isKeywordAsName(token, next, afterType)) return false;
  const generic = generics.get(token.tokenType);
  if (generic !== undefined) {
    const message = `expected \`<\` in ${ruleWithArticle(generic)}, found ${describeToken(next)}`;
    faults.report('expected-token', next, message, {
      help: `write \`${token.image}<…>\`, or \`%${token.image}\` to use the keyword as a name`,
    });
  } else if (matchesAny(token, typeStarts)) return false;
  else {
    const message = `expected ${expected}, found ${describeToken(token)}`;
    faults.report('expected-token', token, message, { help: keywordHelp(token) });
  }
  cursor.replace(1, t.Id);
  return true;
}
