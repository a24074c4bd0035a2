/** An S-expression of WebAssembly text (`core/text/lexical`). */
export type Node = List | Atom | Text;

interface Positioned {
  /** Offsets into the script; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface List extends Positioned {
  readonly tag: 'list';
  readonly items: readonly Node[];
}

/** A keyword, number or identifier. */
export interface Atom extends Positioned {
  readonly tag: 'atom';
  readonly text: string;
}

/** A string literal, which may contain any bytes and not only UTF-8. */
interface Text extends Positioned {
  readonly tag: 'text';
  readonly bytes: Uint8Array;
}

/** Thrown when a script cannot be read. `offset` is the position of the error in the script. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const TOKEN = /[\s\uFEFF]+|;;[^\n]*|\(;|"(?:[^"\\\n]|\\[^])*"|[()]|[^\s()";]+/uy;

/**
 * Reads the top-level expressions of a script, without annotations (`(@name …)`). Expressions may be nested to any
 * depth. Throws a `ScriptError`.
 */
export function readExpressions(source: string): readonly Node[] {
  const top: Node[] = [];
  const open: { readonly start: number; readonly items: Node[] }[] = [];
  let items = top;
  let position = 0;
  while (position < source.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(source);
    if (match === null) throw new ScriptError(unreadable(source, position), position);
    const start = position;
    const token = match[0];
    position += token.length;
    const end = position;
    if (token === '(;') {
      position = blockCommentEnd(source, start);
    } else if (token === '(') {
      items = [];
      open.push({ start, items });
    } else if (token === ')') {
      const closed = open.pop();
      if (closed === undefined) throw new ScriptError('unmatched `)`', start);
      items = open.at(-1)?.items ?? top;
      if (!isAnnotation(closed.items[0], closed.start)) items.push({ tag: 'list', ...closed, end });
    } else if (token.startsWith('"')) {
      items.push({ tag: 'text', bytes: unescape(token.slice(1, -1), start + 1), start, end });
    } else if (!/^(?:\s|\uFEFF|;;)/u.test(token)) {
      items.push({ tag: 'atom', text: token, start, end });
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw new ScriptError('unmatched `(`', unclosed.start);
  return top;
}

/** Returns the line of an offset, counted from 1. */
export function lineAt(source: string, offset: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) line += 1;
  return line;
}

function unreadable(source: string, position: number): string {
  return source[position] === '"' ? 'unterminated string' : 'unexpected character';
}

function isAnnotation(first: Node | undefined, listStart: number): boolean {
  return first?.tag === 'atom' && first.text.startsWith('@') && first.start === listStart + 1;
}

function blockCommentEnd(source: string, start: number): number {
  const edge = /\(;|;\)/gu;
  edge.lastIndex = start;
  let depth = 0;
  for (let match = edge.exec(source); match !== null; match = edge.exec(source)) {
    depth += match[0] === '(;' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  throw new ScriptError('unterminated comment', start);
}

const ESCAPE = /\\(?:u\{([\da-f_]+)\}|([\da-f]{2})|([tnr"'\\])|[^]|$)/giu;
const CONTROL: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

function unescape(raw: string, start: number): Uint8Array {
  const encoder = new TextEncoder();
  const parts: number[] = [];
  let literal = 0;
  const append = (text: string): void => {
    for (const byte of encoder.encode(text)) parts.push(byte);
  };
  for (const match of raw.matchAll(ESCAPE)) {
    append(raw.slice(literal, match.index));
    literal = match.index + match[0].length;
    const [whole, scalar, byte, letter] = match;
    if (byte !== undefined) parts.push(Number.parseInt(byte, 16));
    else if (letter !== undefined) append(CONTROL[letter] ?? letter);
    else append(scalarValue(whole, scalar, start + match.index));
  }
  append(raw.slice(literal));
  return Uint8Array.from(parts);
}

function scalarValue(escape: string, digits: string | undefined, offset: number): string {
  const value = digits === undefined ? Number.NaN : Number.parseInt(digits.replaceAll('_', ''), 16);
  if (!(value < 0xd800 || (value >= 0xe000 && value < 0x110000))) {
    throw new ScriptError(`\`${escape}\` is not a valid escape`, offset);
  }
  return String.fromCodePoint(value);
}
