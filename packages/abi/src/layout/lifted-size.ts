import { isTaggedOption, numericType } from '@wit-ts/mapping';
import type { Type, TypeDef } from '@wit-ts/model';
import { type Shape, shapeOf, unalias, valueParts } from '@wit-ts/model/layout';
import type { CanonicalOptions } from '../engine.ts';

/*
 * The bytes that lifted values take in JavaScript, as far as their types tell. A guest describes some values in a byte
 * that take thousands here: tuples inside tuples, records of booleans. Therefore the budget of a call does not count
 * the guest's bytes but these. They were measured on V8 14 without pointer compression, and rounded up.
 */

/**
 * The bytes in JavaScript that one call may lift when the instance has no limit. Any one string, and any one list of
 * numbers, is within it.
 */
const DEFAULT_BUDGET = 2 ** 30;

const sizes = new WeakMap<TypeDef, number>();

/**
 * Returns the bytes in JavaScript of a value of the type and of the slot that refers to it. The content of strings,
 * lists and maps is not included, because it depends on their lengths.
 */
function liftedSize(type: Type): number {
  const resolved = unalias(type);
  // Most numbers need no object. An error context is an error, which records a stack.
  if (typeof resolved === 'string') return resolved === 'error-context' ? 1024 : 24;
  let size = sizes.get(resolved);
  // A type that mentions a part twice at each of its levels may be larger than any number.
  if (size === undefined) sizes.set(resolved, (size = Math.min(2 ** 53, sizeOf(resolved))));
  return size;
}

function sizeOf(type: TypeDef): number {
  const shape = shapeOf(type) as Exclude<Shape, string>;
  const inside = valueParts(shape).map(liftedSize);
  switch (shape.tag) {
    case 'record':
    case 'tuple':
      // V8 makes a dictionary of an object with more properties than 128.
      return inside.reduce((a, b) => a + b, inside.length > 128 ? 96 * inside.length : 56);
    case 'fixed-length-list':
      return 56 + shape.length * inside[0]!;
    case 'variant':
    case 'option':
    case 'result':
      return Math.max(0, ...inside) + (shape.tag === 'option' && !isTaggedOption(type) ? 0 : 48);
    case 'list':
    case 'map':
    case 'enum':
      return 8;
    default:
      // A flag is a property. A resource has an object of its class, a handle, and what finds out that it is garbage.
      return 320;
  }
}

/** The bytes in JavaScript of an empty list or map, and those that each element adds. */
export type SequenceSize = readonly [empty: number, each: number];

/** Up to 24 characters of a string are put together from pieces, each of which is an object. */
export const STRING_SIZE: SequenceSize = [96, 2];

/** Returns the size of a list, or of a map for a key and a value. */
export function sequenceSize(...types: readonly [Type, Type?]): SequenceSize {
  const [first, value] = types;
  if (value !== undefined) return [192, 64 + liftedSize(first) + liftedSize(value)];
  const numeric = numericType(first);
  return numeric === undefined ? [56, liftedSize(first)] : [320, Number(numeric.slice(1)) / 8];
}

/** What the values that a call lifts at once may take in JavaScript, in bytes. */
export interface LiftBudget {
  readonly limit: number;
  /** What is left of the limit for the content of strings, lists and maps. */
  readonly rest: number;
}

export function liftBudget(
  types: readonly Type[],
  { maxLifted: limit = DEFAULT_BUDGET }: CanonicalOptions,
): LiftBudget {
  return { limit, rest: types.reduce((rest, type) => rest - liftedSize(type), limit) };
}
