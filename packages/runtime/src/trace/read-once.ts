import { arrayLength, elementsOf, isBuiltIn, isPair, isPlain, isThenable, memberOf } from '@wit-ts/abi';
import { acceptsUndefined, memberKeys, type CasingChoice, isTaggedOption } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { type Shape, shapeOf } from '@wit-ts/model/layout';

/**
 * Returns a value of the host of which each part was read once. The event and the call must see the same value, also
 * if an iterator or a getter would give another one the next time. A part that does not have its type stays as it is,
 * for the call to refuse.
 */
export function readOnce(type: Type | undefined, value: unknown, mapping: CasingChoice | undefined): unknown {
  if (type === undefined || isThenable(value)) return value;
  try {
    return read(type, value, mapping);
  } catch {
    // The call finds what throws.
    return value;
  }
}

/** Longer lists are not copied. Their elements may not exist, and a copy could take more memory than there is. */
const MOST = 2 ** 24;

function read(type: Type | undefined, value: unknown, mapping: CasingChoice | undefined): unknown {
  if (type === undefined || typeof value !== 'object' || value === null) return value;
  const shape = shapeOf(type);
  if (typeof shape === 'string') return value;
  switch (shape.tag) {
    case 'record':
      return readRecord(shape, value, mapping);
    case 'tuple':
      return readElements(value, (index) => shape.types[index], mapping);
    case 'list':
    case 'fixed-length-list':
      return readElements(elementsOf(value) ?? value, () => shape.element, mapping);
    case 'map': {
      const entries = elementsOf(value);
      return Array.isArray(entries) ? entries.map((entry) => readPair(shape, entry, mapping)) : value;
    }
    case 'flags':
      return isPlain(value) && !isBuiltIn(value) ? readFlags(shape, value, mapping) : value;
    case 'variant':
      return readCase(value, (tag) => shape.cases.find(({ name }) => name === tag)?.type, mapping);
    case 'result':
      return readCase(value, (tag) => (tag === 'ok' ? shape.ok : shape.err), mapping);
    case 'option':
      return isTaggedOption(type)
        ? readCase(value, () => shape.type, mapping)
        : read(shape.type, value, mapping);
    default:
      return value;
  }
}

function readRecord(
  { fields }: Extract<Shape, { tag: 'record' }>,
  value: object,
  mapping: CasingChoice | undefined,
): unknown {
  // The check has more conditions for objects of optional members.
  const isOptional = fields.every((field) => acceptsUndefined(field.type));
  if (isOptional && (!isPlain(value) || isBuiltIn(value))) return value;
  const keys = memberKeys(fields, mapping);
  return Object.fromEntries(
    keys.map((key, index) => [key, read(fields[index]!.type, memberOf(value, key), mapping)]),
  );
}

function readElements(
  value: unknown,
  typeAt: (index: number) => Type | undefined,
  mapping: CasingChoice | undefined,
): unknown {
  const length = arrayLength(value);
  if (ArrayBuffer.isView(value) || length === undefined || length > MOST) return value;
  return Array.from({ length }, (_, index) =>
    read(typeAt(index), (value as { readonly [index: number]: unknown })[index], mapping),
  );
}

function readPair(
  { key, value }: Extract<Shape, { tag: 'map' }>,
  entry: unknown,
  mapping: CasingChoice | undefined,
): unknown {
  if (!isPair(entry)) return entry;
  const [name, held] = entry as readonly [unknown, unknown];
  return [read(key, name, mapping), read(value, held, mapping)];
}

function readFlags(
  { flags }: Extract<Shape, { tag: 'flags' }>,
  value: object,
  mapping: CasingChoice | undefined,
): unknown {
  const keys = new Set(memberKeys(flags, mapping));
  for (const key in value) keys.add(key);
  return Object.fromEntries([...keys].map((key) => [key, memberOf(value, key)]));
}

function readCase(
  value: object,
  typeOf: (tag: unknown) => Type | undefined,
  mapping: CasingChoice | undefined,
): unknown {
  const { tag, val } = value as { readonly tag?: unknown; readonly val?: unknown };
  return { tag, val: read(typeOf(tag), val, mapping) };
}
