import type { IToken } from 'chevrotain';
import * as t from '../tokens.ts';
import type { FaultReporter } from './fault-reporter.ts';
import { describeToken, keywordHelp } from './messages.ts';
import type { TokenCursor } from './token-cursor.ts';
import { matchesAny, typeStarts } from './token-queries.ts';

/** Reports the keyword at a distance, and turns it into a name. */
export function takeKeywordAsName(distance: number, cursor: TokenCursor, faults: FaultReporter): void {
  reportKeywordAsName(cursor.peek(distance), cursor, faults);
  cursor.replace(distance, t.Id);
}

/** Reports a keyword that stands in the place of a name. */
export function reportKeywordAsName(token: IToken, cursor: TokenCursor, faults: FaultReporter): void {
  const isHandle = cursor.ruleName === 'ownType' || cursor.ruleName === 'borrowType';
  const expected = isHandle ? 'the name of a resource' : 'a name';
  const help = isHandle && matchesAny(token, typeStarts) ? 'only resources have handles' : keywordHelp(token);
  faults.report('keyword-as-name', token, `expected ${expected}, found ${describeToken(token)}`, { help });
}
