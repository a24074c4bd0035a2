import { tokenMatcher, type IToken, type TokenType } from 'chevrotain';
import * as t from './tokens.ts';

/** What people write who come from other languages, or from WIT as it was: tables by which it is understood. */

/** Keywords that begin definitions elsewhere. */
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

/** Types with parts, by their names elsewhere in lower case; `expected` is WIT's own old word. */
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

/** What stands before definitions elsewhere, and says nothing here. */
const prefixes: ReadonlySet<string> = new Set(['default', 'pub', 'public', 'private', 'declare', 'extern']);

const functionWords: ReadonlySet<string> = new Set(['fn', 'fun', 'function', 'def', 'method']);

export function isPlainName(token: IToken): boolean {
  return tokenMatcher(token, t.Id) && !token.image.startsWith('%');
}

export function isPrefix(token: IToken): boolean {
  return token.tokenType === t.Export || (isPlainName(token) && prefixes.has(token.image));
}

export function isFunctionWord(token: IToken): boolean {
  return token.tokenType === t.Func || (isPlainName(token) && functionWords.has(token.image));
}

/** The type with parts that a name stands for. */
export function meantGeneric(token: IToken): TokenType | undefined {
  return isPlainName(token) ? foreignGenerics.get(token.image.toLowerCase()) : undefined;
}

export interface Meant {
  readonly keyword: TokenType;
  /** It is the keyword, with a typing mistake. */
  readonly mistyped: boolean;
}

/** The keyword, out of some, that a name stands for. */
export function meantKeyword(token: IToken, keywords: readonly TokenType[]): Meant | undefined {
  if (!isPlainName(token)) return undefined;
  const foreign = foreignKeywords.get(token.image);
  if (foreign !== undefined && keywords.includes(foreign)) return { keyword: foreign, mistyped: false };
  const keyword = keywords.find(
    ({ PATTERN, CATEGORIES }) =>
      CATEGORIES?.includes(t.Keyword) === true && isOneEditAway(token.image, String(PATTERN)),
  );
  return keyword === undefined ? undefined : { keyword, mistyped: true };
}

/** Whether one letter is missing, superfluous or another, or two neighbours have changed places. */
export function isOneEditAway(word: string, other: string): boolean {
  if (Math.abs(word.length - other.length) > 1 || word === other) return false;
  let at = 0;
  while (at < word.length && word[at] === other[at]) at += 1;
  const [left, right] = [word.slice(at), other.slice(at)];
  if (left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1)) return true;
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
}
