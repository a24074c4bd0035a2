import {
  CstParser,
  EOF,
  type CstNode,
  type DSLMethodOpts,
  type GrammarAction,
  type IOrAlt,
  type IRecognitionException,
  type IToken,
  type OrMethodOpts,
  type ParserMethod,
  type TokenType,
} from 'chevrotain';
import type { Messages } from './recovery/messages.ts';
import type { TokenCursor } from './recovery/token-cursor.ts';
import { allTokens } from './tokens.ts';

/** A rule that chevrotain has compiled. */
export type Rule = ParserMethod<[], CstNode>;

/** What a chevrotain parser asks of the recovery that it holds. */
export interface RecoveryHooks {
  /** Takes a syntax error, instead of chevrotain's list of errors. */
  readonly onError: (error: IRecognitionException) => void;
  /**
   * Returns the token to go on with when the next token is not the expected one; the cursor may move past wrong tokens
   * first. Returns `undefined` when no repair inside the rule makes sense, so that the whole rule fails.
   */
  readonly repair: (expected: TokenType) => IToken | undefined;
}

type Action<T> = GrammarAction<T> | DSLMethodOpts<T>;

/** An alternative of `OR`. */
export type Alternative = IOrAlt<unknown>;

type Alternatives = Alternative[] | OrMethodOpts<unknown>;

/** The name under which the tree holds a node, instead of the rule's name. */
interface LabelOption {
  readonly LABEL: string;
}

/**
 * A chevrotain parser that leaves errors and repairs to the recovery that it holds, and whose input can be changed
 * while it is parsed.
 *
 * This is the only file that depends on the inside of chevrotain: `SAVE_ERROR`, `tryInRuleRecovery`,
 * `getFollowsForInRuleRecovery` and `shouldInRepetitionRecoveryBeTried` replace methods of chevrotain 13.2.0, and
 * `currIdx` and `tokVectorLength` are its fields; none of them has a TypeScript declaration. The dependency is
 * therefore pinned to an exact version, and `chevrotain-parser.test.ts` fails when another version no longer calls
 * them.
 */
export abstract class ChevrotainParser extends CstParser implements TokenCursor {
  abstract readonly recovery: RecoveryHooks;
  /** A field of chevrotain: the number of tokens of the input. */
  declare private tokVectorLength: number;
  /** A field of chevrotain: the index of the token consumed last, -1 at the start. */
  declare private currIdx: number;

  constructor(messages: Messages, skipValidations: boolean) {
    super(allTokens, {
      recoveryEnabled: true,
      nodeLocationTracking: 'onlyOffset',
      maxLookahead: 2,
      errorMessageProvider: messages,
      skipValidations,
    });
  }

  /** Replaces chevrotain's recording of an error. */
  SAVE_ERROR(error: IRecognitionException): IRecognitionException {
    this.recovery.onError(error);
    return error;
  }

  /** Replaces chevrotain's choice between inserting a token, deleting one and failing. Called after `SAVE_ERROR`. */
  tryInRuleRecovery(expected: TokenType): IToken {
    const token = this.recovery.repair(expected);
    if (token !== undefined) return token;
    const failure = new Error('no repair within the rule');
    // Chevrotain recognises the failure by this name, and then throws the error that it saved before.
    failure.name = 'InRuleRecoveryException';
    throw failure;
  }

  /** Replaces chevrotain's walk over the grammar, which is slow and whose result only its own repairs use. */
  getFollowsForInRuleRecovery(): TokenType[] {
    return [];
  }

  /** Replaces chevrotain's skipping inside loops: the recovery looks at every token before a loop does. */
  shouldInRepetitionRecoveryBeTried(): boolean {
    return false;
  }

  get isRecording(): boolean {
    return this.RECORDING_PHASE;
  }

  get ruleName(): string {
    return this.currCSTNode.name;
  }

  get position(): number {
    return this.currIdx;
  }

  get tokens(): readonly IToken[] {
    return this.input;
  }

  peek(distance: number): IToken {
    return this.LA(distance);
  }

  skip(): IToken {
    return this.SKIP_TOKEN();
  }

  openingBrace(): IToken | undefined {
    const opener = this.currCSTNode.children['LBrace']?.[0];
    return opener !== undefined && 'image' in opener && opener.image !== '' ? opener : undefined;
  }

  markRecovered(): void {
    const node: { recoveredNode?: boolean } = this.currCSTNode;
    node.recoveredNode = true;
  }

  emptyToken(type: TokenType): IToken {
    return emptyToken(this.LA(0), type);
  }

  replace(distance: number, type: TokenType): void {
    this.input[this.currIdx + distance] = {
      ...this.LA(distance),
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx!,
      isInsertedInRecovery: true,
    };
  }

  insert(distance: number, type: TokenType): void {
    const token = emptyToken(this.LA(distance - 1), type);
    const at = this.currIdx + distance;
    if (this.currIdx < 1) {
      this.input.splice(at, 0, token);
      this.tokVectorLength += 1;
      return;
    }
    // The consumed tokens make room. If all following tokens moved instead, ten thousand missing tokens would take
    // quadratic time.
    const from = Math.max(1, this.currIdx - KEPT_TOKENS);
    this.input.copyWithin(from - 1, from, at);
    this.input[at - 1] = token;
    this.currIdx -= 1;
  }

  remove(distance: number): void {
    this.input.splice(this.currIdx + distance, 1);
    this.tokVectorLength -= 1;
  }

  /* The methods by which rules are written. Chevrotain declares them as protected; they are public here because the
     rules are functions over the parser. A digit tells two uses of one method in the same rule apart. */

  override CONSUME(type: TokenType): IToken {
    return this.consume(0, type);
  }

  override CONSUME2(type: TokenType): IToken {
    return this.consume(2, type);
  }

  override CONSUME3(type: TokenType): IToken {
    return this.consume(3, type);
  }

  override CONSUME4(type: TokenType): IToken {
    return this.consume(4, type);
  }

  override CONSUME5(type: TokenType): IToken {
    return this.consume(5, type);
  }

  override SUBRULE(rule: Rule, options?: LabelOption): CstNode {
    return this.subrule(0, rule, options);
  }

  override SUBRULE2(rule: Rule, options?: LabelOption): CstNode {
    return this.subrule(2, rule, options);
  }

  override SUBRULE3(rule: Rule, options?: LabelOption): CstNode {
    return this.subrule(3, rule, options);
  }

  override OPTION<T>(action: Action<T>): T | undefined {
    return this.option(0, action);
  }

  override MANY<T>(action: Action<T>): void {
    this.many(0, action);
  }

  override OPTION2<T>(action: Action<T>): T | undefined {
    return this.option(2, action);
  }

  override MANY2<T>(action: Action<T>): void {
    this.many(2, action);
  }

  override OR(alternatives: Alternatives): unknown {
    // Chevrotain declares an overload for each of the two forms.
    return Array.isArray(alternatives) ? this.or(0, alternatives) : this.or(0, alternatives);
  }
}

/**
 * How many consumed tokens stay readable when a token is inserted. `Skipper.skipType` reads the angle brackets of the
 * current type, and a type of the greatest permitted depth has fewer.
 */
const KEPT_TOKENS = 512;

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
