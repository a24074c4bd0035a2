import { fromI32 } from './readers.ts';

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
  if (type === 'f32' || type === 'f64') return `typeof ${value} !== "number"`;
  const wrapped =
    type === 'u64' || type === 's64'
      ? `BigInt.as${type === 'u64' ? 'Uint' : 'Int'}N(64, ${value})`
      : `(${value}${fromI32[type] || ' | 0'})`;
  return `${wrapped} !== ${value}`;
}
