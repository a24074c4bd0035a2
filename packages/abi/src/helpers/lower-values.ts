import { MAX_BYTE_LENGTH } from './lift-strings.ts';
import { bad } from './mismatch.ts';

/** A u64 that is no bigint: a number is taken where it is a safe integer. */
export function toU64(value: unknown): bigint {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : bad();
}

/** An s64 that is no bigint: a number is taken where it is a safe integer. */
export function toS64(value: unknown): bigint {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : bad();
}

/** The code point of a string that holds exactly one character. */
export function charCode(value: unknown): number {
  if (typeof value !== 'string') return bad();
  const code = value.codePointAt(0) ?? bad();
  if (value.length === 1 ? (code & 0xf800) === 0xd800 : value.length !== 2 || code < 0x1_0000) bad();
  return code;
}

/**
 * What iterators gave when they were lowered last: they can be asked only once, and a message about one that does not fit
 * needs it again. Nothing else may look here, for an iterator may have more to give in the next call.
 */
export const drained = new WeakMap<object, readonly unknown[]>();

/** An array of what a Set, a generator or the like gives, for a list; anything else as it is. */
export function elementsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || 'length' in value) return value;
  if (!(Symbol.iterator in value) || typeof value[Symbol.iterator] !== 'function') return value;
  const iterator = (value as Iterable<unknown>)[Symbol.iterator]();
  const elements = Array.from({ [Symbol.iterator]: () => iterator });
  if ((iterator as object) === value) drained.set(value, elements);
  return elements;
}

/** For a tuple: an array, or anything like one, of exactly that length. */
export function checkLength(value: unknown, length: number): unknown {
  return arrayLength(value) === length ? value : bad();
}

/** The elements of a list of fixed length. */
export function elementsOfLength(value: unknown, length: number): unknown {
  return checkLength(elementsOf(value), length);
}

/** The number of elements of anything like an array. */
export function lengthOf(value: unknown): number {
  return arrayLength(value) ?? bad();
}

/** The same, nothing for what is not like an array. */
export function arrayLength(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('length' in value)) return undefined;
  const length = ArrayBuffer.isView(value) ? viewLength(value) : value.length;
  return typeof length === 'number' && Number.isInteger(length) && length >= 0 ? length : undefined;
}

/** The number of elements that a typed array has, whatever its class says of it. Called with the typed array as `this`. */
// oxlint-disable-next-line unbound-method
export const typedLength = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  'length',
)!.get as (this: unknown) => number;

/** The same of any view; nothing where it has lost its buffer, for that is no empty list. */
function viewLength(view: ArrayBufferView): number | undefined {
  try {
    // Throws where there is no buffer any more.
    Uint8Array.prototype.keys.call(view as Uint8Array);
    return typedLength.call(view);
  } catch {
    return undefined;
  }
}

/** The entries of a map: a Map, also one of another realm, or an array of pairs. */
export function checkMap(value: unknown, pairSize: number): Iterable<readonly [unknown, unknown]> {
  const entries = isMap(value) || Array.isArray(value) ? value : bad();
  if (!isMap(entries) && !entries.every(isPair)) bad();
  return entryCount(entries) * pairSize <= MAX_BYTE_LENGTH ? entries : bad();
}

/** A string of two characters would be taken apart like one. */
export function isPair(entry: unknown): boolean {
  return Array.isArray(entry) && entry.length === 2;
}

export function entryCount(entries: Iterable<unknown>): number {
  return isMap(entries) ? entries.size : (entries as readonly unknown[]).length;
}

export function isMap(value: unknown): value is Map<unknown, unknown> {
  return value instanceof Map || Object.prototype.toString.call(value) === '[object Map]';
}

/**
 * For types that an empty object is a value of, flags and records of nothing but options: without this check an array, a
 * Set or a Promise would silently be taken for one.
 */
export function isPlain(value: object): boolean {
  return Reflect.get(value, Symbol.iterator) === undefined && !isThenable(value);
}

/**
 * A member of a value that may have the name of one of the functions that all objects inherit: those are no members. In
 * WIT any name is allowed, `to-string` and `constructor` too.
 */
export function memberOf(value: object, key: string): unknown {
  const member: unknown = Reflect.get(value, key);
  return typeof member === 'function' && isInherited(key) && !Object.hasOwn(value, key) ? undefined : member;
}

/** Whether every object has something of this name. */
export function isInherited(key: string): boolean {
  return key in Object.prototype;
}

/** Whether an object of options can be seen in a value: in one of the platform's classes, only by a member that is there. */
export function holdsOptions(value: object, keys: readonly string[]): boolean {
  return isPlain(value) && !(isBuiltIn(value) && keys.every((key) => memberOf(value, key) === undefined));
}

/** Whether an object is of one of the platform's classes: a Date, an Error, a boxed number. */
export function isBuiltIn(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return false;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag !== 'Object' && tag in globalThis;
}

export function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
