import type { Type, TypeDef } from '../types.ts';
import { unalias } from '../unalias.ts';
import { MAX_DEPTH, despecialize, tooDeep, type Element } from './despecialize.ts';

/** The address type of a memory. */
export type AddressType = 'i32' | 'i64';
/** A core type that component values are flattened to. */
export type FlatType = 'i32' | 'i64' | 'f32' | 'f64';

/** The layout of a type in memory and in core values. */
export interface Layout {
  readonly alignment: number;
  /** In bytes, a multiple of the alignment. */
  readonly size: number;
  /**
   * The core types of a value; `undefined` if there are more than `MAX_FLAT_PARAMS`, so that values always go through
   * memory.
   */
  readonly flat: readonly FlatType[] | undefined;
}

export const MAX_FLAT_PARAMS = 16;
export const MAX_FLAT_ASYNC_PARAMS = 4;
export const MAX_FLAT_RESULTS = 1;

/** A value of a larger type fits no memory that JavaScript can address. */
const MAX_SIZE = 2 ** 32;

/** Thrown for a type whose values are larger than any memory. */
export class TypeTooLarge extends TypeError {}

const memos: Record<AddressType, WeakMap<TypeDef, Layout>> = { i32: new WeakMap(), i64: new WeakMap() };

/**
 * Returns the layout of a type. @throws TypeError for a type that nests too deep, is too large, or is not a value type
 */
export function layoutOf(type: Type, address: AddressType, depth = 0): Layout {
  const resolved = unalias(type);
  if (typeof resolved === 'string') return primitiveLayout(resolved, address);
  const known = memos[address].get(resolved);
  if (known !== undefined) return known;
  if (depth > MAX_DEPTH) throw tooDeep();
  const layout = computeLayout(resolved, address, depth);
  if (layout.size > MAX_SIZE) {
    throw new TypeTooLarge(
      `a value of ${resolved.name ?? 'the type'} would take ${layout.size} bytes: no memory holds it`,
    );
  }
  memos[address].set(resolved, layout);
  return layout;
}

/** Returns the alignment of a type, in bytes (`CanonicalABI.md`, "Alignment"). */
export function alignment(type: Type, address: AddressType): number {
  return layoutOf(type, address).alignment;
}

/** Returns the number of bytes of an address. */
export function ptrSize(address: AddressType): 4 | 8 {
  return address === 'i32' ? 4 : 8;
}

/** Returns the next offset that is a multiple of a number. */
export function alignTo(offset: number, multiple: number): number {
  return Math.ceil(offset / multiple) * multiple;
}

/** Returns the number of bytes of a variant's discriminant (`discriminant_type`). */
export function discriminantSize(cases: number): 1 | 2 | 4 {
  if (cases <= 1 << 8) return 1;
  return cases <= 1 << 16 ? 2 : 4;
}

/** Returns the number of bytes of flags (`elem_size_flags`). */
export function flagsSize(count: number): 1 | 2 | 4 {
  if (count === 0 || count > 32) throw new TypeError(`flags have 1 to 32 labels, not ${count}`);
  if (count <= 8) return 1;
  return count <= 16 ? 2 : 4;
}

/** Returns the offset of each member of a record or tuple, and the layout of the whole. */
export function sequenceLayout(
  types: readonly Type[],
  address: AddressType,
  depth = 0,
): { readonly offsets: readonly number[]; readonly layout: Layout } {
  let end = 0;
  let most = 1;
  let flat: FlatType[] | undefined = [];
  const offsets: number[] = [];
  for (const type of types) {
    const member = layoutOf(type, address, depth + 1);
    const offset = alignTo(end, member.alignment);
    offsets.push(offset);
    end = offset + member.size;
    most = Math.max(most, member.alignment);
    flat = concat(flat, member.flat);
  }
  return { offsets, layout: { alignment: most, size: alignTo(end, most), flat } };
}

/** Splits the core values of several members into the core values of each member. */
export function sharesOf<T>(types: readonly Type[], address: AddressType, all: readonly T[]): T[][] {
  let at = 0;
  return types.map((type) => {
    const start = at;
    at += layoutOf(type, address).flat!.length;
    return all.slice(start, at);
  });
}

