import {
  CstParser,
  EOF,
  tokenMatcher,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain';
import type { SyntaxCode, SyntaxFault } from './faults.ts';
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
  /** Of chevrotain: the number of tokens of the input. */
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
        help: helpFor(expected, this.currCSTNode.name, token),
        related: opener !== undefined && 'image' in opener && opener.image !== '' ? opener : undefined,
      });
    }
    return error;
  }

  /** Records a fault about a token, unless one about the same token is there already. */
  protected report(
    code: SyntaxCode,
    token: IToken,
    message: string,
    more: { help?: string | undefined; related?: IToken | undefined } = {},
  ): void {
    const start = token.tokenType === EOF ? this.#text.length : token.startOffset;
    if (start === this.#reportedAt) return;
    this.#reportedAt = start;
    // The lexer reported it.
    if (token.tokenType === t.UnterminatedString || this.LA(0).tokenType === t.UnterminatedString) return;
    const { help } = more;
    const end = token.tokenType === EOF ? start : start + token.image.length;
    const related = more.related === undefined ? this.#missingAt(token, help) : [openedAt(more.related)];
    this.faults.push({
      code,
      message,
      start,
      end,
      ...(help === undefined ? {} : { help }),
      ...(related.length === 0 ? {} : { related }),
    });
  }

  /** What is missing at the end of a line is missed at the next token: shows the place where it belongs. */
  #missingAt(token: IToken, help: string | undefined): Related[] {
    const previous = this.LA(0);
    if (help?.startsWith('add ') !== true || previous.tokenType === EOF || !this.startsLine(token)) return [];
    const offset = previous.startOffset + previous.image.length;
    return [{ message: 'here', start: offset, end: offset }];
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
    return emptyToken(this.LA(0), type);
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

  /**
   * Puts a token without a text before the one so far ahead. The tokens behind make room, over those that nobody asks for
   * any more: to move all that follow would take quadratic time where ten thousand are missing.
   */
  protected insertAhead(ahead: number, type: TokenType): void {
    const token = emptyToken(this.LA(ahead - 1), type);
    const at = this.currIdx + ahead;
    if (this.currIdx < 1) {
      this.input.splice(at, 0, token);
      this.tokVectorLength += 1;
      return;
    }
    const from = Math.max(1, this.currIdx - REMEMBERED);
    this.input.copyWithin(from - 1, from, at);
    this.input[at - 1] = token;
    this.currIdx -= 1;
  }

  protected removeAhead(ahead: number): void {
    this.input.splice(this.currIdx + ahead, 1);
    this.tokVectorLength -= 1;
  }

  /** Whether a line begins between the token consumed last and this one. */
  protected startsLine(token: IToken): boolean {
    const previous = this.LA(0);
    if (previous.tokenType === EOF) return true;
    const from = previous.startOffset + previous.image.length;
    return this.#text.slice(from, token.startOffset).includes('\n');
  }
}

/** Tokens that are kept behind the current one: a type of the greatest depth has fewer angles. */
const REMEMBERED = 512;

type Related = NonNullable<SyntaxFault['related']>[number];

function openedAt({ startOffset, image }: IToken): Related {
  return { message: 'opened here', start: startOffset, end: startOffset + image.length };
}

function emptyToken(previous: IToken, type: TokenType): IToken {
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
