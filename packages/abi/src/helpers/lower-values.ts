import { Trap } from '../trap.ts';
import { MAX_BYTE_LENGTH } from './lift-strings.ts';
import { bad } from './mismatch.ts';
import { isThenable, platformClassOf } from './value-kinds.ts';

/** Converts a u64 that is not a bigint: a safe integer is accepted. */
export function toU64(value: unknown): bigint {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? BigInt(value as number) : bad(value);
}

/** Converts an s64 that is not a bigint: a safe integer is accepted. */
export function toS64(value: unknown): bigint {
  return Number.isSafeInteger(value) ? BigInt(value as number) : bad(value);
}

/** Returns the code point of a string of exactly one character. */
export function charCode(value: unknown): number {
  return codePointOf(value) ?? bad(value);
}

/** Returns the code point of a string of exactly one character, and nothing for any other value. */
export function codePointOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const code = value.codePointAt(0)!;
  const isOne = value.length === 1 ? (code & 0xf800) !== 0xd800 : value.length === 2 && code >= 0x1_0000;
  return isOne ? code : undefined;
}

/**
 * The elements that iterators gave when they were lowered last. An iterator can be read only once, and a message
 * about an element needs it again. Nothing else may look here, because an iterator may give more elements in the next
 * call.
 */
export const drained = new WeakMap<object, readonly unknown[] | undefined>();

/** The most elements that are read from an iterable of unknown size: one without an end would take all memory. */
export const MOST_ELEMENTS = 2 ** 21;

/** The most elements of an array that are copied, because a proxy may say that it has any number. */
export const MOST_COPIED = 2 ** 24;

/**
 * Returns the elements of a Set, a generator or another iterable as an array, and any other value as it is. Returns
 * `undefined` for an iterable that gives more than `most` elements, and more than a Set contains.
 */
export function elementsOf(value: unknown, most = MOST_ELEMENTS): unknown {
  if (typeof value !== 'object' || value === null || 'length' in value) return value;
  const iterate: unknown = Reflect.get(value, Symbol.iterator);
  if (typeof iterate !== 'function') return value;
  const iterator = Reflect.apply(iterate, value, []) as Iterator<unknown>;
  const elements = drain({ [Symbol.iterator]: () => iterator }, value, most);
  if ((iterator as object) === value) drained.set(value, elements);
  return elements;
}

/** @param value the Map or Set that gives the items, if it is one */
function drain(items: Iterable<unknown>, value: object, most: number): unknown[] | undefined {
  const read: unknown[] = [];
  for (const item of items) {
    if (read.length >= most && read.length >= sizeOf(value)) return undefined;
    read.push(item);
  }
  return read;
}

/** Returns the number of entries of a Map or a Set, whatever its class reports. */
function sizeOf(value: unknown): number {
  return sizeBy(mapSize, value) ?? sizeBy(setSize, value) ?? 0;
}

function sizeBy(size: (this: unknown) => number, value: unknown): number | undefined {
  try {
    return size.call(value);
  } catch {
    return undefined;
  }
}

/**
 * Copies a list that is larger than the memory. So an array with holes is refused before the guest is asked for memory
 * that it may not have.
 */
export function definedElements(value: ArrayLike<unknown>, length: number): unknown[] {
  const copy: unknown[] = [];
  for (let i = 0; i < length; i += 1) copy.push(value[i] ?? bad());
  return copy;
}

/** Returns the length of an array-like value. */
export function lengthOf(value: unknown): number {
  return arrayLength(value) ?? bad(value);
}

/** Returns the length of an array-like value, and nothing for any other value. */
export function arrayLength(value: unknown): number | undefined {
  if (ArrayBuffer.isView(value)) return viewLength(value);
  // The characters of a boxed string are not a list, as those of a string are not.
  if (typeof value !== 'object' || value === null || !('length' in value) || isString(value))
    return undefined;
  const { length } = value;
  return typeof length === 'number' && Number.isInteger(length) && length >= 0 ? length : undefined;
}

function isString(value: object): boolean {
  return platformClassOf(value) === 'String';
}

const mapIterator = /* @__PURE__ */ iteratorOf(Map);
const mapSize = /* @__PURE__ */ getter(Map, 'size') as (this: unknown) => number;
const setSize = /* @__PURE__ */ getter(Set, 'size') as (this: unknown) => number;

const TypedArray = /* @__PURE__ */ Object.getPrototypeOf(Uint8Array) as PlatformClass;

