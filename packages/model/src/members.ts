import type { Func, TypeDef, WorldItem } from './types.ts';

/**
 * Returns the types of an item: those of its interface that the item contains, or the one type that it is, under `''`.
 */
export function typesOf(item: WorldItem): ReadonlyMap<string, TypeDef> {
  if (item.tag === 'interface') return part(item.interface.types, item.only);
  return item.tag === 'type' ? new Map([['', item.type]]) : new Map();
}

/** Returns the functions of its interface that an item contains, by annotated name; none for other items. */
export function functionsOf(item: WorldItem): ReadonlyMap<string, Func> {
  return item.tag === 'interface' ? part(item.interface.functions, item.only) : new Map();
}

function part<T>(all: ReadonlyMap<string, T>, only: ReadonlySet<string> | undefined): ReadonlyMap<string, T> {
  return only === undefined ? all : new Map([...all].filter(([name]) => only.has(name)));
}
