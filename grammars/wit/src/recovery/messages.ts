import { EOF, tokenMatcher, type IParserErrorMessageProvider, type IToken, type TokenType } from 'chevrotain';
import {
  Async,
  Colon,
  Comma,
  Export,
  Func,
  Id,
  Import,
  Interface,
  Keyword,
  LParen,
  RBrace,
  Semicolon,
  Underscore,
} from '../tokens.ts';
import { describeRule } from '../rules/rule-names.ts';

/** Describes what a rule parses: `an interface`, `a world`, `` `use` ``. */
export function ruleWithArticle(ruleName: string): string {
  const noun = describeRule(ruleName);
  if (noun.startsWith('`') || noun === 'flags') return noun;
  return `${/^[aeiou]/u.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Describes a token that is expected: `a name`, `` `;` ``. */
export function describeTokenType(type: TokenType): string {
  return type.LABEL ?? type.name;
}

const SHOWN_LENGTH = 40;

/** Describes a token of the text: `` keyword `option` ``, `` `;` ``, `the end of the file`. */
export function describeToken(token: IToken): string {
  if (token.tokenType === EOF) return 'the end of the file';
  const image = token.image.length > SHOWN_LENGTH ? `${token.image.slice(0, SHOWN_LENGTH)}…` : token.image;
  if (tokenMatcher(token, Keyword)) return `keyword \`${image}\``;
  if (tokenMatcher(token, Id)) return `name \`${image}\``;
  return `\`${image}\``;
}

/** The help for parameters and fields. */
export const NAME_AND_TYPE = 'write `name: type`';

/** Says what to do about a missing token, when the message does not make that plain. */
export function helpForMissingToken(
  expected: TokenType | undefined,
  ruleName: string,
  actual: IToken,
): string | undefined {
  if (expected === undefined) return helpForAlternatives(ruleName, actual);
  if (expected === Id) return undefined;
  const attribute = expected === LParen ? attributeForms.get(ruleName) : undefined;
  if (attribute !== undefined) return `write \`${attribute}\``;
  if (expected === Comma && ruleName === 'resultType') return RESULT_WITHOUT_VALUE;
  if (expected === Colon && (ruleName === 'param' || ruleName === 'field')) return NAME_AND_TYPE;
  return expected.LABEL?.startsWith('`') === true ? `add ${expected.LABEL}` : undefined;
}

const attributeForms: ReadonlyMap<string, string> = new Map([
  ['since', '@since(version = …)'],
  ['unstable', '@unstable(feature = …)'],
  ['deprecated', '@deprecated(version = …)'],
]);

const RESULT_WITHOUT_VALUE = 'write `result` without `<…>` if it carries no value';

/** Rules with a name among their alternatives. */
const mayHoldName: ReadonlySet<string> = new Set(['type', 'resultType', 'extern', 'externType']);

/** The help for a keyword instead of a name. */
export function keywordHelp({ image, tokenType }: IToken): string {
  // It is the only keyword that has no letters, so `%` does not make a name of it.
  if (tokenType === Underscore)
    return '`_` is not a name: it stands only for the value of `result<_, error>`';
  return `write \`%${image}\` to use the keyword as a name`;
}

/**
 * The help for what is missing behind a keyword in `import label: func;`, which may be meant as a name. `undefined` if
 * the text is another one.
 *
 * @param before the tokens up to the keyword, the last one first
 */
export function helpBehindKeyword(
  actual: IToken,
  before: readonly [keyword: IToken, IToken, IToken, IToken],
): string | undefined {
  const [keyword, colon, , direction] = before;
  const isExtern = direction.tokenType === Import || direction.tokenType === Export;
  const form = externForms.get(keyword.tokenType);
  if (form === undefined || !isExtern || colon.tokenType !== Colon || actual.tokenType !== Semicolon)
    return undefined;
  return `write \`${form}\`, or \`%${keyword.image}\` to use the keyword as a name`;
}

const externForms: ReadonlyMap<TokenType, string> = new Map([
  [Func, 'func()'],
  [Async, 'async func()'],
  [Interface, 'interface { … }'],
]);

function helpForAlternatives(ruleName: string, actual: IToken): string | undefined {
  if (ruleName === 'packageItem') return 'add `;`';
  if (mayHoldName.has(ruleName) && tokenMatcher(actual, Keyword)) return keywordHelp(actual);
  if (ruleName === 'resultType') return RESULT_WITHOUT_VALUE;
  if (ruleName === 'type' && actual.tokenType === LParen)
    return 'a function has one result: use a record, or write `tuple<…>`';
  return undefined;
}

/** Messages list at most this many alternatives, and use their common name for more. */
const MAX_LISTED = 4;

function oneOf(things: readonly string[]): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} or ${things.at(-1)}`;
}

/**
 * Words chevrotain's errors, and remembers the token that the last one expected: chevrotain's error does not hold it.
 */
export class Messages implements IParserErrorMessageProvider {
  #expected: TokenType | undefined;

  /** Returns the token that the last error expected, and forgets it. */
  takeExpected(): TokenType | undefined {
    const expected = this.#expected;
    this.#expected = undefined;
    return expected;
  }

  buildMismatchTokenMessage(options: { expected: TokenType; actual: IToken; ruleName: string }): string {
    this.#expected = options.expected;
    const preposition = options.expected === RBrace ? 'to close' : 'in';
    return `expected ${describeTokenType(options.expected)} ${preposition} ${ruleWithArticle(options.ruleName)}, found ${describeToken(options.actual)}`;
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
    const noun = options.ruleName === 'resultType' ? 'a type or `_`' : ruleWithArticle(options.ruleName);
    const alternatives = [...new Set(first.map(describeTokenType))];
    const expected = alternatives.length <= MAX_LISTED ? oneOf(alternatives) : noun;
    return `expected ${expected}, found ${describeToken(options.actual[0]!)}`;
  }

  buildEarlyExitMessage(options: { actual: IToken[]; ruleName: string }): string {
    return `expected ${ruleWithArticle(options.ruleName)}, found ${describeToken(options.actual[0]!)}`;
  }
}
