import type { PrimitiveType } from '@wit-ts/model';
import { type DefinedNode, peelValue, type ValueNode } from '../elaborate/nodes.ts';

export interface Size {
  readonly size: number;
  readonly alignment: number;
}

const PRIMITIVE_SIZES: Readonly<Record<PrimitiveType, number>> = {
  bool: 1,
  u8: 1,
  s8: 1,
  u16: 2,
  s16: 2,
  u32: 4,
  s32: 4,
  u64: 8,
  s64: 8,
  f32: 4,
  f64: 8,
  char: 4,
  'error-context': 4,
  string: 16,
};

const known = new WeakMap<DefinedNode, Size>();

/** A type in linear memory with 64-bit pointers (`CanonicalABI.md`, "Element Size"): what bounds the size of types. */
export function sizeOf(type: ValueNode): Size {
  const node = peelValue(type);
  if (typeof node === 'string') {
    const size = PRIMITIVE_SIZES[node];
    return { size, alignment: Math.min(size, 8) };
  }
  let size = known.get(node);
  if (size === undefined) {
    size = compute(node);
    known.set(node, size);
  }
  return size;
}

function compute({ type, children }: DefinedNode): Size {
  switch (type.tag) {
    case 'record':
    case 'tuple':
      return sequence(children);
    case 'fixed-length-list': {
      const element = sizeOf(children[0]!);
      return { size: element.size * type.length, alignment: element.alignment };
    }
    case 'list':
    case 'map':
      return { size: 16, alignment: 8 };
    case 'variant':
      return variant(type.cases.length, children);
    case 'enum':
      return variant(type.names.length, []);
    case 'option':
    case 'result':
      return variant(2, children);
    case 'flags': {
      const bytes = type.names.length <= 8 ? 1 : type.names.length <= 16 ? 2 : 4;
      return { size: bytes, alignment: bytes };
    }
    default:
      return { size: 4, alignment: 4 };
  }
}

function sequence(parts: readonly ValueNode[]): Size {
  let size = 0;
  let alignment = 1;
  for (const part of parts) {
    const inner = sizeOf(part);
    size = alignTo(size, inner.alignment) + inner.size;
    alignment = Math.max(alignment, inner.alignment);
  }
  return { size: alignTo(size, alignment), alignment };
}

function variant(caseCount: number, payloads: readonly ValueNode[]): Size {
  const discriminant = caseCount <= 0x100 ? 1 : caseCount <= 0x10000 ? 2 : 4;
  let payloadAlignment = 1;
  let largest = 0;
  for (const payload of payloads) {
    const inner = sizeOf(payload);
    payloadAlignment = Math.max(payloadAlignment, inner.alignment);
    largest = Math.max(largest, inner.size);
  }
  const alignment = Math.max(discriminant, payloadAlignment);
  return { size: alignTo(alignTo(discriminant, payloadAlignment) + largest, alignment), alignment };
}

function alignTo(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
