import { ignoreRejection } from './refused-promises.ts';
import { typedArrays } from '@wit-ts/mapping';
import { ResourceHandle } from '../handle-table.ts';
import { HANDLE, type ResourceType } from '../resource-type.ts';
import { type DescribedType, show, type TypeRef, USED_TWICE } from './describe.ts';
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
  isThenable,
  memberOf,
  MOST_COPIED,
  MOST_ELEMENTS,
  typedKind,
} from './lower-values.ts';
import { RefusedPart } from './mismatch.ts';

/**
 * Returns why a value is not the stream, the future or the error context that a type asks for, or nothing.
 *
 * @param index the number of the type among the `waitables` of the values
 */
export type WaitableCheck = (index: number, value: unknown) => string | undefined;

type RecordType = Extract<DescribedType, readonly ['record', ...unknown[]]>;

/**
 * Reads host values along their types. Each part is read once and copied, because a getter or a proxy may return
 * another value the next time: the checked value must be the lowered one.
 */
export class HostValueReader {
  readonly #nodes: readonly DescribedType[];
  readonly #resources: readonly ResourceType[];
  readonly #waitable: WaitableCheck | undefined;
  /** The names and indices that lead to the part which is being read. */
  readonly #path: (string | number)[] = [];
  /** The guest resources that were read, and whether they are given away. Then they may not be used again. */
  readonly #held = new Map<ResourceHandle, boolean>();
  /** True when the value was lowered before, so that its iterators have no elements any more. */
  #again = false;

  /** @param waitable checks streams, futures and error contexts; absent when there are none */
  constructor(nodes: readonly DescribedType[], resources: readonly ResourceType[], waitable?: WaitableCheck) {
    this.#nodes = nodes;
    this.#resources = resources;
    this.#waitable = waitable;
  }

  /**
   * Returns a copy of a value that fits its type. Typed arrays, resources and very long lists are not copied.
   *
   * @param path what the value is in messages: `argument meta`
   * @throws RefusedPart for the first part that does not fit
   */
  read(type: TypeRef, value: unknown, path: string): unknown {
    this.#path.splice(0, Infinity, path);
    return this.#read(type, value);
  }

  /** Describes the first part that does not fit of a value that was lowered before. */
  mismatch(type: TypeRef, value: unknown, path: string): string | undefined {
    this.#again = true;
    try {
      this.read(type, value, path);
      return undefined;
    } catch (error) {
      const message = RefusedPart.messageOf(error);
      if (message === undefined) throw error;
      return message;
    }
  }

  #read(type: TypeRef, value: unknown): unknown {
    if (typeof type === 'string')
      return fitsPrimitive(type, value) ? value : this.#refuse(expectedPrimitive(type), value);
    const node = this.#nodes[type]!;
    switch (node[0]) {
      case 'record':
        return this.#record(node, value);
      case 'tuple': {
        const length = arrayLength(value);
        if (length !== node.length - 1)
          this.#refuse(`an array of exactly ${node.length - 1} elements`, value);
        return this.#elements(value as ArrayLike<unknown>, length, (index) => node[index + 1] as TypeRef);
      }
      case 'variant':
        return this.#variant(node.slice(1) as (readonly [string, TypeRef?])[], value);
      case 'enum':
        if (!node.slice(1).includes(value as string)) this.#refuse(oneOf(node.slice(1) as string[]), value);
        return value;
      case 'flags':
        return this.#flags(node.slice(1) as string[], value);
      case 'option':
        if (node[2] === 1) return this.#variant([['none'], ['some', node[1]]], value);
        return value === undefined || value === null ? undefined : this.#read(node[1], value);
      case 'list':
        return this.#list(node[1], node[2], value);
      case 'fixed': {
        const elements = this.#drained(value, node[2]);
        const length = arrayLength(elements);
        if (length !== node[2]) this.#refuse(`a list of exactly ${node[2]} elements`, value);
        return this.#elements(elements as ArrayLike<unknown>, length, () => node[1]);
      }
      case 'map':
        return this.#map(node[1], node[2], node[3], value);
      case 'own':
      case 'borrow': {
        const own = node[0] === 'own';
        const held = heldBy(this.#resources[node[1]]!, own, value);
        if (typeof held === 'string') this.#fail(held);
        if (held === undefined) return value;
        const given = this.#held.get(held);
        if (given === true || (given === false && own)) this.#fail(USED_TWICE);
        this.#held.set(held, own);
        return value;
      }
      case 'waitable': {
        const problem = this.#waitable!(node[1], value);
        return problem ? this.#fail(problem) : value;
      }
    }
  }

