import { EOF, tokenMatcher, type IParserErrorMessageProvider, type IToken, type TokenType } from 'chevrotain';
import { Colon, Id, Keyword, LParen, RBrace } from './tokens.ts';

/** What a rule parses, in words for messages: "expected `;` after the type alias". */
const ruleNames: Readonly<Record<string, string>> = {
  witFile: 'file',
  packageItem: 'package declaration',
  packageName: 'package name',
  topLevelItem: 'item',
  topLevelUse: '`use`',
  path: 'path',
  attribute: 'attribute',
  since: '`@since`',
  unstable: '`@unstable`',
  deprecated: '`@deprecated`',
  externalId: '`@external-id`',
  interfaceItem: 'interface',
  interfaceBody: 'interface',
  interfaceMember: 'interface item',
  worldItem: 'world',
  worldMember: 'world item',
  importItem: 'import',
  exportItem: 'export',
  extern: 'import or export',
  externType: 'import or export',
  includeItem: '`include`',
  includeName: 'renaming',
  useItem: '`use`',
  useName: 'name of a type',
  typeItem: 'type alias',
  recordItem: 'record',
  field: 'field',
  flagsItem: 'flags',
  flag: 'flag',
  variantItem: 'variant',
  variantCase: 'case',
  enumItem: 'enum',
  enumCase: 'case',
  resourceItem: 'resource',
  resourceMember: 'resource item',
  constructorItem: 'constructor',
  methodItem: 'method',
  funcItem: 'function',
  funcType: 'function type',
  params: 'parameter list',
  param: 'parameter',
  type: 'type',
  tupleType: 'tuple',
  listType: 'list',
  mapType: 'map',
  optionType: 'option',
  resultType: 'result',
  futureType: 'future',
  streamType: 'stream',
  ownType: 'own handle',
  borrowType: 'borrow handle',
};

export function describeRule(ruleName: string): string {
  return ruleNames[ruleName] ?? ruleName;
}

/** `an interface`, `a world`, `` `use` ``. */
export function withArticle(ruleName: string): string {
  const noun = describeRule(ruleName);
  if (noun.startsWith('`') || noun === 'flags') return noun;
  return `${/^[aeiou]/u.test(noun) ? 'an' : 'a'} ${noun}`;
}

export function describeTokenType(type: TokenType): string {
  return type.LABEL ?? type.name;
}

const SHOWN_LENGTH = 40;

/** What stands there: `` keyword `option` ``, `` `;` ``, `end of file`. */
export function describeToken(token: IToken): string {
  if (token.tokenType === EOF) return 'the end of the file';
  const image = token.image.length > SHOWN_LENGTH ? `${token.image.slice(0, SHOWN_LENGTH)}…` : token.image;
  if (tokenMatcher(token, Keyword)) return `keyword \`${image}\``;
  if (tokenMatcher(token, Id)) return `name \`${image}\``;
  return `\`${image}\``;
}

/** Parameters and fields. */
export const NAME_AND_TYPE = 'write `name: type`';

/** What to do where a token is missing, if that is not plain from the message. */
export function helpFor(
  expected: TokenType | undefined,
  ruleName: string,
  actual: IToken,
): string | undefined {
  if (expected === undefined) return helpForAlternatives(ruleName, actual);
  if (expected === Id) return undefined;
  if (expected === Colon && (ruleName === 'param' || ruleName === 'field')) return NAME_AND_TYPE;
  return expected.LABEL?.startsWith('`') === true ? `add ${expected.LABEL}` : undefined;
}

function helpForAlternatives(ruleName: string, actual: IToken): string | undefined {
  if (ruleName === 'resultType') return 'write `result` alone where it holds nothing';
  if (ruleName === 'type' && actual.tokenType === LParen)
    return 'a function has one result: name a record, or write `tuple<…>`';
  return undefined;
}

/** More alternatives than this are told by their common name. */
const SPELLED_OUT = 4;

function oneOf(things: readonly string[]): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} or ${things.at(-1)}`;
}

/** Chevrotain's errors in our words; remembers what was expected for whoever saves the error. */
export class Messages implements IParserErrorMessageProvider {
  expected: TokenType | undefined;

  buildMismatchTokenMessage(options: { expected: TokenType; actual: IToken; ruleName: string }): string {
    this.expected = options.expected;
    const place = options.expected === RBrace ? 'to close' : 'in';
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
    const noun = options.ruleName === 'resultType' ? 'a type or `_`' : withArticle(options.ruleName);
    const expected = first.length <= SPELLED_OUT ? oneOf(first.map(describeTokenType)) : noun;
    return `expected ${expected}, found ${describeToken(options.actual[0]!)}`;
  }

  buildEarlyExitMessage(options: { actual: IToken[]; ruleName: string }): string {
    return `expected ${withArticle(options.ruleName)}, found ${describeToken(options.actual[0]!)}`;
  }
}
