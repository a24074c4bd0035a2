/**
 * Conditions that emitted code checks. They are written out at each use, because one function for all would see
 * objects of so many shapes that the JavaScript engine could not optimise it.
 */

/**
 * Returns the condition under which an object is not accepted for a type of optional members only. An array, a Set or
 * a Promise would silently count as an empty one.
 */
export function notPlain(value: string): string {
  return `${value}[Symbol.iterator] !== undefined || typeof ${value}.then === "function"`;
}

/** Returns the condition under which the payload of a case that has none is a value that would be lost. */
export function isPresent(payload: string): string {
  return `${payload} !== undefined && ${payload} !== null`;
}

/**
 * Returns the condition under which a host value is not a number of the type. The operator changes a value that is
 * not such a number, so the result differs from the value. For a bigint or a symbol the operator throws, which also
 * counts as a mismatch.
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
