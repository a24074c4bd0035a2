import {
  CstParser,
  EOF,
  tokenMatcher,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain';
import type { SyntaxFault } from './faults.ts';
import { describeToken, helpFor, Messages } from './messages.ts';
import { keywordFits } from './repairs.ts';
import * as t from './tokens.ts';

/**
 * A chevrotain parser that reports what is wrong as `SyntaxFault`s, each token at most once, and that can change its
 * input as it goes. Methods of chevrotain without a TypeScript declaration that are replaced here or in the classes
 * above say so; the dependency is pinned to an exact version for that reason.
 */
export abstract class FaultParser extends CstParser {
  faults: SyntaxFault[] = [];
  readonly #messages: Messages;
  #text = '';
  #reportedAt = -1;
  /** Of chevrotain: the number of tokens of the input. Grows with every token put in. */
  declare private tokVectorLength: number;
  /** Of chevrotain: the index of the token consumed last. */
  declare protected currIdx: number;

  constructor(skipValidations: boolean) {
    const messages = new Messages();
    super(t.allTokens, {
      recoveryEnabled: true,
      nodeLocationTracking: 'onlyOffset',
      maxLookahead: 2,
      errorMessageProvider: messages,
      skipValidations,
    });
    this.#messages = messages;
  }

  /** Sets the input. The array is the parser's from now on: repairs change it. */
  start(text: string, tokens: IToken[]): void {
    this.input = tokens;
    this.#text = text;
    this.faults = [];
    this.#reportedAt = -1;
  }

  /** Replaces chevrotain's list of errors by `faults`. */
  SAVE_ERROR(error: IRecognitionException): IRecognitionException {
    const expected = this.#messages.expected;
    this.#messages.expected = undefined;
    const token = error.token;
    if (expected === t.Id && tokenMatcher(token, t.Keyword) && keywordFits(token, this.LA(2), undefined)) {
      this.reportKeyword(token);
    } else {
      const opener = expected === t.RBrace ? this.currCSTNode.children['LBrace']?.[0] : undefined;
      this.report(expected === t.RBrace ? 'unclosed-brace' : 'expected-token', token, error.message, {
        help: helpFor(expected, this.currCSTNode.name),
        // `reccord r { … }` reads like a function `reccord` without a colon.
        mistyped:
          expected === t.Colon && isFunctionRule(this.currCSTNode.name) ? this.LA(0).image : undefined,
        related: opener !== undefined && 'image' in opener && opener.image !== '' ? opener : undefined,
      });
    }
    return error;
  }

  /** Records a fault about a token, unless one about the same token is there already. */
  protected report(
    code: string,
    token: IToken,
    message: string,
    more: { help?: string | undefined; related?: IToken | undefined; mistyped?: string | undefined } = {},
  ): void {
    const start = token.tokenType === EOF ? this.#text.length : token.startOffset;
    if (start === this.#reportedAt) return;
    this.#reportedAt = start;
    // The lexer reported it.
    if (token.tokenType === t.UnterminatedString || this.LA(0).tokenType === t.UnterminatedString) return;
    const { help, related, mistyped } = more;
    this.faults.push({
      code,
      message,
      start,
      end: token.tokenType === EOF ? this.#text.length : start + token.image.length,
      ...(help === undefined ? {} : { help }),
      ...(mistyped === undefined ? {} : { mistyped }),
      ...(related === undefined
        ? {}
        : {
            related: [
              {
                message: 'opened here',
                start: related.startOffset,
                end: related.startOffset + related.image.length,
              },
            ],
          }),
    });
  }

  /** Says that a keyword stands where a name is wanted. */
  protected reportKeyword(token: IToken): void {
    if (/^(?:own|borrow)Type$/u.test(this.currCSTNode.name)) {
      this.report(
        'keyword-as-name',
        token,
        `expected the name of a resource, found ${describeToken(token)}`,
        {
          help: 'only resources have handles',
        },
      );
      return;
    }
    this.report('keyword-as-name', token, `expected a name, found ${describeToken(token)}`, {
      help: `write \`%${token.image}\` to use the keyword as a name`,
    });
  }

  /** A token for what is missing, without a text. */
  protected override getTokenToInsert(type: TokenType): IToken {
    const previous = this.LA(0);
    const offset = previous.tokenType === EOF ? 0 : previous.startOffset + previous.image.length;
    return {
      image: '',
      startOffset: offset,
      endOffset: offset - 1,
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx!,
      isInsertedInRecovery: true,
    };
  }

  /** Makes the token so far ahead one of another type. */
  protected replaceAhead(ahead: number, type: TokenType): void {
    const token = this.LA(ahead);
    this.input[this.currIdx + ahead] = {
      ...token,
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx!,
      isInsertedInRecovery: true,
    };
  }

  /** Puts a token before the next one. */
  protected insertNext(token: IToken): void {
    this.input.splice(this.currIdx + 1, 0, token);
    this.tokVectorLength += 1;
  }

  /** Whether a line begins between the token consumed last and this one. */
  protected startsLine(token: IToken): boolean {
    const previous = this.LA(0);
    if (previous.tokenType === EOF) return true;
    const from = previous.startOffset + previous.image.length;
    return this.#text.slice(from, token.startOffset).includes('\n');
  }
}

function isFunctionRule(ruleName: string): boolean {
  return ruleName === 'funcItem' || ruleName === 'methodItem';
}
