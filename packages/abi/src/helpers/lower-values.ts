import { MAX_BYTE_LENGTH } from './lift-strings.ts';
import { bad } from './mismatch.ts';

/** Converts a u64 that is not a bigint: a safe integer is accepted. */
export function toU64(value: unknown): bigint {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : bad();
}

/** Converts an s64 that is not a bigint: a safe integer is accepted. */
export function toS64(value: unknown): bigint {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : bad();
}

/** Returns the code point of a string of exactly one character. */
export function charCode(value: unknown): number {
  if (typeof value !== 'string') return bad();
  const code = value.codePointAt(0) ?? bad();
  if (value.length === 1 ? (code & 0xf800) === 0xd800 : value.length !== 2 || code < 0x1_0000) bad();
  return code;
}

/**
 * The elements that iterators gave when they were lowered last. An iterator can be read only once, and a message
 * about an element needs it again. Nothing else may look here, because an iterator may give more elements in the next
 * call.
 */
export const drained = new WeakMap<object, readonly unknown[]>();

/** Returns the elements of a Set, a generator or another iterable as an array, and any other value as it is. */
export function elementsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || 'length' in value) return value;
  if (!(Symbol.iterator in value) || typeof value[Symbol.iterator] !== 'function') return value;
  const iterator = (value as Iterable<unknown>)[Symbol.iterator]();
  const elements = Array.from({ [Symbol.iterator]: () => iterator });
  if ((iterator as object) === value) drained.set(value, elements);
  return elements;
}

/** Checks that a value is an array, or array-like, of exactly that length. */
export function checkLength(value: unknown, length: number): unknown {
  return arrayLength(value) === length ? value : bad();
}

/** Returns the elements of a list of fixed length. */
export function elementsOfLength(value: unknown, length: number): unknown {
  return checkLength(elementsOf(value), length);
}

/** Returns the length of an array-like value. */
export function lengthOf(value: unknown): number {
  return arrayLength(value) ?? bad();
}

/** Returns the length of an array-like value, and nothing for any other value. */
export function arrayLength(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('length' in value)) return undefined;
  const length = ArrayBuffer.isView(value) ? viewLength(value) : value.length;
  return typeof length === 'number' && Number.isInteger(length) && length >= 0 ? length : undefined;
}

/**
 * Returns the number of elements of a typed array, whatever its class reports. Called with the typed array as `this`.
 */
// oxlint-disable-next-line unbound-method
export const typedLength = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  'length',
)!.get as (this: unknown) => number;

/** Returns the length of a view. A view without a buffer has none: it is not an empty list. */
function viewLength(view: ArrayBufferView): number | undefined {
  try {
    // Throws if the view has lost its buffer.
    Uint8Array.prototype.keys.call(view as Uint8Array);
    return typedLength.call(view);
  } catch {
    return undefined;
  }
}

/** Returns the entries of a map: a Map, possibly of another realm, or an array of pairs. */
export function checkMap(value: unknown, pairSize: number): Iterable<readonly [unknown, unknown]> {
  const entries = isMap(value) || Array.isArray(value) ? value : bad();
  if (!isMap(entries) && !entries.every(isPair)) bad();
  return entryCount(entries) * pairSize <= MAX_BYTE_LENGTH ? entries : bad();
}

/** Returns true for an array of two elements. A string of two characters would also destructure as a pair. */
export function isPair(entry: unknown): boolean {
  return Array.isArray(entry) && entry.length === 2;
}

export function entryCount(entries: Iterable<unknown>): number {
  return isMap(entries) ? entries.size : (entries as readonly unknown[]).length;
}

export function isMap(value: unknown): value is Map<unknown, unknown> {
  return value instanceof Map || Object.prototype.toString.call(value) === '[object Map]';
}

/** Returns true for an error, possibly of another realm. */
export function isError(value: unknown): value is Error {
  return (
    value instanceof Error || /^\[object (Error|DOMException)\]$/u.test(Object.prototype.toString.call(value))
  );
}

export function isSet(value: unknown): value is Set<unknown> {
  return Object.prototype.toString.call(value) === '[object Set]';
}

/**
 * Returns true for an object that may be flags or a record of optional fields. Without this check, an array, a Set or
 * a Promise would silently count as an empty one.
 */
export function isPlain(value: object): boolean {
  return Reflect.get(value, Symbol.iterator) === undefined && !isThenable(value);
}

/**
 * Returns a member of a value. Functions that all objects inherit are not members: in WIT any name is allowed, also
 * `to-string` and `constructor`.
 */
export function memberOf(value: object, key: string): unknown {
  const member: unknown = Reflect.get(value, key);
  return typeof member === 'function' && isInherited(key) && !Object.hasOwn(value, key) ? undefined : member;
}

/** Returns true when every object has a property of this name. */
export function isInherited(key: string): boolean {
  return key in Object.prototype;
}

/**
 * Returns true when a value can be an object of optional fields. An instance of a class of the platform must have at
 * least one of them.
 */
export function holdsOptions(value: object, keys: readonly string[]): boolean {
  return isPlain(value) && !(isBuiltIn(value) && keys.every((key) => memberOf(value, key) === undefined));
}

/** Returns true when an object is an instance of a class of the platform: a Date, an Error, a boxed number. */
export function isBuiltIn(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return false;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag !== 'Object' && tag in globalThis;
}

export function isThenable(value: unknown): boolean {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  return 'then' in value && typeof value.then === 'function';
}
