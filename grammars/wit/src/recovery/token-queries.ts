import { tokenMatcher, type IToken, type TokenType } from 'chevrotain';
import * as t from '../tokens.ts';

const itemKeywords: ReadonlySet<TokenType> = new Set([
  t.At,
  t.Constructor,
  t.Enum,
  t.Export,
  t.Flags,
  t.Import,
  t.Include,
  t.Interface,
  t.Package,
  t.RecordKeyword,
  t.Resource,
  t.Type,
  t.Use,
  t.Variant,
  t.World,
]);

/** Whether an item of any body seems to begin with this token; a keyword before a colon is a name. */
export function startsItem(token: IToken, next: IToken): boolean {
  if (itemKeywords.has(token.tokenType)) return next.tokenType !== t.Colon;
  return tokenMatcher(token, t.Id) && next.tokenType === t.Colon;
}

/**
 * Whether a misplaced item is misplaced for the same reason as the one before it, so that one message covers both: both
 * belong in an interface, or in a world, or at the top of a file. A punctuation mark is the rest of something
 * misplaced.
 */
export function isMisplacedLike(before: IToken, token: IToken, next: IToken): boolean {
  if (!tokenMatcher(token, t.Id) && !tokenMatcher(token, t.Keyword)) return true;
  if (before.tokenType === t.RBrace) return false;
  return before.tokenType === token.tokenType || containerOf(before) === containerOf(token, next);
}

/** Where an item that begins with this token belongs. */
function containerOf(token: IToken, next?: IToken): 'file' | 'world' | 'interface' | undefined {
  if (tokenMatcher(token, t.Id) || next?.tokenType === t.Colon) return 'interface';
  return containers.get(token.tokenType);
}

const containers: ReadonlyMap<TokenType, 'file' | 'world' | 'interface'> = new Map([
  [t.Package, 'file'],
  [t.Interface, 'file'],
  [t.World, 'file'],
  [t.Import, 'world'],
  [t.Export, 'world'],
  [t.Include, 'world'],
  [t.Enum, 'interface'],
  [t.Flags, 'interface'],
  [t.RecordKeyword, 'interface'],
  [t.Resource, 'interface'],
  [t.Type, 'interface'],
  [t.Variant, 'interface'],
]);

/** Tokens that begin a type. */
export const typeStarts: readonly TokenType[] = [
  t.Primitive,
  t.Id,
  t.Tuple,
  t.List,
  t.MapKeyword,
  t.Option,
  t.Result,
  t.Future,
  t.Stream,
  t.Own,
  t.Borrow,
];

/** Whether a token is of one of these types, or of a category among them. */
export function matchesAny(token: IToken, types: readonly TokenType[]): boolean {
  for (const type of types) if (tokenMatcher(token, type)) return true;
  return false;
}

const afterAnyName: readonly TokenType[] = [
  t.Colon,
  t.Equals,
  t.LBrace,
  t.Semicolon,
  t.Comma,
  t.Dot,
  t.Slash,
  t.At,
  t.As,
  t.With,
  t.RAngle,
  t.RParen,
  t.RBrace,
];

/** Whether the author seems to use a keyword as a name: the token behind it is one that follows names. */
export function isKeywordAsName(
  token: IToken,
  next: IToken,
  after: readonly TokenType[] | undefined,
): boolean {
  return tokenMatcher(token, t.Keyword) && (after ?? afterAnyName).includes(next.tokenType);
}
