import { memberKeys } from '@wit-ts/mapping';
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
import { arrayLength } from '../helpers/lower-values.ts';
import { bad } from '../helpers/mismatch.ts';
import { HANDLE, lowerBorrow, lowerBorrowRep, lowerOwn, lowerOwnRep } from './host-helpers.ts';
import type { Context } from './context.ts';
import { packFlags } from './numbers.ts';
import { storeStringIntoRange, writeLength } from './strings.ts';
import { variantOf, type Variant } from './variant-cases.ts';

/** Stores a value that fits its type at an address that is aligned and in bounds (`CanonicalABI.md`, "Storing"). */
function store(cx: Context, value: unknown, type: Type, ptr: number): void {
  const shape = shapeOf(type);
  const variant = variantOf(type, shape);
  if (variant !== undefined) return storeVariant(cx, value, ptr, variant);
  if (typeof shape === 'string') return storePrimitive(cx, value, ptr, shape);
  switch (shape.tag) {
    case 'record':
      return storeAll(
        cx,
        valuesOf(cx, value, shape.fields),
        shape.fields.map((field) => field.type),
        ptr,
      );
    case 'tuple':
      return storeAll(cx, value as ArrayLike<unknown>, shape.types, ptr);
    case 'list':
      return storeList(cx, value as ArrayLike<unknown>, shape.element, ptr);
    case 'map':
      return storeList(cx, value as ArrayLike<unknown>, [shape.key, shape.value], ptr);
    case 'fixed-length-list':
      return storeListIntoValidRange(cx, value as ArrayLike<unknown>, shape.length, shape.element, ptr);
    case 'flags': {
      const bits = packFlags(cx, value, shape.flags);
      return storeInt(cx, bits, ptr, flagsSize(shape.flags.length));
    }
    case 'own':
    case 'borrow':
      return storeInt(cx, lowerHandle(cx, value, shape), ptr, 4);
    default:
      return storeInt(cx, cx.waitable(type).lower(value), ptr, 4);
  }
}

function storePrimitive(cx: Context, value: unknown, ptr: number, type: Extract<Shape, string>): void {
  switch (type) {
    case 'bool':
      return storeInt(cx, value === true ? 1 : 0, ptr, 1);
    case 'u8':
    case 's8':
      return storeInt(cx, value as number, ptr, 1);
    case 'u16':
    case 's16':
      return storeInt(cx, value as number, ptr, 2);
    case 'u32':
    case 's32':
      return storeInt(cx, value as number, ptr, 4);
    case 'u64':
    case 's64':
      return cx.view.setBigInt64(ptr, BigInt(value as bigint | number), true);
    case 'f32':
      return cx.view.setFloat32(ptr, value as number, true);
    case 'f64':
      return cx.view.setFloat64(ptr, value as number, true);
    case 'char':
      return storeInt(cx, (value as string).codePointAt(0)!, ptr, 4);
    case 'string': {
      const [begin, length] = storeStringIntoRange(cx, value as string);
      storeWord(cx, begin, ptr);
      return storeWord(cx, writeLength(cx, length), ptr + ptrSize(cx.address));
    }
    case 'error-context':
      return storeInt(cx, cx.waitable(type).lower(value), ptr, 4);
  }
}

function storeInt(cx: Context, value: number, ptr: number, size: 1 | 2 | 4): void {
  if (size === 1) cx.view.setUint8(ptr, value);
  else if (size === 2) cx.view.setUint16(ptr, value, true);
  else cx.view.setUint32(ptr, value, true);
}

function storeWord(cx: Context, value: number | bigint, ptr: number): void {
  if (cx.address === 'i32') cx.view.setUint32(ptr, Number(value), true);
  else cx.view.setBigUint64(ptr, BigInt(value), true);
}

/** `store_list`. */
function storeList(cx: Context, value: ArrayLike<unknown>, element: Element, ptr: number): void {
  const [begin, length] = storeListIntoRange(cx, value, element);
  storeWord(cx, begin, ptr);
  storeWord(cx, length, ptr + ptrSize(cx.address));
}

/** `store_list_into_range`. */
export function storeListIntoRange(
  cx: Context,
  value: ArrayLike<unknown>,
  element: Element,
): readonly [ptr: number, length: number] {
  const { size, alignment } = elementLayout(element, cx.address);
  const length = arrayLength(value) ?? bad();
  const ptr = cx.allocate(alignment, length * size);
  // The buffer of a typed array may have shrunk in the meantime.
  if ((arrayLength(value) ?? 0) < length) bad();
  if (isMapEntry(element)) {
    for (let i = 0; i < length; i += 1) storeAll(cx, value[i] as ArrayLike<unknown>, element, ptr + i * size);
  } else {
    storeListIntoValidRange(cx, value, length, element as Type, ptr);
  }
  return [ptr, length];
}

/** `store_list_into_valid_range`. */
export function storeListIntoValidRange(
  cx: Context,
  value: ArrayLike<unknown>,
  length: number,
  element: Type,
  ptr: number,
): void {
  const size = elemSize(element, cx.address);
  for (let i = 0; i < length; i += 1) store(cx, value[i], element, ptr + i * size);
}

/** `store_record`, for any sequence of members. */
export function storeAll(cx: Context, values: ArrayLike<unknown>, types: readonly Type[], ptr: number): void {
  const { offsets } = sequenceLayout(types, cx.address);
  for (const [index, type] of types.entries()) store(cx, values[index], type, ptr + offsets[index]!);
}

/** Returns the values of a record's fields. */
export function valuesOf(
  cx: Context,
  value: unknown,
  fields: readonly { readonly name: string }[],
): unknown[] {
  return memberKeys(fields, cx.mapping).map((key) => (value as Record<string, unknown>)[key]);
}

/** `store_variant`. */
function storeVariant(cx: Context, value: unknown, ptr: number, variant: Variant): void {
  const [index, held] = variant.match(value);
  storeInt(cx, index, ptr, discriminantSize(variant.types.length));
  const type = variant.types[index];
  if (type !== undefined) store(cx, held, type, ptr + variantLayout(variant.types, cx.address).payload);
}

/** `lower_own` and `lower_borrow`. */
export function lowerHandle(
  cx: Context,
  value: unknown,
  shape: Extract<Shape, { tag: 'own' | 'borrow' }>,
): number {
  const type = cx.resource(shape.resource);
  if (!cx.host) {
    return shape.tag === 'own'
      ? lowerOwnRep(cx.instance, type, value)
      : lowerBorrowRep(cx.instance, type, value, cx.scope);
  }
  const held: unknown = Reflect.get(value as object, HANDLE);
  return shape.tag === 'own'
    ? lowerOwn(cx.instance, type, value, held, cx.moved)
    : lowerBorrow(cx.instance, type, value, held, cx.scope, cx.moved);
}