  #part(at: string | number, type: TypeRef, value: unknown): unknown {
    this.#path.push(at);
    const copy = this.#read(type, value);
    this.#path.pop();
    return copy;
  }

  #record(node: RecordType, value: unknown): unknown {
    if (typeof value !== 'object' || value === null) this.#refuse('an object', value);
    const copy: Record<string, unknown> = {};
    let [empty, optional] = [true, true];
    for (let i = 1; i < node.length; i += 1) {
      const [key, type] = node[i] as readonly [string, TypeRef];
      const member = memberOf(value, key);
      empty &&= member === undefined;
      optional &&= typeof type === 'number' && /option|flags/u.test(this.#nodes[type]![0]);
      put(copy, key, this.#part(key, type, member));
    }
    if (optional && (!isPlain(value) || (empty && isBuiltIn(value)))) this.#refuse('an object', value);
    return copy;
  }

  #variant(cases: (readonly [string, TypeRef?])[], value: unknown): unknown {
    if (typeof value !== 'object' || value === null) this.#refuse('an object with a tag', value);
    const { tag, val } = value as { tag?: unknown; val?: unknown };
    const found = cases.find(([name]) => name === tag);
    if (found === undefined) {
      this.#path.push('tag');
      this.#refuse(oneOf(cases.map(([name]) => name)), tag);
    }
    if (found[1] !== undefined) return { tag, val: this.#part('val', found[1], val) };
    if (val === undefined || val === null) return { tag };
    this.#path.push('val');
    return this.#refuse(`no value, because ${JSON.stringify(tag)} has no payload`, val);
  }

  #flags(labels: string[], value: unknown): unknown {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || !isPlain(value)) this.#refuse('an object of booleans', value);
    let none = true;
    const copy: Record<string, unknown> = {};
    for (const label of labels) {
      const set = memberOf(value, label);
      if (set !== undefined && typeof set !== 'boolean') {
        this.#path.push(label);
        this.#refuse('a boolean', set);
      }
      none &&= set !== true;
      put(copy, label, set);
    }
    if (none && isBuiltIn(value)) this.#refuse('an object of booleans', value);
    for (const key in value) {
      if (!labels.includes(key)) this.#fail(`unknown flag ${JSON.stringify(key)}, expected ${oneOf(labels)}`);
    }
    return copy;
  }

  #list(element: TypeRef, size: number, value: unknown): unknown {
    const kind = typedArrays[element as keyof typeof typedArrays] as string | undefined;
    const isNumbers = kind !== undefined && typedKind.call(value) === kind;
    const elements = isNumbers ? value : this.#drained(value);
    const length = arrayLength(elements);
    if (length === undefined) {
      if (elements === undefined && value !== undefined) this.#tooLong();
      this.#refuse('a list', value);
    }
    this.#checkSize(length, size);
    return isNumbers ? value : this.#elements(elements as ArrayLike<unknown>, length, () => element);
  }

  #map(key: TypeRef, item: TypeRef, size: number, value: unknown): unknown {
    if (!isMap(value) && !Array.isArray(value)) this.#refuse('a Map', value);
    const read = pairsOf(value, (entry, index) => {
      this.#path.push(index);
      if (!isPair(entry)) this.#refuse('an array of exactly 2 elements', entry);
      this.#path.pop();
    });
    if (read === undefined) this.#tooLong();
    this.#checkSize(read.length, size);
    return read.map((entry, index) => {
      this.#path.push(index);
      const copy = [this.#part('key', key, entry[0]), this.#part('value', item, entry[1])];
      this.#path.pop();
      return copy;
    });
  }

  /** The copy of a list that is too long for one could take more memory than there is. */
  #elements(value: ArrayLike<unknown>, length: number, typeAt: (index: number) => TypeRef): unknown {
    const copy: unknown[] = [];
    for (let i = 0; i < length; i += 1) {
      const element = this.#part(i, typeAt(i), value[i]);
      if (length <= MOST_COPIED) copy.push(element);
    }
    return length <= MOST_COPIED ? copy : value;
  }

  /** Returns the elements of a list. For an iterator that was lowered before they are those that lowering received. */
  #drained(value: unknown, most?: number): unknown {
    return this.#again && drained.has(value as object)
      ? drained.get(value as object)
      : elementsOf(value, most);
  }

  #checkSize(length: number, size: number): void {
    if (length * size > MAX_BYTE_LENGTH)
      this.#fail(`a list of ${length} elements is too long: it may take ${MAX_BYTE_LENGTH} bytes`);
  }

  #tooLong(): never {
    this.#fail(`an iterable gives more than ${MOST_ELEMENTS} elements; pass an array`);
  }

  #refuse(expected: string, value: unknown): never {
    ignoreRejection(value);
    this.#fail(`expected ${expected}, got ${show(value)}`);
  }

  #fail(problem: string): never {
    const [start, ...parts] = this.#path;
    // Not an error, because making one records the stack. The error that the user sees is made at the boundary.
    // oxlint-disable-next-line no-throw-literal
    throw new RefusedPart(`${start}${parts.map(suffix).join('')}: ${problem}`);
  }
}

/** Sets an own property, whatever its name is. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value });
  else object[key] = value;
}

function suffix(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`;
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
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
      return codePointOf(value) !== undefined;
    default:
      return isInteger(value, type);
  }
}

/** The number after the largest of each type. The least number of a signed type is its negative. */
const ENDS: Readonly<Record<string, number>> = {
  u8: 2 ** 8,
  s8: 2 ** 7,
  u16: 2 ** 16,
  s16: 2 ** 15,
  u32: 2 ** 32,
  s32: 2 ** 31,
};

/** @param type `u8` … `s64` */
function isInteger(value: unknown, type: string): boolean {
  const end = ENDS[type];
  const number = value as number;
  if (end !== undefined)
    return Number.isInteger(value) && number < end && number >= (type.startsWith('u') ? 0 : -end);
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return false;
  const integer = BigInt(number);
  return integer === (type === 'u64' ? BigInt.asUintN(64, integer) : BigInt.asIntN(64, integer));
}

function expectedPrimitive(type: string): string {
  if (type === 'bool') return 'a boolean';
  if (type === 'string') return 'a string';
  return type === 'char' ? 'a string of exactly one character' : type;
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

/** Returns true for everything that can have properties of its own: objects and functions. */
export function isObject(value: unknown): value is object {
  return Object(value) === value;
}

function oneOf(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => JSON.stringify(name));
  return `one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
}
