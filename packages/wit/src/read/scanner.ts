import type { CommentRange } from '../ast/docs.ts';
import { keywordKinds, ARROW, END, INTEGER, NAME, SEMVER, STRING } from './token-kinds.ts';

/**
 * Thrown when a text has a mistake. It carries no message, because the grammar's parser finds and reports the mistake.
 */
export const MISTAKE: unique symbol = Symbol('mistake in the text');

/** The characters that the grammar's lexer reports, wherever they are. */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\0-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\u0149|\u0673|\u0f77|\u0f79|\u17a3|\u17a4|\u17b4|\u17b5|\r(?!\n)/u;

/** A version, or at least a number, as in the grammar's tokens. */
const NUMBER =
  /\d[\dA-Za-z-]{0,255}(?:\.[\dA-Za-z-]+){1,1000}(?:\+[\dA-Za-z-]*(?:\.[\dA-Za-z-]+){0,1000})?|\d+/y;
const STRING_LITERAL = /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*){0,2000000}"/y;
const COMMENT_EDGE = /\/\*|\*\//gu;

// Classes of characters.
const SPACE = 1;
const LOWER = 2;
const UPPER = 3;
const DIGIT = 4;
const SIGN = 5;

const classes = new Uint8Array(128);
for (const char of ' \t\r\n') classes[char.charCodeAt(0)] = SPACE;
for (const char of '(),.:;<=>@{}') classes[char.charCodeAt(0)] = SIGN;
classes.fill(LOWER, 0x61, 0x7b);
classes.fill(UPPER, 0x41, 0x5b);
classes.fill(DIGIT, 0x30, 0x3a);

/** Keywords by the code of their first character. */
const keywordsBy: readonly (readonly { readonly word: string; readonly kind: number }[])[] = Array.from(
  { length: 128 },
  (_, code) =>
    keywordKinds.filter(([word]) => word.charCodeAt(0) === code).map(([word, kind]) => ({ word, kind })),
);

/** Shared, because most tokens have no comment before them. Nothing is added to it. */
const NO_COMMENTS: CommentRange[] = [];

/**
 * Moves over the tokens of a text, one at a time and without creating objects for them. Throws `MISTAKE` at a
 * character that begins no token and at a name that is not kebab-case; the constructor throws it if the text contains
 * a forbidden character.
 */
export class Scanner {
  readonly text: string;
  /** The kind and position of the current token. */
  kind = END;
  start = 0;
  end = 0;
  /** The last keyword that was read. */
  keyword = '';
  /** The offset where the token before it ended. */
  before = 0;
  /** The comments between these two tokens. */
  comments: CommentRange[] = NO_COMMENTS;

  constructor(text: string) {
    if (FORBIDDEN.test(text)) throw MISTAKE;
    this.text = text;
    // A byte order mark counts as white space.
    if (text.charCodeAt(0) === 0xfeff) this.end = 1;
    this.advance();
    this.before = 0;
  }

  /** Moves to the next token. */
  advance(): void {
    const { text } = this;
    this.before = this.end;
    this.comments = NO_COMMENTS;
    let at = this.end;
    for (;;) {
      const code = text.charCodeAt(at);
      const type = code < 128 ? classes[code]! : 0;
      if (type === SPACE) {
        at += 1;
        continue;
      }
      this.start = at;
      if (type === LOWER || type === UPPER) {
        this.#word(at);
        return;
      }
      if (type === SIGN) {
        this.kind = code;
        this.end = at + 1;
        return;
      }
      if (code === 0x2f && this.#comment(at)) {
        at = this.end;
        continue;
      }
      this.#other(at, code);
      return;
    }
  }

  /** Makes the token that starts at an offset the current one again. */
  rewind(start: number, before: number): void {
    this.end = start;
    this.advance();
    this.before = before;
  }

  /** Reads a comment. Returns false if the slash is punctuation. */
  #comment(at: number): boolean {
    const { text } = this;
    const next = text.charCodeAt(at + 1);
    if (next === 0x2f) {
      const line = text.indexOf('\n', at + 2);
      let end = line < 0 ? text.length : line;
      if (text.charCodeAt(end - 1) === 0x0d) end -= 1;
      this.#addComment(at, end);
      this.end = end;
      return true;
    }
    if (next !== 0x2a) return false;
    let depth = 1;
    COMMENT_EDGE.lastIndex = at + 2;
    while (depth > 0) {
      const edge = COMMENT_EDGE.exec(text);
      if (edge === null) throw MISTAKE;
      depth += edge[0] === '/*' ? 1 : -1;
    }
    this.end = COMMENT_EDGE.lastIndex;
    this.#addComment(at, this.end);
    return true;
  }

  #addComment(start: number, end: number): void {
    if (this.comments === NO_COMMENTS) this.comments = [{ start, end }];
    else this.comments.push({ start, end });
  }

  /** Reads a keyword or a name. Each word of a name has letters of one case. */
  #word(start: number): void {
    const { text } = this;
    let at = start;
    let seen = 0;
    for (;;) {
      const code = text.charCodeAt(at);
      const type = code < 128 ? classes[code]! : 0;
      if (type === LOWER || type === UPPER) {
        if (seen !== 0 && seen !== DIGIT && seen !== type) throw MISTAKE;
        seen = type;
      } else if (type === DIGIT) {
        if (seen === 0) seen = DIGIT;
      } else if (code === 0x2d) {
        // Words are not empty.
        if (seen === 0) throw MISTAKE;
        seen = 0;
      } else {
        if (code === 0x5f || code >= 0xc0 || seen === 0) throw MISTAKE;
        break;
      }
      at += 1;
    }
    this.end = at;
    this.kind = NAME;
    const length = at - start;
    for (const { word, kind } of keywordsBy[text.charCodeAt(start)]!) {
      if (word.length === length && text.startsWith(word, start)) {
        this.kind = kind;
        this.keyword = word;
        return;
      }
    }
  }

  #other(at: number, code: number): void {
    const { text } = this;
    if (code === 0x25) {
      const first = text.charCodeAt(at + 1);
      const type = first < 128 ? classes[first]! : 0;
      if (type !== LOWER && type !== UPPER) throw MISTAKE;
      this.#word(at + 1);
      this.kind = NAME;
    } else if (code === 0x2f) {
      this.kind = code;
      this.end = at + 1;
    } else if (code === 0x2d && text.charCodeAt(at + 1) === 0x3e) {
      this.kind = ARROW;
      this.end = at + 2;
    } else if (code >= 0x30 && code <= 0x39) {
      this.end = this.#match(NUMBER, at);
      const isNumber = text.slice(at, this.end).includes('.');
      this.kind = isNumber ? SEMVER : INTEGER;
    } else if (code === 0x22) {
      this.end = this.#match(STRING_LITERAL, at);
      this.kind = STRING;
    } else if (code === 0x5f) {
      this.#underscore(at);
    } else if (at >= text.length) {
      this.kind = END;
      this.end = at;
    } else {
      throw MISTAKE;
    }
  }

  #underscore(at: number): void {
    const next = this.text.charCodeAt(at + 1);
    if (next >= 0xc0 || next === 0x5f || next === 0x2d) throw MISTAKE;
    if (next < 128 && classes[next]! >= LOWER && classes[next]! <= DIGIT) throw MISTAKE;
    this.kind = keywordsBy[0x5f]![0]!.kind;
    this.end = at + 1;
  }

  #match(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    if (!pattern.test(this.text)) throw MISTAKE;
    return pattern.lastIndex;
  }
}
