import { unalias, type Type } from '@wit-ts/model';

/**
 * Returns true if an option is a tagged object, `{ tag: 'none' } | { tag: 'some', val: T }`, and false if it is
 * `T | undefined`.
 *
 * An option is tagged if `undefined` may be one of its payload's values, because `undefined` could then mean `none` as
 * well as `some(none)`. An option of a *tagged* option is plain again, because a tagged object is never `undefined`. In
 * options that contain options, also through aliases, the innermost is plain, the next one is tagged, the next one is
 * plain, and so on. jco has the same rule.
 *
 * | WIT                          | JavaScript                                                        |
 * | ---------------------------- | ----------------------------------------------------------------- |
 * | `option<u8>`                 | `number \| undefined`                                             |
 * | `option<option<u8>>`         | `{ tag: 'none' } \| { tag: 'some', val: number \| undefined }`    |
 * | `option<option<option<u8>>>` | the tagged object of the row above, or `undefined`                |
 */
export function isTaggedOption(type: Type): boolean {
  // Iterative: types from a hostile component may nest deeper than a stack allows.
  let depth = 0;
  let at = unalias(type);
  while (typeof at === 'object' && at.kind.tag === 'option') {
    depth += 1;
    at = unalias(at.kind.type);
  }
  return depth > 0 && depth % 2 === 0;
}

/**
 * Returns true if `undefined` is a value of the type, so that a field of the type may be left out. An option is tagged
 * exactly if this is true of its payload.
 */
export function includesUndefined(type: Type): boolean {
  const target = unalias(type);
  return typeof target === 'object' && target.kind.tag === 'option' && !isTaggedOption(target);
}

/**
 * Returns true if lowering accepts `undefined` for the type. These are options, and flags, for which it means that no
 * flag is set. Lifted flags are always an object, so declarations do not say `undefined`.
 */
export function acceptsUndefined(type: Type): boolean {
  const target = unalias(type);
  return (typeof target === 'object' && target.kind.tag === 'flags') || includesUndefined(type);
}

/** Returns the value `none` of an option. @param payload the type of what the option holds */
export function noneOf(payload: Type): unknown {
  return includesUndefined(payload) ? { tag: 'none' } : undefined;
}

/** Returns the value `some` of an option. @param payload the type of what the option holds */
export function someOf(payload: Type, value: unknown): unknown {
  return includesUndefined(payload) ? { tag: 'some', val: value } : value;
}

/** Returns what a value of an option holds, or `undefined` for `none`. @param payload the type of what it holds */
export function optionPayload(payload: Type, option: unknown): { readonly value: unknown } | undefined {
  if (!includesUndefined(payload))
    return option === undefined || option === null ? undefined : { value: option };
  const { tag, val } = option as { readonly tag: string; readonly val?: unknown };
  return tag === 'none' ? undefined : { value: val };
}
