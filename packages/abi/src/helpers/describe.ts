import { MAX_BYTE_LENGTH } from './lift-strings.ts';
import {
  arrayLength,
  drained,
  elementsOf,
  entryCount,
  holdsOptions,
  isBuiltIn,
  isMap,
  isPair,
  isPlain,
  isThenable,
  memberOf,
} from './lower-values.ts';
import { HANDLE } from '../resource-type.ts';
import { ResourceHandle } from '../handle-table.ts';
import type { ResourceType } from '../resource-type.ts';

/**
 * Types as data, which only messages need. Generated code carries them as a literal that is evaluated when an error
 * is described. A primitive type is its keyword; any other type is the index of its node.
 */
export type TypeRef = string | number;

export type DescribedType =
  | readonly ['record', ...(readonly [key: string, type: TypeRef])[]]
  | readonly ['tuple', ...TypeRef[]]
  | readonly ['variant', ...(readonly [tag: string, payload?: TypeRef])[]]
  | readonly ['enum', ...string[]]
  | readonly ['flags', ...string[]]
  /** Whether the option is boxed, because what it holds is an option too. */
  | readonly ['option', type: TypeRef, boxed: 0 | 1]
  | readonly ['list', element: TypeRef, size: number]
  | readonly ['fixed', element: TypeRef, length: number]
  | readonly ['map', key: TypeRef, value: TypeRef, size: number]
  | readonly ['own' | 'borrow', resource: number];

export interface TypeTable {
  readonly nodes: readonly DescribedType[];
  /** The types of the parameters by name, and of the results of a host function. */
  readonly params: readonly (readonly [name: string, type: TypeRef])[];
  readonly result?: TypeRef;
  readonly error?: TypeRef;
  /** The method of a host's object that the function calls. */
  readonly method?: string;
}

/** Finds the first part of a value that does not fit its type, and describes it: `meta.id: expected u64, got 1.5`. */
export class Describer {
  readonly #nodes: readonly DescribedType[];
  readonly #resources: readonly ResourceType[];

  constructor(nodes: readonly DescribedType[], resources: readonly ResourceType[]) {
    this.#nodes = nodes;
    this.#resources = resources;
  }

