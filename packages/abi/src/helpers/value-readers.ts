import { typedArrays } from '@wit-ts/mapping';
import { ResourceHandle } from '../handle-table.ts';
import { HANDLE, type ResourceType } from '../resource-type.ts';
import { type DescribedKind, type DescribedType, show, type TypeRef, USED_TWICE } from './describe.ts';
import {
  refuseBecause,
  type HostValueReader,
  nodeOf,
  readAs,
  readPart,
  readWithin,
  refuse,
} from './host-value-reader.ts';
import { MAX_BYTE_LENGTH } from './lift-strings.ts';
import {
  arrayLength,
  codePointOf,
  drained,
  elementsOf,
  pairsOf,
  isBuiltIn,
  isMap,
  isPair,
  isPlain,
  memberOf,
  MOST_COPIED,
  MOST_ELEMENTS,
  typedKind,
} from './lower-values.ts';
import { isObject, isThenable } from './value-kinds.ts';

/**
 * Reads a host value of one kind of type: returns a copy, or refuses the value through the reader. Each is a function
 * of its own, so that a static module contains only those for the kinds that its functions pass.
 */
type PartReader<Kind extends DescribedKind> = (
  reader: HostValueReader,
  value: unknown,
  node: Extract<DescribedType, readonly [Kind, ...unknown[]]>,
) => unknown;

/** The readers for some kinds. Each gets only nodes of its own kind. */
export type ValueReaders = {
  readonly [Kind in DescribedKind]?: (reader: HostValueReader, value: unknown, node: never) => unknown;
} & {
  /** Prints the part of a path. Absent when no value has parts. */
  readonly part?: (part: string | number) => string;
};

export const boolPart: PartReader<'bool'> = (reader, value) =>
  typeof value === 'boolean' ? value : refuse(reader, 'a boolean', value);

export const stringPart: PartReader<'string'> = (reader, value) =>
  typeof value === 'string' && value.length <= MAX_BYTE_LENGTH ? value : refuse(reader, 'a string', value);

export const charPart: PartReader<'char'> = (reader, value) =>
  codePointOf(value) === undefined ? refuse(reader, 'a string of exactly one character', value) : value;

export const floatPart: PartReader<'f32' | 'f64'> = (reader, value, [type]) =>
  typeof value === 'number' ? value : refuse(reader, type, value);

/** Reads an integer of up to 32 bits. */
export const smallIntegerPart: PartReader<'u8' | 's8' | 'u16' | 's16' | 'u32' | 's32'> = (
  reader,
  value,
  [type],
) => {
  const bits = Number(type.slice(1));
  const least = type.startsWith('u') ? 0 : -(2 ** (bits - 1));
  const number = value as number;
  return Number.isInteger(value) && number >= least && number < least + 2 ** bits
    ? value
    : refuse(reader, type, value);
};

export const largeIntegerPart: PartReader<'u64' | 's64'> = (reader, value, [type]) => {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return refuse(reader, type, value);
  const integer = BigInt(value as bigint);
  const wrapped = type === 'u64' ? BigInt.asUintN(64, integer) : BigInt.asIntN(64, integer);
  return integer === wrapped ? value : refuse(reader, type, value);
};

export const recordPart: PartReader<'record'> = (reader, value, node) => {
  if (typeof value !== 'object' || value === null) return refuse(reader, 'an object', value);
  const copy = {};
  let [empty, optional] = [true, true];
  for (let i = 1; i < node.length; i += 1) {
    const [key, type] = node[i] as Exclude<(typeof node)[number], string>;
    const member = memberOf(value, key);
    empty &&= member === undefined;
    optional &&= typeof type === 'number' && /option|flags/u.test(nodeOf(reader, type)[0]);
    put(copy, key, readPart(reader, key, type, member));
  }
  if (optional && (!isPlain(value) || (empty && isBuiltIn(value)))) refuse(reader, 'an object', value);
  return copy;
};

export const tuplePart: PartReader<'tuple'> = (reader, value, node) => {
  const length = arrayLength(value);
  if (length !== node.length - 1)
    return refuse(reader, `an array of exactly ${node.length - 1} elements`, value);
  return readElements(reader, value as ArrayLike<unknown>, length, (index) => node[index + 1]!);
};

export const variantPart: PartReader<'variant'> = (reader, value, [, ...cases]) =>
  readCase(reader, value, cases);

type Case = readonly [tag: string, payload?: TypeRef];

function readCase(reader: HostValueReader, value: unknown, cases: readonly Case[]): unknown {
  if (typeof value !== 'object' || value === null) return refuse(reader, 'an object with a tag', value);
  const { tag, val } = value as { readonly tag?: unknown; readonly val?: unknown };
  const found = cases.find(([name]) => name === tag);
  if (found === undefined) return refuse(reader, oneOf(cases.map(([name]) => name)), tag, 'tag');
  if (found[1] !== undefined) return { tag, val: readPart(reader, 'val', found[1], val) };
  if (val === undefined || val === null) return { tag };
  return refuse(reader, `no value, because ${JSON.stringify(tag)} has no payload`, val, 'val');
}

export const enumPart: PartReader<'enum'> = (reader, value, [, ...names]) =>
  names.includes(value as string) ? value : refuse(reader, oneOf(names), value);

export const flagsPart: PartReader<'flags'> = (reader, value, [, ...labels]) => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || !isPlain(value)) return refuse(reader, 'an object of booleans', value);
  let none = true;
  const copy = {};
  for (const label of labels) {
    const set = memberOf(value, label);
    if (set !== undefined && typeof set !== 'boolean') refuse(reader, 'a boolean', set, label);
    none &&= set !== true;
    put(copy, label, set);
  }
  if (none && isBuiltIn(value)) refuse(reader, 'an object of booleans', value);
  for (const key in value) {
    if (!labels.includes(key))
      refuseBecause(reader, `unknown flag ${JSON.stringify(key)}, expected ${oneOf(labels)}`);
  }
  return copy;
};

