import { EOF, tokenMatcher, type IToken, type TokenType } from 'chevrotain';
import * as t from './tokens.ts';

/** What stands between the braces of an interface, a world, a resource or a package, or in a file. */
export interface BodyKind {
  /** Tokens that begin an item here. */
  readonly starts: readonly TokenType[];
  /** Whether an item may begin with a name, as a function does. */
  readonly names: boolean;
  /** Whether a `}` ends it; a file ends by itself. */
  readonly closed: boolean;
  readonly expected: string;
  readonly help: (token: IToken, next: IToken) => string | undefined;
}

/** A list with commas: fields, parameters, cases, names, types. */
export interface ListKind {
  readonly closer: TokenType;
  readonly starts: readonly TokenType[];
  /** Whether an element begins with a name, so that a keyword there may be meant as one. */
  readonly names: boolean;
  /** What may follow such a name. */
  readonly afterName: readonly TokenType[];
  /** Tokens, besides the closer, that show that the list was not closed. */
  readonly ends: readonly TokenType[];
  /** Whether someone might write an attribute here, where none may stand. */
  readonly attributes: boolean;
  readonly expected: string;
}

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

/** Whether an item of any body seems to begin with this token. */
export function startsItem(token: IToken, next: IToken): boolean {
  if (itemKeywords.has(token.tokenType)) return next.tokenType !== t.Colon;
  return tokenMatcher(token, t.Id) && next.tokenType === t.Colon;
}

/**
 * Whether an item that cannot stand where it does is there for the same reason as the one before it: both are parts of
 * an interface, or of a world, or of a file. What begins with a sign is the rest of something.
 */
export function isStrayToo(before: IToken, token: IToken, next: IToken): boolean {
  if (!tokenMatcher(token, t.Id) && !tokenMatcher(token, t.Keyword)) return true;
  if (before.tokenType === t.RBrace) return false;
  return before.tokenType === token.tokenType || levelOf(before) === levelOf(token, next);
}

function levelOf(token: IToken, next?: IToken): 'file' | 'world' | 'interface' | undefined {
  if (tokenMatcher(token, t.Id) || next?.tokenType === t.Colon) return 'interface';
  return levels.get(token.tokenType);
}

const levels: ReadonlyMap<TokenType, 'file' | 'world' | 'interface'> = new Map([
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

export function firstMatch(token: IToken, types: readonly TokenType[]): boolean {
  for (const type of types) if (tokenMatcher(token, type)) return true;
  return false;
}

export function isName(type: TokenType): boolean {
  return type === t.Id || type.CATEGORIES?.includes(t.Id) === true;
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
  t.RAngle,
  t.RParen,
  t.RBrace,
];

/** Whether a keyword stands where a name is meant, as what follows it shows. */
export function keywordFits(token: IToken, next: IToken, after: readonly TokenType[] | undefined): boolean {
  return tokenMatcher(token, t.Keyword) && (after ?? afterAnyName).includes(next.tokenType);
}

const structure: ReadonlySet<TokenType> = new Set([
  EOF,
  t.LBrace,
  t.RBrace,
  t.LParen,
  t.RParen,
  t.LAngle,
  t.RAngle,
  t.Semicolon,
  t.Comma,
]);

/** Whether a token can be dropped without losing more than itself. */
export function junk(token: IToken, next: IToken): boolean {
  return !structure.has(token.tokenType) && !startsItem(token, next);
}

/** Whether one token stands for another: `type a: u32`, `type a = u32,`. */
export function substitutes(expected: TokenType, actual: IToken, next: IToken): boolean {
  switch (expected) {
    case t.Equals:
      return actual.tokenType === t.Colon;
    case t.Colon:
      return actual.tokenType === t.Equals;
    case t.Semicolon:
      return (
        (actual.tokenType === t.Comma || actual.tokenType === t.Dot) &&
        (next.tokenType === t.RBrace || next.tokenType === EOF || startsItem(next, next))
      );
    default:
      return false;
  }
}

/** Whether what stands there shows that the expected token is merely missing. */
export function insertable(expected: TokenType, actual: IToken, next: IToken): boolean {
  const type = actual.tokenType;
  switch (expected) {
    case t.Semicolon:
      return type === t.RBrace || startsItem(actual, next);
    case t.RBrace:
    case t.Colon:
      return true;
    case t.LBrace:
      return type !== t.Semicolon;
    case t.RParen:
      return [t.Arrow, t.Semicolon, t.RBrace, t.LBrace, t.Comma].includes(type) || startsItem(actual, next);
    case t.RAngle:
      return [t.Semicolon, t.RBrace, t.LBrace, t.RParen, t.Comma, t.RAngle].includes(type);
    case t.LAngle:
      return firstMatch(actual, typeStarts) && [t.RAngle, t.LAngle, t.Comma].includes(next.tokenType);
    case t.LParen:
      return [t.Arrow, t.Semicolon, t.RParen].includes(type) || tokenMatcher(actual, t.Id);
    case t.Comma:
    case t.Equals:
      return firstMatch(actual, typeStarts) || type === t.Semver;
    case t.Dot:
      return type === t.LBrace;
    case t.Func:
      return type === t.LParen;
    case t.Version:
      return type === t.Semver || type === t.Equals || type === t.RParen;
    case t.Feature:
      return (
        type === t.Equals || type === t.RParen || (tokenMatcher(actual, t.Id) && next.tokenType === t.RParen)
      );
    case t.Semver:
    case t.StringLiteral:
    case t.Integer:
      return [t.Semicolon, t.LBrace, t.RParen, t.RAngle, t.Dot].includes(type);
    case t.Id:
      return structure.has(type) || [t.Colon, t.Equals, t.Slash, t.Dot, t.At].includes(type);
    default:
      return false;
  }
}
