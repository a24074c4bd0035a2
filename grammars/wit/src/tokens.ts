import { createToken, Lexer, type CustomPatternMatcherReturn, type TokenType } from 'chevrotain';

/*
 * The tokens of WIT (`WIT.md`, "Lexical structure"). The lexer accepts more names and versions than the language, so
 * that `fooBar` and `1.0` are one token each with one clear diagnostic, instead of several tokens with several
 * diagnostics.
 */

/** A name, with its `%` if it has one. Whether it is kebab-case is checked later. */
export const Id = createToken({
  name: 'Id',
  label: 'a name',
  pattern: /%?[A-Za-z_\u00c0-\u1fff\u2c00-\ud7ff][\w\u00c0-\u1fff\u2c00-\ud7ff-]*/,
});

/** The category of all keywords. It never matches by itself. */
export const Keyword = createToken({ name: 'Keyword', pattern: Lexer.NA });

/** The category of the built-in types without parameters: `u8`, `string` and so on. It never matches by itself. */
export const Primitive = createToken({ name: 'Primitive', label: 'a type', pattern: Lexer.NA });

function keyword(word: string, ...categories: TokenType[]): TokenType {
  const name = word.replace(/(?:^|-)([a-z_])/gu, (_, first: string) => first.toUpperCase());
  return createToken({
    name: word === '_' ? 'Underscore' : name,
    label: `\`${word}\``,
    pattern: word,
    longer_alt: Id,
    categories: [Keyword, ...categories],
  });
}

export const As = keyword('as');
export const Async = keyword('async');
export const Borrow = keyword('borrow');
export const Constructor = keyword('constructor');
export const Enum = keyword('enum');
export const Export = keyword('export');
export const Flags = keyword('flags');
const From = keyword('from');
export const Func = keyword('func');
export const Future = keyword('future');
export const Import = keyword('import');
export const Include = keyword('include');
export const Interface = keyword('interface');
export const List = keyword('list');
export const MapKeyword = keyword('map');
export const Option = keyword('option');
export const Own = keyword('own');
export const Package = keyword('package');
export const RecordKeyword = keyword('record');
export const Resource = keyword('resource');
export const Result = keyword('result');
export const Static = keyword('static');
export const Stream = keyword('stream');
export const Tuple = keyword('tuple');
export const Type = keyword('type');
export const Underscore = keyword('_');
export const Use = keyword('use');
export const Variant = keyword('variant');
export const With = keyword('with');
export const World = keyword('world');

const primitives = [
  'bool',
  'char',
  'error-context',
  'f32',
  'f64',
  's16',
  's32',
  's64',
  's8',
  'string',
  'u16',
  'u32',
  'u64',
  'u8',
].map((word) => keyword(word, Primitive));

/** A word with a meaning in one place only. It is a name everywhere else. */
function contextual(word: string): TokenType {
  return createToken({
    name: word.replace(/(?:^|-)([a-z])/gu, (_, first: string) => first.toUpperCase()),
    label: `\`${word}\``,
    pattern: word,
    longer_alt: Id,
    categories: [Id],
  });
}

export const Since = contextual('since');
export const Unstable = contextual('unstable');
export const Deprecated = contextual('deprecated');
export const ExternalId = contextual('external-id');
export const Version = contextual('version');
export const Feature = contextual('feature');

function punctuation(name: string, text: string): TokenType {
  return createToken({ name, label: `\`${text}\``, pattern: text });
}

export const Arrow = punctuation('Arrow', '->');
export const At = punctuation('At', '@');
export const Colon = punctuation('Colon', ':');
export const Comma = punctuation('Comma', ',');
export const Dot = punctuation('Dot', '.');
export const Equals = punctuation('Equals', '=');
export const LAngle = punctuation('LAngle', '<');
export const LBrace = punctuation('LBrace', '{');
export const LParen = punctuation('LParen', '(');
export const RAngle = punctuation('RAngle', '>');
export const RBrace = punctuation('RBrace', '}');
export const RParen = punctuation('RParen', ')');
export const Semicolon = punctuation('Semicolon', ';');
export const Slash = punctuation('Slash', '/');

/**
 * A version such as `1.2.3-rc.1+build`, or text that resembles one. A dot is part of it only before a digit or a
 * letter. The first length is bounded because a failed match is tried again at every following digit.
 */
export const Semver = createToken({
  name: 'Semver',
  label: 'a version such as `1.0.0`',
  pattern: /\d[\dA-Za-z-]{0,255}(?:\.[\dA-Za-z-]+){1,1000}(?:\+[\dA-Za-z-]*(?:\.[\dA-Za-z-]+){0,1000})?/,
});

/** A number. It is also read where a version belongs, and reported as an invalid one. */
export const Integer = createToken({
  name: 'Integer',
  label: 'a number',
  pattern: /\d+/,
  categories: [Semver],
});

/** A string on one line, with the escapes of the text format of core WebAssembly. */
export const StringLiteral = createToken({
  name: 'StringLiteral',
  label: 'a string',
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*){0,2000000}"/,
});

export const UnterminatedString = createToken({
  name: 'UnterminatedString',
  label: 'a string',
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*){0,2000000}\\?/,
  categories: [StringLiteral],
});

const WhiteSpace = createToken({ name: 'WhiteSpace', pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED });

const LineComment = createToken({
  name: 'LineComment',
  pattern: /\/\/[^\r\n]*(?:\r(?!\n)[^\r\n]*){0,1000}/,
  group: 'comments',
});

const COMMENT_EDGE = /\/\*|\*\//gu;

/** Matches a block comment. Block comments nest, which a regular expression cannot match. */
function matchBlockComment(text: string, start: number): CustomPatternMatcherReturn | null {
  if (!text.startsWith('/*', start)) return null;
  let depth = 1;
  COMMENT_EDGE.lastIndex = start + 2;
  for (let edge = COMMENT_EDGE.exec(text); edge !== null; edge = COMMENT_EDGE.exec(text)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return [text.slice(start, COMMENT_EDGE.lastIndex)];
  }
  return null;
}

const BlockComment = createToken({
  name: 'BlockComment',
  pattern: { exec: matchBlockComment },
  start_chars_hint: ['/'],
  line_breaks: true,
  group: 'comments',
});

/** A block comment that is not closed. */
export const UnterminatedComment = createToken({
  name: 'UnterminatedComment',
  pattern: /\/\*[^]*/,
  line_breaks: true,
  group: 'comments',
});

/** All tokens in the order in which the lexer tries them: more specific ones come first. */
export const allTokens: TokenType[] = [
  WhiteSpace,
  LineComment,
  BlockComment,
  UnterminatedComment,
  Arrow,
  At,
  Colon,
  Comma,
  Dot,
  Equals,
  LAngle,
  LBrace,
  LParen,
  RAngle,
  RBrace,
  RParen,
  Semicolon,
  Slash,
  // `async` comes before its prefix `as`, or the lexer would read it as a name longer than `as`.
  Async,
  As,
  Borrow,
  Constructor,
  Enum,
  Export,
  Flags,
  From,
  Func,
  Future,
  Import,
  Include,
  Interface,
  List,
  MapKeyword,
  Option,
  Own,
  Package,
  RecordKeyword,
  Resource,
  Result,
  Static,
  Stream,
  Tuple,
  Type,
  Underscore,
  Use,
  Variant,
  With,
  World,
  ...primitives,
  Since,
  Unstable,
  Deprecated,
  ExternalId,
  Version,
  Feature,
  Id,
  Semver,
  Integer,
  StringLiteral,
  UnterminatedString,
  Primitive,
  Keyword,
];
