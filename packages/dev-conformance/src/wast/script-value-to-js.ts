import { camelCase, includesUndefined } from '@wit-ts/mapping';
import type { Type, TypeDefKind } from '@wit-ts/model';
import type { ScriptValue } from './script-values.ts';

/**
 * Converts a script's value to JavaScript. The type is needed for an option inside an option, for flags that are not
 * set, and for maps that are written as lists; without a type the form of the value decides.
 */
export function scriptValueToJs(value: ScriptValue, given?: Type): unknown {
  const type = typeKind(given);
  switch (value.tag) {
    case 'bool':
    case 'number':
    case 'bigint':
    case 'text':
      return value.value;
    case 'enum':
      return value.name;
    case 'list':
      // A map is an abbreviation for a list of pairs, and scripts may write the list. Only the list can contain a key
      // twice.
      if (type?.tag === 'map') return value.items.map((item) => pair(item, type.key, type.value));
      return value.items.map((item) => scriptValueToJs(item, elementOf(type)));
    case 'tuple':
      return value.items.map((item, at) =>
        scriptValueToJs(item, type?.tag === 'tuple' ? type.types[at] : undefined),
      );
    case 'map':
      return new Map(
        value.entries.map(([key, item]) =>
          type?.tag === 'map'
            ? [scriptValueToJs(key, type.key), scriptValueToJs(item, type.value)]
            : [scriptValueToJs(key), scriptValueToJs(item)],
        ),
      );
    case 'record': {
      const fields = type?.tag === 'record' ? type.fields : [];
      const typeOf = (name: string): Type | undefined => fields.find((f) => f.name === name)?.type;
      return object(value.fields.map((f) => [camelCase(f.name), scriptValueToJs(f.value, typeOf(f.name))]));
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

/** Returns the kind of a type behind its names and aliases, or `undefined` for primitive types. */
export function typeKind(type: Type | undefined): TypeDefKind | undefined {
  let at = type;
  while (typeof at === 'object' && at.kind.tag === 'alias') at = at.kind.type;
  return typeof at === 'object' ? at.kind : undefined;
}

function pair(item: ScriptValue, key: Type, value: Type): unknown {
  return scriptValueToJs(item, { kind: { tag: 'tuple', types: [key, value] } });
}

function elementOf(type: TypeDefKind | undefined): Type | undefined {
  return type?.tag === 'list' || type?.tag === 'fixed-length-list' ? type.element : undefined;
}

function resultSide(type: TypeDefKind | undefined, ok: boolean): Type | undefined {
  if (type?.tag !== 'result') return undefined;
  return ok ? type.ok : type.err;
}

function optionToJs(value: ScriptValue & { tag: 'option' }, type: TypeDefKind | undefined): unknown {
  const inner = type?.tag === 'option' ? type.type : undefined;
  // Without a type, nested options alternate between plain and tagged ones, starting with the innermost option.
  const isTagged = inner === undefined ? isPlainOption(value.payload) : includesUndefined(inner);
  if (isTagged) return tagged(value.payload === undefined ? 'none' : 'some', value.payload, inner);
  return value.payload === undefined ? undefined : scriptValueToJs(value.payload, inner);
}

/** States the rule of plain options for values without a type by itself, independently of `@wit-ts/mapping`. */
function isPlainOption(value: ScriptValue | undefined): boolean {
  return value?.tag === 'option' && !isPlainOption(value.payload);
}

function tagged(tag: string, payload: ScriptValue | undefined, type: Type | undefined): unknown {
  return payload === undefined ? { tag } : { tag, val: scriptValueToJs(payload, type) };
}

/**
 * A field named `__proto__` must become an own property. `Object.fromEntries` guarantees that; an assignment does not.
 */
function object(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries);
}
