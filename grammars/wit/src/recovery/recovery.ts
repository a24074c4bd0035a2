import {
  isRecognitionException,
  MismatchedTokenException,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain';
import type { RecoveryHooks } from '../chevrotain-parser.ts';
import { MAX_NESTING } from '../limits.ts';
import * as t from '../tokens.ts';
import { FaultReporter } from './fault-reporter.ts';
import { ForeignSyntax } from './foreign-syntax.ts';
import { reportKeywordAsName, takeKeywordAsName, takeKeywordAsType } from './keyword-as-name.ts';
import { LoopRecovery } from './loop-recovery.ts';
import { helpBehindKeyword, helpForMissingToken, type Messages } from './messages.ts';
import { Skipper, type SkippedPart } from './skipper.ts';
import type { SyntaxFault } from './syntax-fault.ts';
import type { TokenCursor } from './token-cursor.ts';
import { isKeywordAsName } from './token-queries.ts';
import { repairToken } from './token-repair.ts';

/**
 * The recovery from syntax errors, made for WIT. Chevrotain's own recovery (insert or delete one token, then skip to
 * any token with which some rule on the stack could go on) gives several messages for one mistake in a language where
 * a name may begin an item. Here:
 *
 * - a missing token is inserted, a wrong one replaced, a superfluous one dropped, if the next tokens show that this is
 *   what the author meant (`token-repair.ts`);
 * - every body and every list checks the next token before each round (`loop-recovery.ts`);
 * - every item and element catches the error of a rule inside it, and skips to its own end (`guarded`, `skipper.ts`);
 * - syntax of other languages is understood (`foreign-syntax.ts`);
 * - a second fault about the same token is dropped, because it follows from the first (`fault-reporter.ts`).
 */
export class Recovery implements RecoveryHooks {
  readonly loops: LoopRecovery;
  readonly foreignSyntax: ForeignSyntax;
  readonly #cursor: TokenCursor;
  readonly #messages: Messages;
  readonly #faults: FaultReporter;
  readonly #skipper: Skipper;
  #depth = 0;

  constructor(cursor: TokenCursor, messages: Messages) {
    this.#cursor = cursor;
    this.#messages = messages;
    this.#faults = new FaultReporter(cursor);
    this.#skipper = new Skipper(cursor, this.#faults);
    this.foreignSyntax = new ForeignSyntax(cursor, this.#faults);
    this.loops = new LoopRecovery(cursor, {
      faults: this.#faults,
      skipper: this.#skipper,
      foreignSyntax: this.foreignSyntax,
    });
  }

  /** Begins a text. */
  start(text: string): void {
    this.#faults.start(text);
    this.#depth = 0;
  }

  /** What is wrong with the text, as far as it has been parsed. */
  get faults(): readonly SyntaxFault[] {
    return this.#faults.faults;
  }

  /** Wraps the body of a rule: it catches an error of the rules inside, and skips the rest of the part. */
  guarded(part: SkippedPart, body: () => void): () => void {
    return () => {
      if (this.#cursor.isRecording) {
        body();
        return;
      }
      try {
        body();
      } catch (error) {
        if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
        this.#cursor.markRecovered();
        this.#skipper.skip(part);
      }
    };
  }

  /**
   * Wraps the body of the rule for types like `guarded`, and limits how deep they nest: no other rule recurses freely.
   */
  guardedType(body: () => void): () => void {
    return () => {
      if (this.#cursor.isRecording) {
        body();
        return;
      }
      const before = this.#cursor.position;
      this.#depth += 1;
      try {
        if (this.#depth > MAX_NESTING) this.#tooDeep();
        body();
      } catch (error) {
        if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
        this.#cursor.markRecovered();
        this.#skipper.skipType(before);
      } finally {
        this.#depth -= 1;
      }
    };
  }

  /** Where a name belongs: a keyword followed by one of these tokens is reported, and turned into a name. */
  takeKeywordBefore(...after: readonly TokenType[]): void {
    const cursor = this.#cursor;
    if (cursor.isRecording || !isKeywordAsName(cursor.peek(1), cursor.peek(2), after)) return;
    takeKeywordAsName(1, cursor, this.#faults);
  }

  /** At a path such as `ns:func/i`: `func` would begin the type of something with the label `ns`. */
  takeKeywordInPath(): void {
    const cursor = this.#cursor;
    if (cursor.isRecording || cursor.peek(2).tokenType !== t.Colon) return;
    if (isKeywordAsName(cursor.peek(3), cursor.peek(4), [t.Slash]))
      takeKeywordAsName(3, cursor, this.#faults);
  }

  /** Where a type belongs: a keyword that is not a type is reported, and turned into the name of one. */
  takeKeywordAsType(expected = 'a type'): void {
    if (!this.#cursor.isRecording) takeKeywordAsType(expected, this.#cursor, this.#faults);
  }

  onError(error: IRecognitionException): void {
    const expected = this.#messages.takeExpected();
    const { token, message } = error;
    const cursor = this.#cursor;
    if (expected === t.Id && isKeywordAsName(token, cursor.peek(2), undefined)) {
      reportKeywordAsName(token, cursor, this.#faults);
      return;
    }
    const isUnclosed = expected === t.RBrace;
    const before = [cursor.peek(0), cursor.peek(-1), cursor.peek(-2), cursor.peek(-3)] as const;
    this.#faults.report(isUnclosed ? 'unclosed-brace' : 'expected-token', token, message, {
      help: helpBehindKeyword(token, before) ?? helpForMissingToken(expected, cursor.ruleName, token),
      related: isUnclosed ? cursor.openingBrace() : undefined,
      // Without `;` the package's name ends its line, and the next token has nothing to do with it.
      isBehind: cursor.ruleName === 'packageItem' && expected === undefined && this.#faults.startsLine(token),
    });
  }

  repair(expected: TokenType): IToken | undefined {
    return repairToken(expected, this.#cursor, this.#faults);
  }

  #tooDeep(): never {
    const token = this.#cursor.peek(1);
    const message = `types nest more than ${MAX_NESTING} levels deep here`;
    this.#faults.report('nesting-too-deep', token, message, {
      help: 'give the inner type a name with `type`',
    });
    throw new MismatchedTokenException(message, token, this.#cursor.peek(0));
  }
}
