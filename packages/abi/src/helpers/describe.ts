import type { PrimitiveType } from '@wit-ts/model';
import { isThenable } from './value-kinds.ts';
import type { ValueReaders } from './value-readers.ts';

/**
 * Types as data, which only messages need. Generated code carries them as a literal that is evaluated when an error
 * is described. A primitive type is its keyword; any other type is the index of its node.
 */
export type TypeRef = string | number;

/** The primitive types that are read by themselves. An error context is a waitable. */
type ReadPrimitive = Exclude<PrimitiveType, 'error-context'>;

export type DescribedType =
  | { [Kind in ReadPrimitive]: readonly [Kind] }[ReadPrimitive]
  | readonly ['record', ...(readonly [key: string, type: TypeRef])[]]
  | readonly ['tuple', ...TypeRef[]]
  | readonly ['variant', ...(readonly [tag: string, payload?: TypeRef])[]]
  | readonly ['enum', ...string[]]
  | readonly ['flags', ...string[]]
  /** Flags as a bigint. */
  | readonly ['bitflags', ...string[]]
  /** Whether the option is boxed, because what it holds is an option too. */
  | readonly ['option', type: TypeRef, boxed: 0 | 1]
  | readonly ['list', element: TypeRef, size: number]
  | readonly ['fixed', element: TypeRef, length: number]
  | readonly ['map', key: TypeRef, value: TypeRef, size: number]
  | readonly ['own' | 'borrow', resource: number]
  | readonly ['waitable', codec: number];

export type DescribedKind = DescribedType[0];

export interface TypeTable {
  readonly nodes: readonly DescribedType[];
  /** Why values were refused in which no mismatch can be found afterwards. Absent when they changed. */
  readonly unseen?: string;
  /** What reads host values of each kind of type in the table: a static module contains no other readers. */
  readonly readers: ValueReaders;
  /** The types of the parameters by name, and of the results of a host function. */
  readonly params: readonly (readonly [name: string, type: TypeRef])[];
  readonly result?: TypeRef;
  readonly error?: TypeRef;
  /** The method of a host's object that the function calls. */
  readonly method?: string;
  /** Makes the error for an object without that method. */
  readonly missing?: (name: string, method: string, self: unknown) => Error;
}

/** The table of a function that takes no values of the host. */
export const NO_TYPES: TypeTable = { nodes: [], readers: {}, params: [] };

/** Why an object of a guest resource is refused. */
export const USED_TWICE = 'an object that the call gives away is used twice in it';

/** Returns a short description of a host value for messages. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > 40
        ? `${JSON.stringify(value.slice(0, 40))}… (${value.length} characters)`
        : JSON.stringify(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return 'a function';
    case 'object':
      return showObject(value);
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

function showObject(value: object | null): string {
  if (value === null) return 'null';
  try {
    return describeObject(value);
  } catch {
    return 'an object that throws when it is read';
  }
}

function describeObject(value: object): string {
  if (isThenable(value)) return 'a Promise (a synchronous function cannot wait for it)';
  if (ArrayBuffer.isView(value) && (value.buffer as ArrayBuffer).detached)
    return 'a typed array that has lost its buffer';
  if (Array.isArray(value)) return describeArray(value.length);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return 'an object';
  const name: unknown = Reflect.get(prototype as object, 'constructor');
  return typeof name === 'function' && name.name !== '' ? `an object of the class ${name.name}` : 'an object';
}

/** A Proxy of an array can give any value as the length. */
function describeArray(length: unknown): string {
  if (typeof length !== 'number') return 'an array whose length is not a number';
  return `an array of ${length} element${length === 1 ? '' : 's'}`;
}
