/**
 * These conditions are written out where they are needed: a function for all would see objects of so many shapes that the
 * engine gives up on it.
 */

/**
 * The condition under which an object is not taken for one of optional members only: of an array, a Set or a Promise it would
 * silently make an empty one.
 */
export function notPlain(value: string): string {
  return `${value}[Symbol.iterator] !== undefined || typeof ${value}.then === "function"`;
}

/** The condition under which a case without a payload carries something that would be lost. */
export function hasPayload(value: string): string {
  return `${value}.val !== undefined && ${value}.val !== null`;
}

/**
 * The condition under which a host value is no number of the type. An operand that is no number is changed by the operator,
 * and so differs from itself afterwards; a bigint or a symbol makes the operator throw, which counts as a mismatch too.
 */
export function numberCheck(
  type: 'u8' | 's8' | 'u16' | 's16' | 'u32' | 's32' | 'u64' | 's64' | 'f32' | 'f64',
  value: string,
): string {
  switch (type) {
    case 'u8':
      return `(${value} & 255) !== ${value}`;
    case 's8':
      return `${value} << 24 >> 24 !== ${value}`;
    case 'u16':
      return `(${value} & 65535) !== ${value}`;
    case 's16':
      return `${value} << 16 >> 16 !== ${value}`;
    case 'u32':
      return `${value} >>> 0 !== ${value}`;
    case 's32':
      return `(${value} | 0) !== ${value}`;
    case 'u64':
      return `BigInt.asUintN(64, ${value}) !== ${value}`;
    case 's64':
      return `BigInt.asIntN(64, ${value}) !== ${value}`;
    case 'f32':
    case 'f64':
      return `typeof ${value} !== "number"`;
  }
}