/** Reads flags whose values are a bigint. */
export const bitsPart: PartReader<'bitflags'> = (reader, value, [, ...labels]) => {
  const count = labels.length;
  return typeof value === 'bigint' && value === BigInt.asUintN(count, value)
    ? value
    : refuse(reader, `a bigint from 0n to ${2 ** count - 1}n (${labels.join(', ')})`, value);
};

export const optionPart: PartReader<'option'> = (reader, value, [, type, boxed]) => {
  if (boxed === 1) return readCase(reader, value, [['none'], ['some', type]]);
  return value === undefined || value === null ? undefined : readAs(reader, type, value);
};

export const listPart: PartReader<'list'> = (reader, value, [, element, size]) => {
  const kind = typedArrays[element as keyof typeof typedArrays] as string | undefined;
  const isNumbers = kind !== undefined && typedKind.call(value) === kind;
  const elements = isNumbers ? value : drainedFor(reader, value);
  const length = arrayLength(elements);
  if (length === undefined) {
    if (elements === undefined && value !== undefined) tooLong(reader);
    return refuse(reader, 'a list', value);
  }
  checkSize(reader, length, size);
  return isNumbers ? value : readElements(reader, elements as ArrayLike<unknown>, length, () => element);
};

export const fixedListPart: PartReader<'fixed'> = (reader, value, [, element, most]) => {
  const elements = drainedFor(reader, value, most);
  const length = arrayLength(elements);
  if (length !== most) return refuse(reader, `a list of exactly ${most} elements`, value);
  return readElements(reader, elements as ArrayLike<unknown>, length, () => element);
};

export const mapPart: PartReader<'map'> = (reader, value, [, key, item, size]) => {
  if (!isMap(value) && !Array.isArray(value)) return refuse(reader, 'a Map', value);
  const read = pairsOf(value, (entry, index) => {
    if (!isPair(entry)) refuse(reader, 'an array of exactly 2 elements', entry, index);
  });
  if (read === undefined) return tooLong(reader);
  checkSize(reader, read.length, size);
  // Each entry is read as a part, with its key and its value as parts of it.
  return read.map((entry, index) =>
    readWithin(reader, index, () => [
      readPart(reader, 'key', key, entry[0]),
      readPart(reader, 'value', item, entry[1]),
    ]),
  );
};

export const handlePart: PartReader<'own' | 'borrow'> = (reader, value, [kind, resource]) => {
  const own = kind === 'own';
  const held = heldBy(reader.resources[resource]!, own, value);
  if (typeof held === 'string') return refuseBecause(reader, held);
  if (held === undefined) return value;
  const given = (reader.held ??= new Map()).get(held);
  if (given === true || (given === false && own)) refuseBecause(reader, USED_TWICE);
  reader.held.set(held, own);
  return value;
};

export const waitablePart: PartReader<'waitable'> = (reader, value, [, index]) => {
  const problem = reader.waitable!(index, value);
  return problem ? refuseBecause(reader, problem) : value;
};

/** The copy of a list that is too long for one could take more memory than there is. */
function readElements(
  reader: HostValueReader,
  value: ArrayLike<unknown>,
  length: number,
  typeAt: (index: number) => TypeRef,
): unknown {
  const copy: unknown[] = [];
  for (let i = 0; i < length; i += 1) {
    const element = readPart(reader, i, typeAt(i), value[i]);
    if (length <= MOST_COPIED) copy.push(element);
  }
  return length <= MOST_COPIED ? copy : value;
}

/** Returns the elements of a list. For an iterator that was lowered before they are those that lowering received. */
function drainedFor(reader: HostValueReader, value: unknown, most?: number): unknown {
  return reader.again && drained.has(value as object)
    ? drained.get(value as object)
    : elementsOf(value, most);
}

function checkSize(reader: HostValueReader, length: number, size: number): void {
  if (length * size > MAX_BYTE_LENGTH)
    refuseBecause(reader, `a list of ${length} elements is too long: it may take ${MAX_BYTE_LENGTH} bytes`);
}

function tooLong(reader: HostValueReader): never {
  refuseBecause(reader, `an iterable gives more than ${MOST_ELEMENTS} elements; pass an array`);
}

/** Sets an own property, whatever its name is. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value });
  else object[key] = value;
}

/** Returns the handle of a guest resource that an object holds, or why the object is not of the type. */
function heldBy(type: ResourceType, own: boolean, value: unknown): ResourceHandle | string | undefined {
  const expected = `expected an object of the resource ${type.name}`;
  if (type.implementer === undefined) {
    const fits =
      type.hostClass === undefined ? isObject(value) && !isThenable(value) : value instanceof type.hostClass;
    return fits ? undefined : `${expected}, got ${show(value)}`;
  }
  const handle: unknown = isObject(value) ? Reflect.get(value, HANDLE) : undefined;
  if (!(handle instanceof ResourceHandle) || handle.type.name !== type.name)
    return `${expected}, got ${show(value)}`;
  // Resource types are generative: a second instance of the same component makes another type.
  if (handle.type !== type) return `${expected} of ${type.implementer.name}, got one of another instance`;
  if (handle.rep === undefined) return `the ${type.name} was dropped, or given away, before`;
  if (!own || (handle.own && handle.lends === 0)) return handle;
  return `the ${type.name} is only borrowed, and cannot be given away`;
}

function oneOf(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => JSON.stringify(name));
  return `one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
}
