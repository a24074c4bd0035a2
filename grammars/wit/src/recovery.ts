import {
  CstParser,
  EOF,
  isRecognitionException,
  MismatchedTokenException,
  tokenMatcher,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain';
import type { SyntaxFault } from './faults.ts';
import { describeToken, describeTokenType, withArticle } from './messages.ts';
import {
  firstMatch,
  insertable,
  isName,
  junk,
  keywordFits,
  startsItem,
  substitutes,
  type BodyKind,
  type ListKind,
} from './repairs.ts';
import * as t from './tokens.ts';

/** How far to skip after a mistake: to the end of an item of a body, or of an element of a list. */
type Sync = 'item' | 'element' | 'attribute';

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
 *
 * The methods without a TypeScript declaration in chevrotain that are replaced here are named in the comments; the
 * dependency is pinned to an exact version for that reason.
 */
export abstract class RecoveringParser extends CstParser {
  faults: SyntaxFault[] = [];
  /** Where the input ends, for what is missing there. */
  protected end = 0;
  protected text = '';
  readonly #messages: Messages;
  #reportedAt = -1;
  #depth = 0;
  #unclosed: ReadonlySet<IToken> | undefined;
  /** Of chevrotain: the number of tokens of the input. Grows with every token put in. */
  declare private tokVectorLength: number;
  /** Of chevrotain: the index of the token consumed last. */
  declare private currIdx: number;

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
    this.text = text;
    this.end = text.length;
    this.faults = [];
    this.#reportedAt = -1;
    this.#depth = 0;
    this.#unclosed = undefined;
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
        this.#skip(sync);
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
        this.#skipType(before);
      } finally {
        this.#depth -= 1;
      }
    };
  }

  /** Before each round of a body's loop: whether an item of this kind comes next. Skips what is none. */
  protected nextItem(kind: BodyKind): boolean {
    for (;;) {
      const token = this.LA(1);
      if (token.tokenType === EOF) return false;
      if (token.tokenType === t.RBrace) {
        if (kind.closed) return false;
        this.report('unmatched-brace', token, 'this `}` closes nothing', { help: 'remove it' });
        this.SKIP_TOKEN();
        continue;
      }
      if (firstMatch(token, kind.starts)) {
        // `use: func()`: the author wants a name.
        if (kind.names && tokenMatcher(token, t.Keyword)) this.fixName(t.Colon);
        return true;
      }
      if (kind.names && this.fixName(t.Colon)) return true;
      if (kind.closed && startsItem(token, this.LA(2)) && this.#isUnclosed()) return false;
      const help = kind.help(token, this.LA(2));
      const at = token.tokenType === t.Package && tokenMatcher(this.LA(2), t.Id) ? this.LA(2) : token;
      this.report('unexpected-item', at, `expected ${kind.expected}, found ${describeToken(token)}`, {
        help,
      });
      this.#skip('item', 1);
    }
  }

  /** Before the first element of a list: whether there is one. Skips what is none. */
  protected firstElement(kind: ListKind): boolean {
    while (!this.#atListEnd(kind)) {
      const token = this.LA(1);
      if (this.#startsElement(kind, 1)) return true;
      this.#reportElement(kind, token);
      if (token.tokenType === t.At) {
        this.#skipAttribute();
        continue;
      }
      this.#skip('element', 1);
      if (this.LA(1).tokenType === t.Comma) this.SKIP_TOKEN();
    }
    return false;
  }

  /** Before each further round of a list's loop: whether a comma and an element come. Mends missing commas. */
  protected nextElement(kind: ListKind): boolean {
    for (;;) {
      const token = this.LA(1);
      if (token.tokenType === t.Comma) {
        const next = this.LA(2);
        if (next.tokenType === kind.closer || next.tokenType === EOF) return false;
        if (this.#startsElement(kind, 2)) return true;
        if (next.tokenType === t.At && kind.attributes) {
          this.#reportElement(kind, next);
          this.SKIP_TOKEN();
          this.#skipAttribute();
          this.#insertBefore(this.getTokenToInsert(t.Comma));
          continue;
        }
        if (next.tokenType === t.RBrace || startsItem(next, this.LA(3))) return false;
        this.#reportElement(kind, next);
        this.SKIP_TOKEN();
        if (next.tokenType !== t.Comma) this.#skip('element', 1);
        continue;
      }
      if (this.#atListEnd(kind)) return false;
      if (this.#startsElement(kind, 1)) {
        this.#reportSeparator(kind, token, 'add `,`');
        this.#insertBefore(this.getTokenToInsert(t.Comma));
        return true;
      }
      if (token.tokenType === t.Semicolon) {
        this.#reportSeparator(kind, token, 'write `,` instead');
        this.#replaceNext(1, t.Comma);
        continue;
      }
      this.#reportSeparator(kind, token, undefined);
      this.#skip('element', 1);
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

  // Declared by chevrotain.
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

  /** Replaces chevrotain's choice between inserting, deleting and giving up. Called after the error was saved. */
  tryInRuleRecovery(expected: TokenType): IToken {
    const next = this.LA(1);
    const afterNext = this.LA(2);
    if (expected === t.Id && keywordFits(next, afterNext, undefined) && !this.#startsLine(next)) {
      this.#replaceNext(1, t.Id);
      this.SKIP_TOKEN();
      return this.LA(0);
    }
    if (tokenMatcher(afterNext, expected) && junk(next, afterNext) && !this.#startsLine(next)) {
      this.SKIP_TOKEN();
      this.SKIP_TOKEN();
      return this.LA(0);
    }
    if (substitutes(expected, next, afterNext)) {
      this.SKIP_TOKEN();
      return this.getTokenToInsert(expected);
    }
    if (next.tokenType === EOF || this.#startsLine(next) || insertable(expected, next, afterNext)) {
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

  /** Replaces chevrotain's list of errors by `faults`. */
  SAVE_ERROR(error: IRecognitionException): IRecognitionException {
    const expected = this.#messages.expected;
    this.#messages.expected = undefined;
    const token = error.token;
    if (expected === t.Id && tokenMatcher(token, t.Keyword) && keywordFits(token, this.LA(2), undefined)) {
      this.#keywordAsNameFault(token);
    } else {
      const opener = expected === t.RBrace ? this.currCSTNode.children['LBrace']?.[0] : undefined;
      this.report(expected === t.RBrace ? 'unclosed-brace' : 'expected-token', token, error.message, {
        help: helpFor(expected),
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
    more: { help?: string | undefined; related?: IToken | undefined } = {},
  ): void {
    const start = token.tokenType === EOF ? this.end : token.startOffset;
    if (start === this.#reportedAt) return;
    this.#reportedAt = start;
    // The lexer reported it.
    if (token.tokenType === t.UnterminatedString || this.LA(0).tokenType === t.UnterminatedString) return;
    const { help, related } = more;
    this.faults.push({
      code,
      message,
      start,
      end: token.tokenType === EOF ? this.end : start + token.image.length,
      ...(help === undefined ? {} : { help }),
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

  /** Skips at least `least` tokens, and on to where the item or the element ends; brackets are skipped in pairs. */
  #skip(sync: Sync, least = 0): void {
    if (sync === 'attribute') {
      this.#skipAttribute();
      return;
    }
    let depth = 0;
    let braces = 0;
    for (let skipped = 0; ; skipped += 1) {
      const token = this.LA(1);
      const type = token.tokenType;
      if (type === EOF) return;
      const free = skipped >= least;
      if (type === t.LBrace || (sync === 'element' && (type === t.LParen || type === t.LAngle))) {
        depth += 1;
        if (type === t.LBrace) braces += 1;
      } else if (type === t.RBrace || (sync === 'element' && (type === t.RParen || type === t.RAngle))) {
        if (depth === 0 && free) return;
        depth = Math.max(0, depth - 1);
        if (type === t.RBrace && braces > 0) {
          braces -= 1;
          if (sync === 'item' && braces === 0) {
            this.SKIP_TOKEN();
            return;
          }
        }
      } else if (depth === 0 || (braces === 0 && type === t.Semicolon)) {
        if (type === t.Semicolon) {
          if (sync === 'item') this.SKIP_TOKEN();
          if (sync === 'item' || free) return;
        }
        if (free && sync === 'element' && type === t.Comma) return;
        if (free && startsItem(token, this.LA(2)) && this.#startsLine(token)) return;
      }
      this.SKIP_TOKEN();
    }
  }

  /** Skips the rest of a type: past the angles that it opened, or to where an element ends. */
  #skipType(before: number): void {
    let open = 0;
    for (let i = before + 1; i <= this.currIdx; i += 1) open += angle(this.input[i]!);
    if (open <= 0) {
      this.#skip('element');
      return;
    }
    for (let token = this.LA(1); ; token = this.SKIP_TOKEN()) {
      if (endsType.has(token.tokenType) || (startsItem(token, this.LA(2)) && this.#startsLine(token))) return;
      open += angle(token);
      if (open === 0) {
        this.SKIP_TOKEN();
        return;
      }
    }
  }

  /** Skips an attribute, or what is left of one: to its parenthesis, or before anything that is no part of it. */
  #skipAttribute(): void {
    for (let token = this.SKIP_TOKEN(); ; token = this.SKIP_TOKEN()) {
      const type = token.tokenType;
      if (type === EOF || type === t.LBrace || type === t.RBrace || type === t.Semicolon || type === t.Comma)
        return;
      if (startsItem(token, this.LA(2))) return;
      if (type === t.RParen) {
        this.SKIP_TOKEN();
        return;
      }
    }
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
      return kind.closer !== t.RBrace || startsItem(this.LA(2), this.LA(3));
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
    this.report('expected-token', token, `expected ${kind.expected}, found ${describeToken(token)}`);
  }

  #reportSeparator(kind: ListKind, token: IToken, help: string | undefined): void {
    const closer = describeTokenType(kind.closer);
    const message = `expected \`,\` or ${closer} after ${kind.expected}, found ${describeToken(token)}`;
    this.report('missing-separator', token, message, { help });
  }

  #keywordAsName(ahead: number): void {
    this.#keywordAsNameFault(this.LA(ahead));
    this.#replaceNext(ahead, t.Id);
  }

  #keywordAsNameFault(token: IToken): void {
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

  #replaceNext(ahead: number, type: TokenType): void {
    const token = this.LA(ahead);
    this.input[this.currIdx + ahead] = {
      ...token,
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx!,
      isInsertedInRecovery: true,
    };
  }

  #insertBefore(token: IToken): void {
    this.input.splice(this.currIdx + 1, 0, token);
    this.tokVectorLength += 1;
  }

  #startsLine(token: IToken): boolean {
    const previous = this.LA(0);
    if (previous.tokenType === EOF) return true;
    const from = previous.startOffset + previous.image.length;
    const lineBreak = this.text.indexOf('\n', from);
    return lineBreak >= 0 && lineBreak < token.startOffset;
  }

  /** Whether the brace that opened the current body has no partner in the whole file. */
  #isUnclosed(): boolean {
    const opener = this.currCSTNode.children['LBrace']?.[0];
    if (opener === undefined || !('image' in opener) || opener.image === '') return true;
    this.#unclosed ??= unclosedBraces(this.input);
    return this.#unclosed.has(opener);
  }
}

const endsType: ReadonlySet<TokenType> = new Set([EOF, t.Semicolon, t.LBrace, t.RBrace, t.RParen]);

function angle(token: IToken): number {
  if (token.tokenType === t.LAngle) return 1;
  return token.tokenType === t.RAngle ? -1 : 0;
}

function unclosedBraces(tokens: readonly IToken[]): ReadonlySet<IToken> {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.tokenType === t.LBrace) open.push(token);
    else if (token.tokenType === t.RBrace) open.pop();
  }
  return new Set(open);
}

function helpFor(expected: TokenType | undefined): string | undefined {
  if (expected === undefined || isName(expected)) return undefined;
  return expected.LABEL?.startsWith('`') === true ? `add ${expected.LABEL}` : undefined;
}

/** More alternatives than this are told by their common name. */
const SPELLED_OUT = 4;

function oneOf(things: readonly string[]): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} or ${things.at(-1)}`;
}

/** Chevrotain's errors in our words; remembers what was expected for whoever saves the error. */
class Messages implements IParserErrorMessageProvider {
  expected: TokenType | undefined;

  buildMismatchTokenMessage(options: { expected: TokenType; actual: IToken; ruleName: string }): string {
    this.expected = options.expected;
    const place = options.expected === t.RBrace ? 'to close' : 'in';
    return `expected ${describeTokenType(options.expected)} ${place} ${withArticle(options.ruleName)}, found ${describeToken(options.actual)}`;
  }

  buildNotAllInputParsedMessage(options: { firstRedundant: IToken }): string {
    return `expected the end of the file, found ${describeToken(options.firstRedundant)}`;
  }

  buildNoViableAltMessage(options: {
    expectedPathsPerAlt: TokenType[][][];
    actual: IToken[];
    ruleName: string;
  }): string {
    const first = options.expectedPathsPerAlt.flatMap((paths) => paths.map((path) => path[0]!));
    const expected =
      first.length <= SPELLED_OUT ? oneOf(first.map(describeTokenType)) : withArticle(options.ruleName);
    return `expected ${expected}, found ${describeToken(options.actual[0]!)}`;
  }

  buildEarlyExitMessage(options: { actual: IToken[]; ruleName: string }): string {
    return `expected ${withArticle(options.ruleName)}, found ${describeToken(options.actual[0]!)}`;
  }
}
