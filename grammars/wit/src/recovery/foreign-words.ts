import { tokenMatcher, type IToken, type TokenType } from 'chevrotain';
import * as t from '../tokens.ts';

/* Words of other languages and of old WIT, with the WIT that they stand for. */

/** Keywords that begin definitions in other languages. */
const foreignKeywords: ReadonlyMap<string, TokenType> = new Map([
  ['struct', t.RecordKeyword],
  ['object', t.RecordKeyword],
  ['class', t.Resource],
  ['union', t.Variant],
  ['bitflags', t.Flags],
  ['typedef', t.Type],
  ['alias', t.Type],
  ['trait', t.Interface],
  ['protocol', t.Interface],
  ['module', t.Interface],
  ['mod', t.Interface],
  ['namespace', t.Package],
  ['component', t.World],
  ['extern', t.Import],
]);

/** Types with parameters by their names in other languages, in lower case; `expected` is of old WIT. */
const foreignGenerics: ReadonlyMap<string, TokenType> = new Map([
  ['vec', t.List],
  ['array', t.List],
  ['list', t.List],
  ['set', t.List],
  ['sequence', t.List],
  ['option', t.Option],
  ['optional', t.Option],
  ['maybe', t.Option],
  ['nullable', t.Option],
  ['result', t.Result],
  ['expected', t.Result],
  ['either', t.Result],
  ['map', t.MapKeyword],
  ['hashmap', t.MapKeyword],
  ['dict', t.MapKeyword],
  ['tuple', t.Tuple],
  ['promise', t.Future],
  ['future', t.Future],
  ['stream', t.Stream],
]);

/** Words before definitions in other languages that WIT does not need. */
const prefixWords: ReadonlySet<string> = new Set([
  'default',
  'pub',
  'public',
  'private',
  'declare',
  'extern',
]);

const functionWords: ReadonlySet<string> = new Set(['fn', 'fun', 'function', 'def', 'method']);

/** Whether a token is a name without `%`. */
export function isPlainName(token: IToken): boolean {
  return tokenMatcher(token, t.Id) && !token.image.startsWith('%');
}

export function isPrefixWord(token: IToken): boolean {
  return token.tokenType === t.Export || (isPlainName(token) && prefixWords.has(token.image));
}

export function isFunctionWord(token: IToken): boolean {
  return token.tokenType === t.Func || (isPlainName(token) && functionWords.has(token.image));
}

/** Returns the type with parameters that a name stands for. */
export function foreignGeneric(token: IToken): TokenType | undefined {
  return isPlainName(token) ? foreignGenerics.get(token.image.toLowerCase()) : undefined;
}

interface MeantKeyword {
  readonly keyword: TokenType;
  /** Whether the name is the keyword with a typing mistake, and not a word of another language. */
  readonly isMistyped: boolean;
}

/** Returns the one of these keywords that a name stands for. */
export function foreignKeyword(token: IToken, keywords: readonly TokenType[]): MeantKeyword | undefined {
  if (!isPlainName(token)) return undefined;
  const foreign = foreignKeywords.get(token.image);
  if (foreign !== undefined && keywords.includes(foreign)) return { keyword: foreign, isMistyped: false };
  const keyword = keywords.find(
    ({ PATTERN, CATEGORIES }) =>
      CATEGORIES?.includes(t.Keyword) === true && isOneEditAway(token.image, String(PATTERN)),
  );
  return keyword === undefined ? undefined : { keyword, isMistyped: true };
}

/**
 * Whether two words differ by one letter that is added, removed or changed, or by two neighbours that changed places.
 */
function isOneEditAway(word: string, other: string): boolean {
  if (Math.abs(word.length - other.length) > 1 || word === other) return false;
  let at = 0;
  while (at < word.length && word[at] === other[at]) at += 1;
  const [left, right] = [word.slice(at), other.slice(at)];
  if (left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1)) return true;
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
}
