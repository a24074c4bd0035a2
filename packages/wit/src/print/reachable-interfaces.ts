import { partsOf, type Func, type Interface, type Type, type TypeDef, type World } from '@wit-ts/model';

/** Returns the interfaces that a world imports, exports or takes types from, directly or through other interfaces. */
export function reachableInterfaces(world: World): ReadonlySet<Interface> {
  const interfaces = new Set<Interface>();
  const types = new Set<TypeDef>();
  // A list of remaining parts instead of recursion, which could be as deep as a hostile component is large.
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
