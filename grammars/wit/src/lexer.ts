import { Lexer, type IToken } from 'chevrotain';
import type { SyntaxFault } from './recovery/syntax-fault.ts';
import { allTokens, Keyword, UnterminatedComment, UnterminatedString } from './tokens.ts';

/** The words that are only names after a `%` (`WIT.md`, "Keywords"). */
export const keywords: ReadonlySet<string> = new Set(
  allTokens.filter((type) => type.CATEGORIES?.includes(Keyword) === true).map((type) => String(type.PATTERN)),
);

export interface Tokens {
  /** The tokens in the order of the text, without comments. */
  readonly tokens: readonly IToken[];
  /** The comments in the order of the text, with their markers. */
  readonly comments: readonly IToken[];
  readonly faults: readonly SyntaxFault[];
}

let lexer: Lexer | undefined;

/** Splits a text into tokens. Characters that begin no token are reported and left out. */
export function tokenize(text: string): Tokens {
  lexer ??= new Lexer(allTokens, {
    positionTracking: 'onlyOffset',
    ensureOptimizations: true,
    skipValidations: true,
    errorMessageProvider: {
      buildUnableToPopLexerModeMessage: () => '',
      buildUnexpectedCharactersMessage: (full, start, length) => full.slice(start, start + length),
    },
  });
  const faults: SyntaxFault[] = forbiddenCharacters(text);
  // A byte order mark counts as white space; a space in its place keeps every offset.
  const marked = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  // Spaces replace forbidden characters too, so that they are reported only once.
  const lexed = lexer.tokenize(faults.length === 0 ? marked : marked.replaceAll(FORBIDDEN, blank));
  for (const { offset, length, message } of lexed.errors) {
    faults.push({
      code: 'unexpected-character',
      message: `${showCharacters(message)} is not valid in WIT`,
      start: offset,
      end: offset + length,
      ...helpWith(message.charAt(0)),
    });
  }
  const comments = lexed.groups['comments'] ?? [];
  const last = comments.at(-1);
  if (last?.tokenType === UnterminatedComment) {
    faults.push({
      code: 'unterminated-comment',
      message: 'this comment is never closed',
      start: last.startOffset,
      end: last.startOffset + 2,
      help: 'add `*/`; comments nest, so every `/*` inside needs a `*/` too',
    });
  }
  for (const token of lexed.tokens) {
    // Chevrotain does not set the end when it does not count lines, but computes the locations of the tree from it.
    token.endOffset = token.startOffset + token.image.length - 1;
    if (token.tokenType !== UnterminatedString) continue;
    faults.push({
      code: 'unterminated-string',
      message: 'this string is never closed',
      start: token.startOffset,
      end: token.startOffset + token.image.length,
      help: 'add `"`; a string ends on the line where it starts',
    });
  }
  return { tokens: lexed.tokens, comments, faults };
}

/**
 * The characters that are forbidden everywhere, comments included (`WIT.md`, "Lexical structure"): overrides of the
 * writing direction, code points that Unicode deprecates, and control characters, with carriage returns before no
 * line feed.
 */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u202a-\u202e\u2066-\u2069]+|(?:\u0149|\u0673|\u0f77|\u0f79|\u17a3|\u17a4|\u17b4|\u17b5){1,1000}|[\0-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]+|\r+(?!\n)/gu;

function forbiddenCharacters(text: string): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  for (const match of text.matchAll(FORBIDDEN)) {
    const code = match[0].charCodeAt(0);
    const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    const span = { start: match.index, end: match.index + match[0].length };
    if (code === 0x0d) {
      faults.push({
        code: 'lone-carriage-return',
        message: 'a carriage return must be followed by a line feed',
        ...span,
        help: 'end lines with a line feed, or with a carriage return and a line feed',
      });
    } else {
      faults.push({
        code: 'forbidden-character',
        message: `the ${describeForbidden(code)} ${point} is not allowed in WIT, not even in a comment`,
        ...span,
        help: 'remove it',
      });
    }
  }
  return faults;
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}

function describeForbidden(code: number): string {
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) return 'direction override';
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 'control character';
  return 'deprecated character';
}

/** Characters of other languages, with the WIT that replaces them. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['?', 'for an optional value, write `option<…>`'],
  ['[', 'for a list, write `list<…>`'],
  ['|', 'for one of several alternatives, define a `variant` or an `enum`'],
  ['&', 'for a borrowed handle, write `borrow<…>`'],
  ['*', 'for a handle, write `own<…>` or `borrow<…>`'],
  ['#', 'comments begin with `//`, and attributes with `@`'],
  ["'", 'strings are enclosed in `"`'],
]);

function helpWith(character: string): { readonly help: string } | undefined {
  const help = elsewhere.get(character);
  return help === undefined ? undefined : { help };
}

const SHOWN_CHARACTERS = 20;

function showCharacters(text: string): string {
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return `\`${shown}\``;
}