interface PlatformClass {
  readonly prototype: object;
}

/**
 * Returns the number of elements of a typed array, whatever its class reports. Called with the typed array as `this`.
 */
export const typedLength = /* @__PURE__ */ getter(TypedArray, 'length') as (this: unknown) => number;

/**
 * Returns the kind of a typed array, `Uint8Array`, whatever its prototype and its realm; `undefined` for other values
 * and proxies. Called with the value as `this`.
 */
export const typedKind = /* @__PURE__ */ getter(TypedArray, Symbol.toStringTag) as (
  this: unknown,
) => string | undefined;

function getter(owner: PlatformClass, key: string | symbol): unknown {
  // oxlint-disable-next-line unbound-method
  return property(owner, key).get;
}

function iteratorOf(owner: PlatformClass): unknown {
  return property(owner, Symbol.iterator).value;
}

function property({ prototype }: PlatformClass, key: string | symbol): PropertyDescriptor {
  return Object.getOwnPropertyDescriptor(prototype, key)!;
}

/**
 * Copies the elements of a typed array whose buffer changed its size while the guest was asked for memory: as many as
 * there were when the guest was asked.
 */
export function copyFirst<T>(
  target: { [index: number]: T },
  index: number,
  value: ArrayLike<T>,
  length: number,
): void {
  if (typedLength.call(value) < length) bad();
  for (let i = 0; i < length; i += 1) target[index + i] = value[i]!;
}

/** Traps because a shared buffer grew while it was copied, so that more was written than the guest had given. */
export function grew(): never {
  throw new Trap('a shared buffer grew while it was copied');
}

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

type Pair = readonly [key: unknown, value: unknown];

/**
 * Returns the entries of a Map or of an array of pairs, each read once, whatever the Map says its size is. Returns
 * `undefined` when there are too many.
 */
export function pairsOf(
  value: Map<unknown, unknown> | readonly unknown[],
  check: (entry: unknown, index: number) => void,
): Pair[] | undefined {
  const read: Pair[] = [];
  const add = (entry: Pair): void => {
    check(entry, read.length);
    read.push([entry[0], entry[1]]);
  };
  if (isMap(value)) {
    for (const entry of value as Iterable<Pair>) {
      if (read.length >= MOST_ELEMENTS && read.length >= sizeOf(value)) return undefined;
      add(entry);
    }
    return read;
  }
  const length = lengthOf(value);
  if (length > MOST_COPIED) return undefined;
  for (let i = 0; i < length; i += 1) add(value[i] as Pair);
  return read;
}

/**
 * Returns the entries of a map: the Map itself if it gives what it holds, and otherwise an array of pairs.
 *
 * @param size the bytes of an entry
 */
export function mapEntries(value: unknown, size: number): Iterable<Pair> {
  if (!isMap(value) && !Array.isArray(value)) return bad(value);
  const isHonest = isMap(value) && value[Symbol.iterator] === mapIterator && sizeOf(value) > 0;
  const entries = isHonest ? value : (pairsOf(value as readonly unknown[], checkPair) ?? bad());
  return entryCount(entries) * size > MAX_BYTE_LENGTH ? bad() : entries;
}

/** Returns the number of what `mapEntries` returns. */
export function entryCount(entries: Iterable<Pair>): number {
  return Array.isArray(entries) ? entries.length : sizeOf(entries);
}

function checkPair(entry: unknown): void {
  if (!isPair(entry)) bad(entry);
}

/** Returns true for an array of two elements. A string of two characters would also destructure as a pair. */
export function isPair(entry: unknown): boolean {
  return Array.isArray(entry) && entry.length === 2;
}

export function isMap(value: unknown): value is Map<unknown, unknown> {
  return value instanceof Map || platformClassOf(value) === 'Map';
}

export function isSet(value: unknown): value is Set<unknown> {
  return platformClassOf(value) === 'Set';
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
  const member = (value as Readonly<Record<string, unknown>>)[key];
  return typeof member === 'function' && isInherited(key) && !Object.hasOwn(value, key) ? undefined : member;
}

/** Returns true when every object has a property of this name. */
export function isInherited(key: string): boolean {
  return key in Object.prototype;
}

/** Returns true when an object is an instance of a class of the platform: a Date, an Error, a boxed number. */
export function isBuiltIn(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return false;
  const name = platformClassOf(value);
  return name !== 'Object' && name in globalThis;
}
