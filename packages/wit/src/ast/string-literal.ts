/** The value of a string literal, or where the literal is wrong. */
type StringValue =
  | { readonly value: string }
  /** The offset in the literal and the length of what is wrong. */
  | { readonly at: number; readonly length: number; readonly message: string };

const SIMPLE: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  r: 13,
  '"': 34,
  "'": 39,
  '\\': 92,
};

const ESCAPE = /\\(?:u\{([\da-fA-F]+(?:_[\da-fA-F]+){0,1000})\}|([\da-fA-F]{2})|([tnr"'\\]))/uy;

/**
 * Reads a string literal of the text format of core WebAssembly (`name`: the bytes must be UTF-8). Escapes are `\n`,
 * `\t`, `\r`, quotes and backslashes, `\u{…}` for a code point and `\7f` for a byte.
 */
export function readString(literal: string): StringValue {
  const text = literal.slice(1, -1);
  if (!text.includes('\\')) return { value: text };
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length;) {
    if (text[at] !== '\\') {
      const next = text.indexOf('\\', at);
      const end = next < 0 ? text.length : next;
      for (const byte of encoder.encode(text.slice(at, end))) bytes.push(byte);
      at = end;
      continue;
    }
    ESCAPE.lastIndex = at;
    const match = ESCAPE.exec(text);
    if (match === null)
      return { at: at + 1, length: 2, message: `\`${text.slice(at, at + 2)}\` is not an escape` };
    const [whole, point, byte, simple] = match;
    if (point !== undefined) {
      const value = parseInt(point.replaceAll('_', ''), 16);
      if (!(value < 0xd800 || (value >= 0xe000 && value < 0x110000))) {
        return { at: at + 1, length: whole.length, message: `\`${whole}\` is not a Unicode scalar value` };
      }
      for (const part of encoder.encode(String.fromCodePoint(value))) bytes.push(part);
    } else {
      bytes.push(byte === undefined ? SIMPLE[simple!]! : parseInt(byte, 16));
    }
    at += whole.length;
  }
  try {
    return {
      value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes)),
    };
  } catch {
    return { at: 0, length: literal.length, message: 'the bytes of this string are not UTF-8' };
  }
}
