import type { IToken } from 'chevrotain';
import * as t from '../tokens.ts';
import type { FaultReporter } from './fault-reporter.ts';
import { describeToken } from './messages.ts';
import type { TokenCursor } from './token-cursor.ts';

/** Reports the keyword at a distance, and turns it into a name. */
export function takeKeywordAsName(distance: number, cursor: TokenCursor, faults: FaultReporter): void {
  reportKeywordAsName(cursor.peek(distance), cursor, faults);
  cursor.replace(distance, t.Id);
}

/** Reports a keyword that stands in the place of a name. */
export function reportKeywordAsName(token: IToken, cursor: TokenCursor, faults: FaultReporter): void {
  const isHandle = cursor.ruleName === 'ownType' || cursor.ruleName === 'borrowType';
  const [expected, help] = isHandle
    ? ['the name of a resource', 'only resources have handles']
    : ['a name', `write \`%${token.image}\` to use the keyword as a name`];
  faults.report('keyword-as-name', token, `expected ${expected}, found ${describeToken(token)}`, { help });
}