  mismatch(type: TypeRef, value: unknown, path: string): string | undefined {
    if (typeof type === 'string') {
      return fitsPrimitive(type, value) ? undefined : say(path, expectedPrimitive(type), value);
    }
    const node = this.#nodes[type]!;
    switch (node[0]) {
      case 'record':
        return this.#record(node.slice(1) as (readonly [string, TypeRef])[], value, path);
      case 'tuple':
        return this.#elements(node.slice(1) as TypeRef[], value, path);
      case 'variant':
        return this.#variant(node.slice(1) as (readonly [string, TypeRef?])[], value, path);
      case 'enum':
        return node.slice(1).includes(value as string)
          ? undefined
          : say(path, oneOf(node.slice(1) as string[]), value);
      case 'flags':
        return flagsMismatch(node.slice(1) as string[], value, path);
      case 'option':
        return this.#option(node[1], node[2] === 1, value, path);
      case 'list': {
        const elements = readElements(value);
        const length = arrayLength(elements);
        if (length === undefined) return say(path, 'a list', value);
        if (length * node[2] > MAX_BYTE_LENGTH) return tooLong(path, length);
        return this.#each(node[1], elements as ArrayLike<unknown>, length, path);
      }
      case 'fixed': {
        const elements = readElements(value);
        const length = arrayLength(elements);
        if (length !== node[2]) return say(path, `a list of exactly ${node[2]} elements`, value);
        return this.#each(node[1], elements as ArrayLike<unknown>, length, path);
      }
      case 'map':
        return this.#map(node[1], node[2], node[3], value, path);
      case 'own':
      case 'borrow':
        return handleMismatch(this.#resources[node[1]]!, node[0], value, path);
    }
  }

  #record(fields: (readonly [string, TypeRef])[], value: unknown, path: string): string | undefined {
    if (typeof value !== 'object' || value === null) return say(path, 'an object', value);
    for (const [key, type] of fields) {
      const found = this.mismatch(type, memberOf(value, key), member(path, key));
      if (found !== undefined) return found;
    }
    const optional = fields.every(
      ([, type]) => typeof type === 'number' && /option|flags/u.test(this.#nodes[type]![0]),
    );
    const keys = fields.map(([key]) => key);
    return optional && !holdsOptions(value, keys) ? say(path, 'an object', value) : undefined;
  }

  #elements(types: TypeRef[], value: unknown, path: string): string | undefined {
    if (arrayLength(value) !== types.length)
      return say(path, `an array of exactly ${types.length} elements`, value);
    for (const [index, type] of types.entries()) {
      const found = this.mismatch(type, (value as ArrayLike<unknown>)[index], `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #variant(cases: (readonly [string, TypeRef?])[], value: unknown, path: string): string | undefined {
    if (typeof value !== 'object' || value === null) return say(path, 'an object with a tag', value);
    const { tag, val } = value as { tag?: unknown; val?: unknown };
    const found = cases.find(([name]) => name === tag);
    if (found === undefined) return say(member(path, 'tag'), oneOf(cases.map(([name]) => name)), tag);
    if (found[1] !== undefined) return this.mismatch(found[1], val, member(path, 'val'));
    if (val === undefined || val === null) return undefined;
    return say(member(path, 'val'), `nothing, for ${JSON.stringify(tag)} has no payload`, val);
  }

  #option(type: TypeRef, boxed: boolean, value: unknown, path: string): string | undefined {
    if (boxed) return this.#variant([['none'], ['some', type]], value, path);
    return value === undefined || value === null ? undefined : this.mismatch(type, value, path);
  }

  #map(key: TypeRef, item: TypeRef, size: number, value: unknown, path: string): string | undefined {
    if (!isMap(value) && !Array.isArray(value)) return say(path, 'a Map', value);
    const count = entryCount(value);
    if (count * size > MAX_BYTE_LENGTH) return tooLong(path, count);
    let index = 0;
    for (const entry of value as Iterable<unknown>) {
      const at = `${path}[${index}]`;
      if (!isPair(entry)) return say(at, 'an array of exactly 2 elements', entry);
      const [name, held] = entry as [unknown, unknown];
      const found = this.mismatch(key, name, `${at}.key`) ?? this.mismatch(item, held, `${at}.value`);
      if (found !== undefined) return found;
      index += 1;
    }
    return undefined;
  }

  #each(type: TypeRef, value: ArrayLike<unknown>, length: number, path: string): string | undefined {
    for (let i = 0; i < length; i += 1) {
      const found = this.mismatch(type, value[i], `${path}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Returns the elements of a list. For an iterator they are those that lowering received. */
function readElements(value: unknown): unknown {
  return drained.get(value as object) ?? elementsOf(value);
}

/** Returns true when a host value has a primitive type. */
function fitsPrimitive(type: string, value: unknown): boolean {
  switch (type) {
    case 'bool':
      return typeof value === 'boolean';
    case 'f32':
    case 'f64':
      return typeof value === 'number';
    case 'string':
      return typeof value === 'string' && value.length <= MAX_BYTE_LENGTH;
    case 'char':
      return typeof value === 'string' && isChar(value);
    default:
      return isInteger(value, type);
  }
}

/** @param type `u8` … `s64` */
function isInteger(value: unknown, type: string): boolean {
  const bits = Number(type.slice(1));
  if (typeof value === 'bigint' ? bits !== 64 : !Number.isSafeInteger(value)) return false;
  const integer = BigInt(value as number | bigint);
  return integer === (type.startsWith('u') ? BigInt.asUintN(bits, integer) : BigInt.asIntN(bits, integer));
}

function isChar(value: string): boolean {
  const code = value.codePointAt(0);
  return code !== undefined && String.fromCodePoint(code) === value && (code & 0xffff_f800) !== 0xd800;
}

function expectedPrimitive(type: string): string {
  if (type === 'bool') return 'a boolean';
  if (type === 'string') return 'a string';
  return type === 'char' ? 'a string of exactly one character' : type;
}

function flagsMismatch(labels: string[], value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || !isPlain(value)) return say(path, 'an object of booleans', value);
  let none = true;
  for (const label of labels) {
    const set = memberOf(value, label);
    if (set !== undefined && typeof set !== 'boolean') return say(member(path, label), 'a boolean', set);
    none &&= set !== true;
  }
  if (none && isBuiltIn(value)) return say(path, 'an object of booleans', value);
  for (const key in value) {
    if (!labels.includes(key))
      return `${path}: unknown flag ${JSON.stringify(key)}, expected ${oneOf(labels)}`;
  }
  return undefined;
}

function handleMismatch(
  type: ResourceType,
  kind: 'own' | 'borrow',
  value: unknown,
  path: string,
): string | undefined {
  if (type.implementer === undefined) {
    const fits =
      type.hostClass === undefined ? isObject(value) && !isThenable(value) : value instanceof type.hostClass;
    return fits ? undefined : say(path, `an object of the resource ${type.name}`, value);
  }
  const handle: unknown = isObject(value) ? Reflect.get(value, HANDLE) : undefined;
  if (!(handle instanceof ResourceHandle) || handle.type !== type) {
    const expected = `an object of the resource ${type.name}`;
    if (!(handle instanceof ResourceHandle) || handle.type.name !== type.name)
      return say(path, expected, value);
    // Resource types are generative: a second instance of the same component makes another type.
    return `${path}: expected ${expected} of ${type.implementer.name}, got one of another instance`;
  }
  if (handle.rep === undefined) return `${path}: the ${type.name} was dropped, or given away, before`;
  if (kind === 'borrow') return undefined;
  return handle.own && handle.lends === 0
    ? undefined
    : `${path}: the ${type.name} is only borrowed, and cannot be given away`;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function member(path: string, key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function oneOf(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => JSON.stringify(name));
  return `one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
}

function tooLong(path: string, length: number): string {
  return `${path}: a list of ${length} elements is too long, it may take ${MAX_BYTE_LENGTH} bytes`;
}

function say(path: string, expected: string, value: unknown): string {
  return `${path}: expected ${expected}, got ${show(value)}`;
}

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
  if (isThenable(value)) return 'a Promise (a synchronous function cannot wait for it)';
  if (ArrayBuffer.isView(value) && (value.buffer as ArrayBuffer).detached)
    return 'a typed array that has lost its buffer';
  if (Array.isArray(value)) return `an array of ${value.length} elements`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return 'an object';
  const name: unknown = isObject(prototype) ? Reflect.get(prototype, 'constructor') : undefined;
  return typeof name === 'function' && name.name !== '' ? `an object of the class ${name.name}` : 'an object';
}
