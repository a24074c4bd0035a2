import type { Func, Type, TypeDef } from '@wit-ts/model';
import {
  allocates,
  type FlatSignature,
  flattenFunctype,
  type FlatteningOptions,
  flattenTypes,
  layoutOf,
  TypeTooLarge,
} from '@wit-ts/model/layout';

/** The size at which values of a type are too large, in bytes, with 64-bit pointers. */
const MAX_SIZE = 2 ** 28;

const pointing = new WeakMap<TypeDef, boolean>();

/** Returns whether a value of the type points to other memory: whether it contains strings, lists or maps. */
export function hasPointers(type: Type): boolean {
  if (typeof type === 'string') return type === 'string';
  // A type may be asked about once for each function that mentions it, and have thousands of parts.
  let found = pointing.get(type);
  if (found === undefined) {
    found = allocates(type);
    pointing.set(type, found);
  }
  return found;
}

/** Returns whether values of the type are too large for memory. A type that is faulty otherwise is not. */
export function isTooLarge(type: Type): boolean {
  try {
    return layoutOf(type, 'i64').size >= MAX_SIZE;
  } catch (error) {
    if (error instanceof TypeTooLarge) return true;
    return undefinedIfFaulty(error) ?? false;
  }
}

/**
 * Returns how many core values values take, `Infinity` for more than a function can pass; `undefined` when a type is
 * faulty.
 */
export function flattensTo(
  types: readonly Type[],
  address: 'i32' | 'i64',
): { readonly length: number } | undefined {
  try {
    return flattenTypes(types, address) ?? { length: Infinity };
  } catch (error) {
    return undefinedIfFaulty(error);
  }
}

/** Returns the core type of a lifted or lowered function, or `undefined` when a type in it is faulty. */
export function coreTypeOf(
  options: FlatteningOptions,
  type: Pick<Func, 'params' | 'result'>,
  context: 'lift' | 'lower',
): FlatSignature | undefined {
  try {
    return flattenFunctype(options, type, context);
  } catch (error) {
    return undefinedIfFaulty(error);
  }
}

/** Types without members, or with too many, have no layout. They have been reported where they are defined. */
function undefinedIfFaulty(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error;
}
