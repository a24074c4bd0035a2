import { primitiveTypes } from '@wit-ts/model';

/**
 * The kind of a token as a number. A large package has a few hundred thousand tokens, and numbers are cheap to
 * compare.
 */
export const END = 0;
export const NAME = 1;
export const PRIMITIVE = 2;
export const SEMVER = 3;
export const INTEGER = 4;
export const STRING = 5;
export const ARROW = 6;

// The kind of a punctuation mark is its character code.
export const LPAREN = 0x28;
export const RPAREN = 0x29;
export const COMMA = 0x2c;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LANGLE = 0x3c;
export const EQUALS = 0x3d;
export const RANGLE = 0x3e;
export const AT = 0x40;
export const LBRACE = 0x7b;
export const RBRACE = 0x7d;

export const AS = 128;
export const ASYNC = 129;
export const BORROW = 130;
export const CONSTRUCTOR = 131;
export const ENUM = 132;
export const EXPORT = 133;
export const FLAGS = 134;
const FROM = 135;
export const FUNC = 136;
export const FUTURE = 137;
export const IMPORT = 138;
export const INCLUDE = 139;
export const INTERFACE = 140;
export const LIST = 141;
export const MAP = 142;
export const OPTION = 143;
export const OWN = 144;
export const PACKAGE = 145;
export const RECORD = 146;
export const RESOURCE = 147;
export const RESULT = 148;
export const STATIC = 149;
export const STREAM = 150;
export const TUPLE = 151;
export const TYPE = 152;
export const UNDERSCORE = 153;
export const USE = 154;
export const VARIANT = 155;
export const WITH = 156;
export const WORLD = 157;

/** Every keyword with its kind. */
export const keywordKinds: readonly (readonly [string, number])[] = [
  ['as', AS],
  ['async', ASYNC],
  ['borrow', BORROW],
  ['constructor', CONSTRUCTOR],
  ['enum', ENUM],
  ['export', EXPORT],
  ['flags', FLAGS],
  ['from', FROM],
  ['func', FUNC],
  ['future', FUTURE],
  ['import', IMPORT],
  ['include', INCLUDE],
  ['interface', INTERFACE],
  ['list', LIST],
  ['map', MAP],
  ['option', OPTION],
  ['own', OWN],
  ['package', PACKAGE],
  ['record', RECORD],
  ['resource', RESOURCE],
  ['result', RESULT],
  ['static', STATIC],
  ['stream', STREAM],
  ['tuple', TUPLE],
  ['type', TYPE],
  ['_', UNDERSCORE],
  ['use', USE],
  ['variant', VARIANT],
  ['with', WITH],
  ['world', WORLD],
  ...primitiveTypes.map((word) => [word, PRIMITIVE] as const),
];
