/** Numbers of WebAssembly text (`core/text/values`). All throw a `SyntaxError` where the text is no such number. */

const INTEGER = /^([+-]?)(0x[\da-f]+(?:_[\da-f]+)*|\d+(?:_\d+)*)$/iu;

export function parseInteger(text: string): bigint {
  const match = INTEGER.exec(text);
  if (match === null) throw new SyntaxError(`\`${text}\` is no integer.`);
  const magnitude = BigInt((match[2] ?? '').replaceAll('_', ''));
  return match[1] === '-' ? -magnitude : magnitude;
}

const HEX_FLOAT = /^0x([\da-f]+)(?:\.([\da-f]*))?(?:p([+-]?\d+))?$/iu;
const DECIMAL_FLOAT = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/iu;

/** NaNs of every payload are NaN: JavaScript does not tell them apart. */
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
  if (match === null) throw new SyntaxError(`\`${text}\` is no number.`);
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`0x${whole}${fraction}`);
  const shift = Number(exponent) - 4 * fraction.length;
  // In two factors, so that neither the digits nor the power alone leave the range of a number.
  const half = Math.trunc(shift / 2);
  return Number(digits) * 2 ** half * 2 ** (shift - half);
}
