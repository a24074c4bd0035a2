const INTEGER = /^([+-]?)(0x[\da-f]+(?:_[\da-f]+)*|\d+(?:_\d+)*)$/iu;

/**
 * Parses an integer of WebAssembly text (`core/text/values`). Throws a `SyntaxError` when the text is not an integer.
 */
export function parseInteger(text: string): bigint {
  const match = INTEGER.exec(text);
  if (match === null) throw new SyntaxError(`\`${text}\` is not an integer`);
  const magnitude = BigInt((match[2] ?? '').replaceAll('_', ''));
  return match[1] === '-' ? -magnitude : magnitude;
}

const HEX_FLOAT = /^0x([\da-f]+)(?:\.([\da-f]*))?(?:p([+-]?\d+))?$/iu;
const DECIMAL_FLOAT = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/iu;

/**
 * Parses a float of WebAssembly text (`core/text/values`). All NaNs give the same NaN, because JavaScript does not
 * distinguish their payloads. Throws a `SyntaxError` when the text is not a number.
 */
export function parseFloatLiteral(text: string, width: 32 | 64): number {
  const negative = text.startsWith('-');
  const unsigned = text.replace(/^[+-]/u, '').replaceAll('_', '');
  const magnitude = parseMagnitude(unsigned, text);
  const value = negative ? -magnitude : magnitude;
  return width === 32 ? Math.fround(value) : value;
}

function parseMagnitude(unsigned: string, text: string): number {
  if (unsigned === 'inf') return Infinity;
  if (/^nan(?::(?:canonical|arithmetic|0x[\da-f]+))?$/iu.test(unsigned)) return Number.NaN;
  if (DECIMAL_FLOAT.test(unsigned)) return Number(unsigned);
  const match = HEX_FLOAT.exec(unsigned);
  if (match === null) throw new SyntaxError(`\`${text}\` is not a number`);
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`0x${whole}${fraction}`);
  const shift = Number(exponent) - 4 * fraction.length;
  // The power is split into two factors, because 2 ** shift alone may be outside the range of a number.
  const half = Math.trunc(shift / 2);
  return Number(digits) * 2 ** half * 2 ** (shift - half);
}
