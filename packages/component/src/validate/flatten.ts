import type { PrimitiveType } from '@wit-ts/model';
import type { CoreFuncType } from '../ast.ts';
import { type DefinedNode, type FuncNode, peelValue, type ValueNode } from '../elaborate/nodes.ts';

export const MAX_FLAT_PARAMS = 16;
export const MAX_FLAT_RESULTS = 1;
export const MAX_FLAT_ASYNC_PARAMS = 4;

export type Address = 'i32' | 'i64';
type FlatType = 'i32' | 'i64' | 'f32' | 'f64';

/** What of the canonical options decides on core types. */
export interface FlatOptions {
  readonly address: Address;
  readonly async: boolean;
  readonly hasCallback: boolean;
}

/**
 * The core types of values (`CanonicalABI.md`, "Flattening"), or `undefined` for more than `MAX_FLAT_PARAMS`: where
 * they are too many, how many there are makes no difference, and a fixed-length list may have 2^28 of them.
 */
export function flattenTypes(types: readonly ValueNode[], address: Address): readonly FlatType[] | undefined {
  const flat: FlatType[] = [];
  for (const type of types) {
    const part = flattenType(type, address);
    if (part === undefined) return undefined;
    flat.push(...part);
    if (flat.length > MAX_FLAT_PARAMS) return undefined;
  }
  return flat;
}

const FLAT_PRIMITIVES: Readonly<Partial<Record<PrimitiveType, FlatType>>> = {
  u64: 'i64',
  s64: 'i64',
  f32: 'f32',
  f64: 'f64',
};

/** A type may be flattened once for each function that mentions it, and have thousands of parts. */
const known: Readonly<Record<Address, WeakMap<DefinedNode, readonly FlatType[] | 'too many'>>> = {
  i32: new WeakMap(),
  i64: new WeakMap(),
};

function flattenType(type: ValueNode, address: Address): readonly FlatType[] | undefined {
  const node = peelValue(type);
  if (node === 'string') return [address, address];
  if (typeof node === 'string') return [FLAT_PRIMITIVES[node] ?? 'i32'];
  let flat = known[address].get(node);
  if (flat === undefined) {
    flat = flattenDefined(node, address) ?? 'too many';
    known[address].set(node, flat);
  }
  return flat === 'too many' ? undefined : flat;
}

function flattenDefined(
  { type: defined, children }: DefinedNode,
  address: Address,
): readonly FlatType[] | undefined {
  switch (defined.tag) {
    case 'record':
    case 'tuple':
      return flattenTypes(children, address);
    case 'list':
    case 'map':
      return [address, address];
    case 'fixed-length-list': {
      const element = flattenType(children[0]!, address);
      if (element === undefined || element.length * defined.length > MAX_FLAT_PARAMS) return undefined;
      return Array.from({ length: defined.length }, () => element).flat();
    }
    case 'variant':
    case 'option':
    case 'result':
      return flattenVariant(children, address);
    default:
      return ['i32'];
  }
}

function flattenVariant(payloads: readonly ValueNode[], address: Address): readonly FlatType[] | undefined {
  const flat: FlatType[] = ['i32'];
  for (const payload of payloads) {
    const part = flattenType(payload, address);
    if (part === undefined) return undefined;
    for (const [i, type] of part.entries()) {
      const before = flat[i + 1];
      flat[i + 1] = before === undefined ? type : join(before, type);
    }
  }
  return flat.length > MAX_FLAT_PARAMS ? undefined : flat;
}

function join(a: FlatType, b: FlatType): FlatType {
  if (a === b) return a;
  const narrow = (a === 'i32' && b === 'f32') || (a === 'f32' && b === 'i32');
  return narrow ? 'i32' : 'i64';
}

/** `flatten_functype` */
export function flattenFunc(func: FuncNode, options: FlatOptions, direction: 'lift' | 'lower'): CoreFuncType {
  const { address } = options;
  const limit = options.async && direction === 'lower' ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS;
  const flatParams = flattenTypes(
    func.params.map((param) => param.type),
    address,
  );
  const params = flatParams === undefined || flatParams.length > limit ? [address] : flatParams;
  const results = func.result === undefined ? [] : flattenTypes([func.result], address);
  if (options.async) {
    if (direction === 'lift') return { params, results: options.hasCallback ? ['i32'] : [] };
    return { params: func.result === undefined ? params : [...params, address], results: ['i32'] };
  }
  if (results !== undefined && results.length <= MAX_FLAT_RESULTS) return { params, results };
  return direction === 'lift'
    ? { params, results: [address] }
    : { params: [...params, address], results: [] };
}

const pointing = new WeakMap<DefinedNode, boolean>();

/** Whether a value of the type reaches into memory, apart from its own place in it. */
export function hasPointers(type: ValueNode): boolean {
  const node = peelValue(type);
  if (typeof node === 'string') return node === 'string';
  let found = pointing.get(node);
  if (found === undefined) {
    found = search(node);
    pointing.set(node, found);
  }
  return found;
}

function search({ type, children }: DefinedNode): boolean {
  if (type.tag === 'list' || type.tag === 'map') return true;
  // What goes through a stream or a future is not in the value.
  if (type.tag === 'stream' || type.tag === 'future') return false;
  return children.some(hasPointers);
}
