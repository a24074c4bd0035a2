import { acceptsUndefined, camelCaseAll, isTaggedOption } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { shapeOf } from '@wit-ts/model/layout';
import {
  arrayLength,
  elementsOf,
  holdsOptions,
  isBuiltIn,
  isMap,
  isPair,
  isPlain,
  memberOf,
} from '../helpers/lower-values.ts';

/**
 * Copies a host value and reads each of its parts once. A getter or a proxy may return another value the next time,
 * but the checked value must be the lowered one. A part that cannot have its type is left for the check to find.
 */
export function snapshot(type: Type, value: unknown): unknown {
  const shape = shapeOf(type);
  if (typeof shape === 'string') return value;
  switch (shape.tag) {
    case 'variant':
      return snapshotCase(
        shape.cases.map((item) => item.name),
        shape.cases.map((item) => item.type),
        value,
      );
    case 'result':
      return snapshotCase(['ok', 'err'], [shape.ok, shape.err], value);
    case 'option':
      if (isTaggedOption(type)) return snapshotCase(['none', 'some'], [undefined, shape.type], value);
      return value === undefined || value === null ? value : snapshot(shape.type, value);
    case 'record': {
      const keys = camelCaseAll(shape.fields.map((field) => field.name));
      if (typeof value !== 'object' || value === null) return value;
      // The check has more conditions for objects of optional members.
      if (shape.fields.every((field) => acceptsUndefined(field.type)) && !holdsOptions(value, keys))
        return value;
      return Object.fromEntries(
        keys.map((key, index) => [key, snapshot(shape.fields[index]!.type, memberOf(value, key))]),
      );
    }
    case 'tuple':
      return snapshotElements(value, (index) => shape.types[index], shape.types.length);
    case 'fixed-length-list':
      return snapshotElements(elementsOf(value), () => shape.element, shape.length);
    case 'list':
      return snapshotElements(elementsOf(value), () => shape.element);
    case 'map':
      if (!isMap(value) && !Array.isArray(value)) return value;
      return Array.from(value as Iterable<unknown>, (entry) =>
        isPair(entry) ? snapshotPair(shape.key, shape.value, entry as [unknown, unknown]) : entry,
      );
    case 'flags': {
      if (typeof value !== 'object' || value === null || !isPlain(value) || isBuiltIn(value)) return value;
      const keys = new Set(camelCaseAll(shape.flags.map((flag) => flag.name)));
      for (const key in value) keys.add(key);
      return Object.fromEntries([...keys].map((key) => [key, memberOf(value, key)]));
    }
    default:
      return value;
  }
}

function snapshotPair(key: Type, item: Type, [name, held]: readonly [unknown, unknown]): unknown {
  return [snapshot(key, name), snapshot(item, held)];
}

/** Longer lists are not copied. Their elements may not exist, and a copy could take more memory than there is. */
const MOST = 2 ** 24;

/** @param expected the exact length, if it is known */
function snapshotElements(
  value: unknown,
  typeAt: (index: number) => Type | undefined,
  expected?: number,
): unknown {
  const length = arrayLength(value);
  if (length === undefined || length > MOST) return value;
  if (expected === undefined ? isNumbers(value) : length !== expected) return value;
  return Array.from({ length }, (_, index) =>
    snapshot(typeAt(index)!, (value as { readonly [index: number]: unknown })[index]),
  );
}

/** Typed arrays return what they hold. A proxy of one is not a typed array. */
function isNumbers(value: unknown): boolean {
  return ArrayBuffer.isView(value);
}

/** Copies a case: its tag, and its payload if the case has a type. */
function snapshotCase(
  tags: readonly string[],
  types: readonly (Type | undefined)[],
  value: unknown,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { tag } = value as { readonly tag?: unknown };
  const type = types[tags.indexOf(tag as string)];
  const { val } = value as { readonly val?: unknown };
  return { tag, val: type === undefined ? val : snapshot(type, val) };
}
