import { camelCase, includesUndefined, numericType, typedArrays } from '@wit-ts/mapping';
import { typeOf, type VectorType } from './vector-types.ts';

/**
 * A value in the notation of the vectors, which is JSON: 64-bit integers are decimal strings, floats are their bits in
 * hexadecimal, and variants, options and results are objects with a `tag`.
 */
export type VectorValue =
  | string
  | number
  | boolean
  | readonly VectorValue[]
  | { readonly tag: string; readonly val?: VectorValue }
  | { readonly [field: string]: VectorValue };

/** Converts a vector's value to the JavaScript value that a host passes. */
export function toJs(type: VectorType, value: VectorValue): unknown {
  if (typeof type === 'string') return primitiveToJs(type, value);
  if ('list' in type) {
    const items = (value as VectorValue[]).map((item) => toJs(type.list, item));
    const numeric = numericType(typeOf(type.list));
    return numeric === undefined ? items : Reflect.construct(globalThis[typedArrays[numeric]], [items]);
  }
  if ('fixed-length-list' in type) {
    return (value as VectorValue[]).map((item) => toJs(type['fixed-length-list'][0], item));
  }
  if ('record' in type) {
    const record = value as Record<string, VectorValue>;
    return Object.fromEntries(
      type.record.map(([name, field]) => [camelCase(name), toJs(field, record[name]!)]),
    );
  }
  if ('tuple' in type) return type.tuple.map((item, index) => toJs(item, (value as VectorValue[])[index]!));
  if ('variant' in type) return variantToJs(type.variant, value as Tagged, (tag) => tag);
  if ('enum' in type) return value;
  if ('option' in type) {
    const { tag, val } = value as Tagged;
    if (includesUndefined(typeOf(type.option)))
      return variantToJs(optionCases(type.option), value as Tagged, (name) => name);
    return tag === 'none' ? undefined : toJs(type.option, val!);
  }
  if ('result' in type) {
    return variantToJs(resultCases(type.result), value as Tagged, (tag) => (tag === 'error' ? 'err' : tag));
  }
  if ('flags' in type) {
    return Object.fromEntries(
      type.flags.map((name) => [camelCase(name), (value as string[]).includes(name)]),
    );
  }
  const [key, item] = type.map;
  return new Map((value as [VectorValue, VectorValue][]).map(([k, v]) => [toJs(key, k), toJs(item, v)]));
}

/** Converts the JavaScript value that a host receives to a vector's value. */
export function fromJs(type: VectorType, value: unknown): VectorValue {
  if (typeof type === 'string') return primitiveFromJs(type, value);
  if ('list' in type) return Array.from(value as ArrayLike<unknown>, (item) => fromJs(type.list, item));
  if ('fixed-length-list' in type) {
    return Array.from(value as ArrayLike<unknown>, (item) => fromJs(type['fixed-length-list'][0], item));
  }
  if ('record' in type) {
    const record = value as Record<string, unknown>;
    return Object.fromEntries(
      type.record.map(([name, field]) => [name, fromJs(field, record[camelCase(name)])]),
    );
  }
  if ('tuple' in type) return type.tuple.map((item, index) => fromJs(item, (value as unknown[])[index]));
  if ('variant' in type) return variantFromJs(type.variant, value as Held, (tag) => tag);
  if ('enum' in type) return value as string;
  if ('option' in type) {
    if (includesUndefined(typeOf(type.option)))
      return variantFromJs(optionCases(type.option), value as Held, (tag) => tag);
    return value === undefined ? { tag: 'none' } : { tag: 'some', val: fromJs(type.option, value) };
  }
  if ('result' in type) {
    return variantFromJs(resultCases(type.result), value as Held, (tag) => (tag === 'err' ? 'error' : tag));
  }
  if ('flags' in type)
    return type.flags.filter((name) => (value as Record<string, boolean>)[camelCase(name)] === true);
  const [key, item] = type.map;
  return [...(value as Map<unknown, unknown>)].map(([k, v]) => [fromJs(key, k), fromJs(item, v)]);
}

/**
 * Returns the vector's value after the host has seen it: a JavaScript map keeps only the last of two pairs with equal
 * keys.
 */
export function seenByHost(type: VectorType, value: VectorValue): VectorValue {
  return fromJs(type, toJs(type, value));
}

type Tagged = { readonly tag: string; readonly val?: VectorValue };
type Held = { readonly tag: string; readonly val?: unknown };
type Cases = readonly (readonly [string, VectorType | null])[];

function optionCases(payload: VectorType): Cases {
  return [
    ['none', null],
    ['some', payload],
  ];
}

function resultCases([ok, error]: readonly [VectorType | null, VectorType | null]): Cases {
  return [
    ['ok', ok],
    ['error', error],
  ];
}

function variantToJs(cases: Cases, { tag, val }: Tagged, rename: (tag: string) => string): unknown {
  const payload = cases.find(([name]) => name === tag)![1];
  return payload === null ? { tag: rename(tag) } : { tag: rename(tag), val: toJs(payload, val!) };
}

function variantFromJs(cases: Cases, { tag, val }: Held, rename: (tag: string) => string): VectorValue {
  const name = rename(tag);
  const payload = cases.find(([candidate]) => candidate === name)![1];
  return payload === null ? { tag: name } : { tag: name, val: fromJs(payload, val) };
}

const scratch = new DataView(new ArrayBuffer(8));

function primitiveToJs(type: string, value: VectorValue): unknown {
  if (type === 'f32') {
    scratch.setUint32(0, Number(value));
    return scratch.getFloat32(0);
  }
  if (type === 'f64') {
    scratch.setBigUint64(0, BigInt(value as string));
    return scratch.getFloat64(0);
  }
  return type === 'u64' || type === 's64' ? BigInt(value as string) : value;
}

function primitiveFromJs(type: string, value: unknown): VectorValue {
  // JavaScript does not define the bits of NaN. The specification's canonical NaN has these bits.
  if (type === 'f32') {
    scratch.setFloat32(0, value as number);
    const bits = Number.isNaN(value) ? 0x7fc0_0000 : scratch.getUint32(0);
    return `0x${bits.toString(16).padStart(8, '0')}`;
  }
  if (type === 'f64') {
    scratch.setFloat64(0, value as number);
    const bits = Number.isNaN(value) ? 0x7ff8_0000_0000_0000n : scratch.getBigUint64(0);
    return `0x${bits.toString(16).padStart(16, '0')}`;
  }
  return typeof value === 'bigint' ? String(value) : (value as VectorValue);
}
