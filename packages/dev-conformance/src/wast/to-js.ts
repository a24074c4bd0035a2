import { camelCase, includesUndefined } from '@wit-ts/mapping';
import type { Type, TypeDefKind } from '@wit-ts/model';
import type { Value } from './values.ts';

/**
 * The JavaScript value of the mapping. Only the type tells an option inside an option apart, flags that are not set,
 * and how wide a number is; without it the value's own shape decides.
 */
export function toJs(value: Value, given?: Type): unknown {
  const type = structure(given);
  switch (value.tag) {
    case 'bool':
    case 'number':
    case 'bigint':
    case 'text':
      return value.value;
    case 'enum':
      return value.name;
    case 'list':
      // Scripts write a map as the list of pairs that it is an abbreviation of; only that can hold a key twice.
      if (type?.tag === 'map') return value.items.map((item) => pair(item, type.key, type.value));
      return value.items.map((item) => toJs(item, elementOf(type)));
    case 'tuple':
      return value.items.map((item, at) => toJs(item, type?.tag === 'tuple' ? type.types[at] : undefined));
    case 'map':
      return new Map(
        value.entries.map(([key, item]) =>
          type?.tag === 'map' ? [toJs(key, type.key), toJs(item, type.value)] : [toJs(key), toJs(item)],
        ),
      );
    case 'record': {
      const fields = type?.tag === 'record' ? type.fields : [];
      const typeOf = (name: string): Type | undefined => fields.find((f) => f.name === name)?.type;
      return object(value.fields.map((f) => [camelCase(f.name), toJs(f.value, typeOf(f.name))]));
    }
    case 'flags': {
      const all = type?.tag === 'flags' ? type.flags.map((flag) => flag.name) : value.names;
      return object(all.map((name) => [camelCase(name), value.names.includes(name)]));
    }
    case 'variant': {
      const payload =
        type?.tag === 'variant' ? type.cases.find((c) => c.name === value.name)?.type : undefined;
      return tagged(value.name, value.payload, payload);
    }
    case 'result':
      return tagged(value.ok ? 'ok' : 'err', value.payload, resultSide(type, value.ok));
    case 'option':
      return optionToJs(value, type);
  }
}

/** What a type is made of, names and aliases followed; nothing for primitives. */
export function structure(type: Type | undefined): TypeDefKind | undefined {
  let at = type;
  while (typeof at === 'object' && at.kind.tag === 'alias') at = at.kind.type;
  return typeof at === 'object' ? at.kind : undefined;
}

function pair(item: Value, key: Type, value: Type): unknown {
  return toJs(item, { kind: { tag: 'tuple', types: [key, value] } });
}

function elementOf(type: TypeDefKind | undefined): Type | undefined {
  return type?.tag === 'list' || type?.tag === 'fixed-length-list' ? type.element : undefined;
}

function resultSide(type: TypeDefKind | undefined, ok: boolean): Type | undefined {
  if (type?.tag !== 'result') return undefined;
  return ok ? type.ok : type.err;
}

function optionToJs(value: Value & { tag: 'option' }, type: TypeDefKind | undefined): unknown {
  const inner = type?.tag === 'option' ? type.type : undefined;
  // Without a type, options in options alternate between tagged and plain ones from the innermost that is written.
  const isTagged = inner === undefined ? mayBeUndefined(value.payload) : includesUndefined(inner);
  if (isTagged) return tagged(value.payload === undefined ? 'none' : 'some', value.payload, inner);
  return value.payload === undefined ? undefined : toJs(value.payload, inner);
}

function mayBeUndefined(value: Value | undefined): boolean {
  return value?.tag === 'option' && !mayBeUndefined(value.payload);
}

function tagged(tag: string, payload: Value | undefined, type: Type | undefined): unknown {
  return payload === undefined ? { tag } : { tag, val: toJs(payload, type) };
}

/** A field may be called `__proto__`; it must not become a prototype. */
function object(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries);
}
