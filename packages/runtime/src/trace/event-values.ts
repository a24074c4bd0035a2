import { type FuncType, isError, isThenable } from '@wit-ts/abi';
import {
  memberKeys,
  type CasingChoice,
  choicesFor,
  isTaggedOption,
  type MappingChoices,
  thrownResult,
} from '@wit-ts/mapping';
import { type Type, withoutPrototype } from '@wit-ts/model';
import { shapeOf } from '@wit-ts/model/layout';

/** The types of the values of a function, as JavaScript sees them. */
export interface EventTypes {
  /** How the fields of records are named. */
  readonly mapping: CasingChoice | undefined;
  readonly params: readonly Type[];
  /** For a function that returns a `result`, the `ok` side. */
  readonly result: Type | undefined;
  /** The `err` side. */
  readonly error: Type | undefined;
}

/** @param name the WIT name of the function, with or without its interface */
export function eventTypesOf(
  { params, result }: FuncType,
  name: string,
  mapping: MappingChoices | undefined,
): EventTypes {
  const thrown = thrownResult(result, choicesFor(name, mapping));
  return {
    mapping,
    params: params.map((param) => param.type),
    result: thrown === undefined ? result : thrown.ok,
    error: thrown?.err,
  };
}

/**
 * Returns a copy of a value for an event: what the trace does with it changes nothing. Objects of resources are the
 * same objects.
 */
export function copyOf(type: Type | undefined, value: unknown, mapping?: CasingChoice): unknown {
  if (type === undefined || isThenable(value)) return value;
  try {
    return copied(type, value, mapping);
  } catch {
    // A value that does not have its type; the call refuses it.
    return value;
  }
}

function copied(type: Type, value: unknown, mapping?: CasingChoice): unknown {
  const shape = shapeOf(type);
  if (typeof shape === 'string' || typeof value !== 'object' || value === null) return value;
  switch (shape.tag) {
    case 'record': {
      const keys = memberKeys(shape.fields, mapping);
      const values = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        keys.map((key, index) => [key, copied(shape.fields[index]!.type, values[key], mapping)]),
      );
    }
    case 'tuple':
      return Array.from(value as ArrayLike<unknown>, (item, index) =>
        copied(shape.types[index]!, item, mapping),
      );
    case 'list':
    case 'fixed-length-list':
      return ArrayBuffer.isView(value)
        ? Uint8Array.prototype.slice.call(value as Uint8Array)
        : Array.from(value as ArrayLike<unknown>, (item) => copied(shape.element, item, mapping));
    case 'map':
      return new Map(
        Array.from(value as Iterable<[unknown, unknown]>, ([key, item]) => [
          copied(shape.key, key, mapping),
          copied(shape.value, item, mapping),
        ]),
      );
    case 'flags':
      return { ...value };
    case 'variant':
      return copiedCase(value, (tag) => shape.cases.find(({ name }) => name === tag)?.type, mapping);
    case 'result':
      return copiedCase(value, (tag) => (tag === 'ok' ? shape.ok : shape.err), mapping);
    case 'option':
      return isTaggedOption(type)
        ? copiedCase(value, () => shape.type, mapping)
        : copied(shape.type, value, mapping);
    default:
      return value;
  }
}

function copiedCase(
  value: object,
  typeOf: (tag: unknown) => Type | undefined,
  mapping?: CasingChoice,
): object {
  const { tag, val } = value as { readonly tag?: unknown; readonly val?: unknown };
  const type = typeOf(tag);
  return 'val' in value ? { tag, val: type === undefined ? val : copied(type, val, mapping) } : { tag };
}

/** Returns a copy of what a call threw: an error of the same class, with the same properties. */
export function copyOfThrown(type: Type | undefined, error: unknown, mapping?: CasingChoice): unknown {
  if (!isError(error)) return copyOf(type, error, mapping);
  const properties = withoutPrototype(Object.getOwnPropertyDescriptors(error)) as PropertyDescriptorMap;
  for (const key of Reflect.ownKeys(properties)) properties[key] = withoutPrototype(properties[key]!);
  const { payload } = error as { readonly payload?: unknown };
  const own: PropertyDescriptorMap = { ...properties, stack: data(error.stack) };
  if (Object.hasOwn(properties, 'payload')) own['payload'] = data(copyOf(type, payload, mapping));
  const copy = Object.defineProperties(new Error(error.message), own);
  return Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object) as unknown;
}

function data(value: unknown): PropertyDescriptor {
  return withoutPrototype({ value, writable: true, configurable: true });
}
