import { memberKeys } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import {
  type FlatType,
  type Element,
  layoutOf,
  type Shape,
  shapeOf,
  variantLayout,
} from '@wit-ts/model/layout';
import { Trap } from '../trap.ts';
import type { Context } from './context.ts';
import { liftHandle, loadListFromRange, mapOf, recordOf } from './load.ts';
import { canonicalizeNan, charFromCode, decodeI32AsFloat, decodeI64AsFloat, unpackFlags } from './numbers.ts';
import { loadStringFromRange, readLength } from './strings.ts';
import { variantOf, type Variant } from './variant-cases.ts';

/** `CoreValueIter`. Integers are returned unsigned. */
interface CoreValueSource {
  next(want: 'i32' | 'f32' | 'f64'): number;
  next(want: 'i64'): bigint;
  next(want: FlatType): number | bigint;
}

export class CoreValueIter implements CoreValueSource {
  readonly #values: readonly (number | bigint)[];
  #at = 0;

  constructor(values: readonly (number | bigint)[]) {
    this.#values = values;
  }

  next(want: 'i32' | 'f32' | 'f64'): number;
  next(want: 'i64'): bigint;
  next(want: FlatType): number | bigint;
  next(want: FlatType): number | bigint {
    const value = this.#values[this.#at]!;
    this.#at += 1;
    if (want === 'i32') return (value as number) >>> 0;
    return want === 'i64' ? BigInt.asUintN(64, value as bigint) : value;
  }
}

/** `CanonicalABI.md`, "Flat Lifting". */
export function liftFlat(cx: Context, source: CoreValueSource, type: Type): unknown {
  const shape = shapeOf(type);
  const variant = variantOf(type, shape);
  if (variant !== undefined) return liftFlatVariant(cx, source, variant);
  if (typeof shape === 'string') return liftFlatPrimitive(cx, source, shape);
  switch (shape.tag) {
    case 'record':
      return recordOf(
        memberKeys(shape.fields, cx.mapping),
        shape.fields.map((field) => liftFlat(cx, source, field.type)),
      );
    case 'tuple':
      return shape.types.map((member) => liftFlat(cx, source, member));
    case 'list':
      return liftFlatList(cx, source, shape.element);
    case 'map':
      return mapOf(cx, liftFlatList(cx, source, [shape.key, shape.value]));
    case 'fixed-length-list':
      return Array.from({ length: shape.length }, () => liftFlat(cx, source, shape.element));
    case 'flags':
      return unpackFlags(cx, source.next('i32'), shape.flags);
    case 'own':
    case 'borrow':
      return liftHandle(cx, source.next('i32'), shape);
    default:
      return cx.waitable(type).lift(source.next('i32'));
  }
}

function liftFlatPrimitive(cx: Context, source: CoreValueSource, type: Extract<Shape, string>): unknown {
  switch (type) {
    case 'bool':
      return source.next('i32') !== 0;
    case 'u8':
    case 'u16':
    case 'u32':
      return liftFlatUnsigned(source.next('i32'), Number(type.slice(1)));
    case 's8':
    case 's16':
    case 's32':
      return liftFlatSigned(source.next('i32'), Number(type.slice(1)));
    case 'u64':
      return source.next('i64');
    case 's64':
      return BigInt.asIntN(64, source.next('i64'));
    case 'f32':
    case 'f64':
      return canonicalizeNan(source.next(type));
    case 'char':
      return charFromCode(source.next('i32'));
    case 'string': {
      const ptr = cx.pointer(source.next(cx.address));
      return loadStringFromRange(cx, ptr, readLength(cx, source.next(cx.address)));
    }
    case 'error-context':
      return cx.waitable(type).lift(source.next('i32'));
  }
}

function liftFlatUnsigned(value: number, width: number): number {
  return value % 2 ** width;
}

function liftFlatSigned(value: number, width: number): number {
  const unsigned = value % 2 ** width;
  return unsigned >= 2 ** (width - 1) ? unsigned - 2 ** width : unsigned;
}

function liftFlatList(cx: Context, source: CoreValueSource, element: Element): unknown {
  const ptr = cx.pointer(source.next(cx.address));
  return loadListFromRange(cx, ptr, cx.length(source.next(cx.address)), element);
}

/** `lift_flat_variant`: the slots have the joined types, and a case wants its own. @throws Trap */
function liftFlatVariant(cx: Context, source: CoreValueSource, { types, make }: Variant): unknown {
  const [, ...slots] = variantLayout(types, cx.address).layout.flat!;
  const index = source.next('i32');
  if (index >= types.length) throw new Trap('invalid variant discriminant');
  const type = types[index];
  const coercing = new CoercingIter(source, slots);
  const payload = type === undefined ? undefined : liftFlat(cx, coercing, type);
  coercing.skipRest();
  return make(index, payload);
}

/** `CoerceValueIter`. */
class CoercingIter implements CoreValueSource {
  readonly #source: CoreValueSource;
  readonly #slots: FlatType[];

  constructor(source: CoreValueSource, slots: FlatType[]) {
    this.#source = source;
    this.#slots = slots;
  }

  next(want: 'i32' | 'f32' | 'f64'): number;
  next(want: 'i64'): bigint;
  next(want: FlatType): number | bigint;
  next(want: FlatType): number | bigint {
    const have = this.#slots.shift()!;
    const value = this.#source.next(have);
    if (have === want) return value;
    if (have === 'i64' && want === 'f64') return decodeI64AsFloat(value as bigint);
    const i32 = Number(BigInt.asUintN(32, BigInt(value)));
    return want === 'f32' ? decodeI32AsFloat(i32) : i32;
  }

  skipRest(): void {
    for (const have of this.#slots) this.#source.next(have);
  }
}

/** Counts the core values of types that are passed as core values. */
export function flatCount(cx: Context, types: readonly Type[]): number {
  let count = 0;
  for (const type of types) count += layoutOf(type, cx.address).flat?.length ?? Number.POSITIVE_INFINITY;
  return count;
}
