import { partsOf, type Func, type Interface, type Type, type TypeDef, type World } from '@wit-ts/model';

/** The interfaces that a world imports, exports, or takes types from, directly or through others. */
export function reach(world: World): ReadonlySet<Interface> {
  const interfaces = new Set<Interface>();
  const types = new Set<TypeDef>();
  // A list of what is left to do: recursion over types of a hostile component could be as deep as it is large.
  const left: (Type | Interface)[] = [];
  for (const item of [...world.imports.values(), ...world.exports.values()]) {
    if (item.tag === 'interface') left.push(item.interface);
    else if (item.tag === 'type') left.push(item.type);
    else left.push(...mentions(item.function));
  }
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === 'string') continue;
    if ('functions' in next) {
      if (interfaces.has(next)) continue;
      interfaces.add(next);
      left.push(...next.types.values());
      for (const func of next.functions.values()) left.push(...mentions(func));
    } else if (!types.has(next)) {
      types.add(next);
      if (next.owner !== undefined && 'functions' in next.owner) left.push(next.owner);
      left.push(...partsOf(next.kind));
    }
  }
  return interfaces;
}

function mentions(func: Func): Type[] {
  const types = func.params.map((param) => param.type);
  return func.result === undefined ? types : [...types, func.result];
}
