import {
  typesOf,
  type Docs,
  type Func,
  type Owner,
  type Package,
  type Stability,
  type TypeDef,
  type World,
} from '@wit-ts/model';

/** Something of a package that may be gated and documented. */
export interface Item {
  readonly path: readonly string[];
  readonly stability: Stability | undefined;
  readonly docs: Docs | undefined;
  /** Whether the gate of what it stands in counts for it too. */
  readonly inherits: Stability | undefined;
  /** An import that is there because others use its types: nobody wrote it. */
  readonly isImplied: boolean;
}

/** Interfaces, their types and functions, worlds, and what stands in worlds only, by a name that lasts over versions. */
export function itemsOf(pkg: Package): Map<string, Item> {
  const items = new Map<string, Item>();
  const add = (
    path: readonly string[],
    { stability, docs }: { stability?: Stability | undefined; docs?: Docs | undefined },
    inherits?: Stability,
    isImplied = false,
  ): void => void items.set(path.join(' › '), { path, stability, docs, inherits, isImplied });
  for (const [name, iface] of pkg.interfaces) {
    const title = `interface ${name}`;
    add([title], iface);
    for (const type of iface.types.values()) add([title, typeSegment(type)], type, iface.stability);
    for (const func of iface.functions.values()) add([title, funcSegment(func)], func, iface.stability);
  }
  for (const [name, world] of pkg.worlds) {
    const title = `world ${name}`;
    add([title], world);
    const used = usedBy(world);
    for (const side of ['import', 'export'] as const) {
      for (const [key, item] of world[`${side}s`]) {
        const path = [title, `${side} ${key.split('@', 1)[0]}`];
        if (item.tag === 'function') add(path, item.function, world.stability);
        else if (item.tag === 'type') add(path, item.type, world.stability);
        else add(path, item, world.stability, side === 'import' && used.has(item.interface));
      }
    }
  }
  return items;
}

/** The interfaces of which something in a world uses types. */
function usedBy(world: World): ReadonlySet<Owner> {
  const used = new Set<Owner>();
  for (const item of [...world.imports.values(), ...world.exports.values()]) {
    for (const { kind } of typesOf(item).values()) {
      if (kind.tag === 'alias' && typeof kind.type === 'object' && kind.type.owner !== undefined) {
        used.add(kind.type.owner);
      }
    }
  }
  return used;
}

function typeSegment({ name = '' }: TypeDef): string {
  return `type ${name}`;
}

function funcSegment({ kind, name }: Func): string {
  if (kind.tag === 'freestanding') return `func ${name}`;
  return kind.tag === 'constructor' ? `constructor ${name}` : `${kind.tag} ${kind.resource.name}.${name}`;
}
