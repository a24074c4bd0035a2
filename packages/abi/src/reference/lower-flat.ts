import type { Type } from '@wit-ts/model';
import {
  type FlatType,
  type Element,
  layoutOf,
  type Shape,
  shapeOf,
  variantLayout,
} from '@wit-ts/model/layout';
import type { Context } from './context.ts';
import { encodeFloatAsI32, encodeFloatAsI64, packFlags } from './numbers.ts';
import { lowerHandle, storeListIntoRange, valuesOf } from './store.ts';
import { storeStringIntoRange, writeLength } from './strings.ts';
import { variantOf, type Variant } from './variant-cases.ts';

/** Returns the core values of a value that fits its type (`CanonicalABI.md`, "Flat Lowering"). */
export function lowerFlat(cx: Context, value: unknown, type: Type): (number | bigint)[] {
  const shape = shapeOf(type);
  const variant = variantOf(type, shape);
  if (variant !== undefined) return lowerFlatVariant(cx, value, variant);
  if (typeof shape === 'string') return lowerFlatPrimitive(cx, value, shape);
  switch (shape.tag) {
    case 'record': {
      const values = valuesOf(cx, value, shape.fields);
      return shape.fields.flatMap((field, index) => lowerFlat(cx, values[index], field.type));
    }
    case 'tuple':
      return shape.types.flatMap((member, index) =>
        lowerFlat(cx, (value as ArrayLike<unknown>)[index], member),
      );
    case 'list':
      return lowerFlatList(cx, value as ArrayLike<unknown>, shape.element);
    case 'map':
      return lowerFlatList(cx, value as ArrayLike<unknown>, [shape.key, shape.value]);
    case 'fixed-length-list':
      return Array.from(value as ArrayLike<unknown>).flatMap((item) => lowerFlat(cx, item, shape.element));
    case 'flags':
      return [packFlags(cx, value, shape.flags)];
    case 'own':
    case 'borrow':
      return [lowerHandle(cx, value, shape)];
    default:
      return [cx.waitable(type).lower(value)];
  }
}

function lowerFlatPrimitive(cx: Context, value: unknown, type: Extract<Shape, string>): (number | bigint)[] {
  switch (type) {
    case 'bool':
      return [value === true ? 1 : 0];
    case 'u64':
    case 's64':
      return [BigInt(value as bigint | number)];
    case 'char':
      return [(value as string).codePointAt(0)!];
    case 'string': {
      const [ptr, length] = storeStringIntoRange(cx, value as string);
      return [address(cx, ptr), writeLength(cx, length)];
    }
    case 'error-context':
      return [cx.waitable(type).lower(value)];
    default:
      return [value as number];
  }
}

function lowerFlatList(cx: Context, value: ArrayLike<unknown>, element: Element): (number | bigint)[] {
  const [ptr, length] = storeListIntoRange(cx, value, element);
  return [address(cx, ptr), address(cx, length)];
}

/** Returns an address or a length as a core value. */
export function address(cx: Context, value: number): number | bigint {
  return cx.address === 'i32' ? value : BigInt(value);
}

/** `lower_flat_variant`: the values of a case are converted to the joined types, and missing ones are zero. */
function lowerFlatVariant(cx: Context, value: unknown, { types, match }: Variant): (number | bigint)[] {
  const [, ...slots] = variantLayout(types, cx.address).layout.flat!;
  const [index, held] = match(value);
  const type = types[index];
  const payload = type === undefined ? [] : lowerFlat(cx, held, type);
  const own = type === undefined ? [] : layoutOf(type, cx.address).flat!;
  const joined = slots.map((slot, at) =>
    at < payload.length ? coerce(payload[at]!, own[at]!, slot) : zero(slot),
  );
  return [index, ...joined];
}

function coerce(value: number | bigint, have: FlatType, want: FlatType): number | bigint {
  if (have === want) return value;
  if (have === 'f64') return encodeFloatAsI64(value as number);
  const i32 = have === 'f32' ? encodeFloatAsI32(value as number) : (value as number) >>> 0;
  return want === 'i64' ? BigInt(i32) : i32;
}

function zero(type: FlatType): number | bigint {
  return type === 'i64' ? 0n : 0;
}
