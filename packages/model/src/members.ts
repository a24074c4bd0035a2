import type { Func, TypeDef, WorldItem } from './types.ts';

/** The types that an item of a world has: those of its interface that are there, or the one type that it is, under `''`. */
export function typesOf(item: WorldItem): ReadonlyMap<string, TypeDef> {
  if (item.tag === 'interface') return part(item.interface.types, item.only);
  return item.tag === 'type' ? new Map([['', item.type]]) : new Map();
}

/** The functions of an item's interface that are there, under their annotated names; none of other items. */
export function functionsOf(item: WorldItem): ReadonlyMap<string, Func> {
  return item.tag === 'interface' ? part(item.interface.functions, item.only) : new Map();
}

function part<T>(all: ReadonlyMap<string, T>, only: ReadonlySet<string> | undefined): ReadonlyMap<string, T> {
  return only === undefined ? all : new Map([...all].filter(([name]) => only.has(name)));
}
