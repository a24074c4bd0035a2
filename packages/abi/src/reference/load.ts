import { memberKeys, numericType } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import {
  discriminantSize,
  type Element,
  elementLayout,
  elemSize,
  flagsSize,
  isMapEntry,
  ptrSize,
  sequenceLayout,
  type Shape,
  shapeOf,
  variantLayout,
} from '@wit-ts/model/layout';
import { liftOwn } from '../helpers/handles.ts';
import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import { sequenceSize } from '../layout/lifted-size.ts';
import { Trap } from '../trap.ts';
import { liftBorrow, liftBorrowRep, liftOwnRep } from './host-helpers.ts';
import type { Context } from './context.ts';
import { canonicalizeNan, charFromCode, numberLists, unpackFlags } from './numbers.ts';
import { loadStringFromRange, readLength } from './strings.ts';
import { variantOf, type Variant } from './variant-cases.ts';

/** Loads the value at an address that is aligned and in bounds (`CanonicalABI.md`, "Loading"). */
function load(cx: Context, ptr: number, type: Type): unknown {
  const shape = shapeOf(type);
  const variant = variantOf(type, shape);
  if (variant !== undefined) return loadVariant(cx, ptr, variant);
  if (typeof shape === 'string') return loadPrimitive(cx, ptr, shape);
  switch (shape.tag) {
    case 'record':
      return recordOf(
        memberKeys(shape.fields, cx.mapping),
        loadAll(
          cx,
          ptr,
          shape.fields.map((field) => field.type),
        ),
      );
    case 'tuple':
      return loadAll(cx, ptr, shape.types);
    case 'list':
      return loadList(cx, ptr, shape.element);
    case 'map':
      return mapOf(cx, loadList(cx, ptr, [shape.key, shape.value]));
    case 'fixed-length-list':
      return loadListFromValidRange(cx, ptr, shape.length, shape.element);
    case 'flags':
      return unpackFlags(cx, loadInt(cx, ptr, flagsSize(shape.flags.length)), shape.flags);
    case 'own':
    case 'borrow':
      return liftHandle(cx, cx.view.getUint32(ptr, true), shape);
    default:
      return cx.waitable(type).lift(cx.view.getUint32(ptr, true));
  }
}

function loadPrimitive(cx: Context, ptr: number, type: Extract<Shape, string>): unknown {
  const { view } = cx;
  switch (type) {
    case 'bool':
      return view.getUint8(ptr) !== 0;
    case 'u8':
      return view.getUint8(ptr);
    case 's8':
      return view.getInt8(ptr);
    case 'u16':
      return view.getUint16(ptr, true);
    case 's16':
      return view.getInt16(ptr, true);
    case 'u32':
      return view.getUint32(ptr, true);
    case 's32':
      return view.getInt32(ptr, true);
    case 'u64':
      return view.getBigUint64(ptr, true);
    case 's64':
      return view.getBigInt64(ptr, true);
    case 'f32':
      return canonicalizeNan(view.getFloat32(ptr, true));
    case 'f64':
      return canonicalizeNan(view.getFloat64(ptr, true));
    case 'char':
      return charFromCode(view.getUint32(ptr, true));
    case 'string':
      return loadStringFromRange(
        cx,
        loadPointer(cx, ptr),
        readLength(cx, loadWord(cx, ptr + ptrSize(cx.address))),
      );
    case 'error-context':
      return cx.waitable(type).lift(view.getUint32(ptr, true));
  }
}

function loadInt(cx: Context, ptr: number, size: 1 | 2 | 4): number {
  if (size === 1) return cx.view.getUint8(ptr);
  return size === 2 ? cx.view.getUint16(ptr, true) : cx.view.getUint32(ptr, true);
}

function loadWord(cx: Context, ptr: number): number | bigint {
  return cx.address === 'i32' ? cx.view.getUint32(ptr, true) : cx.view.getBigUint64(ptr, true);
}

function loadPointer(cx: Context, ptr: number): number {
  return cx.pointer(loadWord(cx, ptr));
}

/** `load_list`. */
function loadList(cx: Context, ptr: number, element: Element): unknown {
  return loadListFromRange(
    cx,
    loadPointer(cx, ptr),
    cx.length(loadWord(cx, ptr + ptrSize(cx.address))),
    element,
  );
}

/** `load_list_from_range`; a list of numbers is a typed array. @throws Trap */
export function loadListFromRange(cx: Context, ptr: number, length: number, element: Element): unknown {
  const { size, alignment } = elementLayout(element, cx.address);
  cx.limit(length * size);
  if (length * size > MAX_BYTE_LENGTH)
    throw new Trap(`a list of ${length * size} bytes is longer than ${MAX_BYTE_LENGTH}`);
  if (ptr % alignment !== 0)
    throw new Trap(`unaligned pointer: a list must start at a multiple of ${alignment}`);
  if (ptr + length * size > cx.memoryLength) throw new Trap('list pointer/length out of bounds of memory');
  const numeric = isMapEntry(element) ? undefined : numericType(element as Type);
  const numbers = numeric && numberLists[numeric];
  cx.spend(length, isMapEntry(element) ? sequenceSize(...element) : sequenceSize(element as Type));
  if (isMapEntry(element)) {
    return Array.from({ length }, (_, index) => loadAll(cx, ptr + index * size, element));
  }
  if (numbers !== undefined) return numbers(cx.bytes.slice(ptr, ptr + length * size).buffer);
  return loadListFromValidRange(cx, ptr, length, element as Type);
}

/** Makes a map of its pairs. A component must see all pairs, also pairs with the same key. */
export function mapOf(cx: Context, pairs: unknown): unknown {
  return cx.host ? new Map(pairs as [unknown, unknown][]) : pairs;
}

/** `load_list_from_valid_range`. */
export function loadListFromValidRange(cx: Context, ptr: number, length: number, element: Type): unknown[] {
  const size = elemSize(element, cx.address);
  return Array.from({ length }, (_, index) => load(cx, ptr + index * size, element));
}

/** `load_record`, for any sequence of members. */
export function loadAll(cx: Context, ptr: number, types: readonly Type[]): unknown[] {
  const { offsets } = sequenceLayout(types, cx.address);
  return types.map((type, index) => load(cx, ptr + offsets[index]!, type));
}

export function recordOf(keys: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key, index) => [key, values[index]]));
}

/** `load_variant`. @throws Trap */
function loadVariant(cx: Context, ptr: number, variant: Variant): unknown {
  const index = loadInt(cx, ptr, discriminantSize(variant.types.length));
  if (index >= variant.types.length) throw new Trap('invalid variant discriminant');
  const type = variant.types[index];
  if (type === undefined) return variant.make(index, undefined);
  const { payload } = variantLayout(variant.types, cx.address);
  return variant.make(index, load(cx, ptr + payload, type));
}

/** `lift_own` and `lift_borrow`. @throws Trap */
export function liftHandle(
  cx: Context,
  index: number,
  shape: Extract<Shape, { tag: 'own' | 'borrow' }>,
): unknown {
  const type = cx.resource(shape.resource);
  if (shape.tag === 'own') return (cx.host ? liftOwn : liftOwnRep)(cx.instance, type, index);
  return (cx.host ? liftBorrow : liftBorrowRep)(cx.instance, type, index, cx.lent);
}