/** Returns the offset of the payload of a variant, and the layout of the whole. */
export function variantLayout(
  cases: readonly (Type | undefined)[],
  address: AddressType,
  depth = 0,
): { readonly payload: number; readonly layout: Layout } {
  const discriminant = discriminantSize(cases.length);
  let most = 1;
  let size = 0;
  let flat: FlatType[] | undefined = [];
  for (const type of cases) {
    if (type === undefined) continue;
    const member = layoutOf(type, address, depth + 1);
    most = Math.max(most, member.alignment);
    size = Math.max(size, member.size);
    flat = joinAll(flat, member.flat);
  }
  const payload = alignTo(discriminant, most);
  const whole = Math.max(discriminant, most);
  return {
    payload,
    layout: { alignment: whole, size: alignTo(payload + size, whole), flat: concat(['i32'], flat) },
  };
}

/** Returns the layout of a list's elements. */
export function elementLayout(element: Element, address: AddressType, depth = 0): Layout {
  return sizeable(
    isMapEntry(element)
      ? sequenceLayout(element, address, depth).layout
      : layoutOf(element as Type, address, depth + 1),
  );
}

/** A component that was not validated may have types without members: a billion of them would be in bounds anywhere. */
function sizeable(element: Layout): Layout {
  if (element.size === 0) throw new TypeError('the elements of a list take no bytes');
  return element;
}

/** Returns true for the pairs of a map. */
export function isMapEntry(element: Element): element is readonly [Type, Type] {
  return Array.isArray(element);
}

/** Returns the core type that can hold values of both core types (`join` of `CanonicalABI.md`, "Flattening"). */
export function joinFlat(a: FlatType, b: FlatType): FlatType {
  if (a === b) return a;
  if ((a === 'i32' && b === 'f32') || (a === 'f32' && b === 'i32')) return 'i32';
  return 'i64';
}

function computeLayout(type: TypeDef, address: AddressType, depth: number): Layout {
  const shape = despecialize(type);
  if (typeof shape === 'string') return primitiveLayout(shape, address);
  switch (shape.tag) {
    case 'record':
      return sequenceLayout(shape.types, address, depth).layout;
    case 'variant':
      return variantLayout(shape.cases, address, depth).layout;
    case 'list': {
      // Every list has the same layout, but a type that no list can hold is reported before the first value is passed.
      elementLayout(shape.element, address, depth);
      const size = ptrSize(address);
      return { alignment: size, size: 2 * size, flat: [address, address] };
    }
    case 'fixed-length-list':
      return repeated(sizeable(layoutOf(shape.element, address, depth + 1)), shape.length);
    case 'flags': {
      const size = flagsSize(shape.count);
      return { alignment: size, size, flat: ['i32'] };
    }
    case 'handle':
      return { alignment: 4, size: 4, flat: ['i32'] };
  }
}

function repeated(element: Layout, length: number): Layout {
  let flat: FlatType[] | undefined = [];
  for (let i = 0; i < length && flat !== undefined; i += 1) flat = concat(flat, element.flat);
  return { alignment: element.alignment, size: element.size * length, flat };
}

function concat(
  left: readonly FlatType[] | undefined,
  right: readonly FlatType[] | undefined,
): FlatType[] | undefined {
  if (left === undefined || right === undefined) return undefined;
  return left.length + right.length > MAX_FLAT_PARAMS ? undefined : [...left, ...right];
}

function joinAll(
  left: readonly FlatType[] | undefined,
  right: readonly FlatType[] | undefined,
): FlatType[] | undefined {
  if (left === undefined || right === undefined) return undefined;
  const [longer, shorter] = left.length > right.length ? [left, right] : [right, left];
  return longer.map((type, index) => (index < shorter.length ? joinFlat(type, shorter[index]!) : type));
}

function plain(size: number, flat: FlatType): Layout {
  return { alignment: size, size, flat: [flat] };
}

const primitives = {
  bool: plain(1, 'i32'),
  u8: plain(1, 'i32'),
  s8: plain(1, 'i32'),
  u16: plain(2, 'i32'),
  s16: plain(2, 'i32'),
  u32: plain(4, 'i32'),
  s32: plain(4, 'i32'),
  u64: plain(8, 'i64'),
  s64: plain(8, 'i64'),
  f32: plain(4, 'f32'),
  f64: plain(8, 'f64'),
  char: plain(4, 'i32'),
  'error-context': plain(4, 'i32'),
} as const;

const strings: Record<AddressType, Layout> = {
  i32: { alignment: 4, size: 8, flat: ['i32', 'i32'] },
  i64: { alignment: 8, size: 16, flat: ['i64', 'i64'] },
};

function primitiveLayout(type: keyof typeof primitives | 'string', address: AddressType): Layout {
  return type === 'string' ? strings[address] : primitives[type];
}
