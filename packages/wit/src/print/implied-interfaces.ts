import { interfaceName, type Interface, type World, type WorldItem } from '@wit-ts/model';
import { depthFirstOrder } from '../resolve/depth-first-order.ts';
import { toposort, type Edge } from '../resolve/toposort.ts';
import { usedFrom } from './used-from.ts';

type InterfaceItem = Extract<WorldItem, { tag: 'interface' }>;
export type KeyedInterface = readonly [key: string, item: InterfaceItem];

/** The interfaces that a world imports and exports. */
interface InterfaceItems {
  readonly imports: readonly KeyedInterface[];
  readonly exports: readonly KeyedInterface[];
}

/**
 * Returns the interfaces of a world with those that they use, each after those, as the resolver would (`WIT.md`,
 * "Transitive imports and worlds"). The world of a component may lack some: it can import a part of an interface, and
 * the text has the whole interface.
 */
export function withImpliedInterfaces(world: World): InterfaceItems {
  const exported = interfacesIn(world.exports);
  const imported = interfacesIn(world.imports);
  const keyed = new Map<string, KeyedInterface>(imported.map((item) => [item[0], item]));
  const needsOf = ([, { interface: iface }]: KeyedInterface): { to: KeyedInterface }[] =>
    usedInterfaces(iface).flatMap((needed) => {
      const key = interfaceName(needed);
      if (key === undefined) return [];
      let to = keyed.get(key);
      if (to === undefined) keyed.set(key, (to = [key, { tag: 'interface', interface: needed }]));
      return [{ to }];
    });
  const exportedNames = new Map(exported.map((item) => [item[0], item]));
  const neededByExports = exported.flatMap((item) =>
    needsOf(item).flatMap(({ to }) => (exportedNames.has(to[0]) ? [] : [to])),
  );
  return {
    imports: depthFirstOrder([...imported, ...neededByExports], needsOf),
    exports: depthFirstOrder(exported, ([, { interface: iface }]) =>
      usedInterfaces(iface).map((needed) => ({ to: exportedNames.get(interfaceName(needed) ?? '') })),
    ),
  };
}

export function interfacesIn(items: World['imports']): KeyedInterface[] {
  return [...items].flatMap(([key, item]): KeyedInterface[] =>
    item.tag === 'interface' ? [[key, item]] : [],
  );
}

/** Many worlds may import one interface of many types. */
const used = new WeakMap<Interface, readonly Interface[]>();

function usedInterfaces(iface: Interface): readonly Interface[] {
  let found = used.get(iface);
  if (found === undefined) {
    found = [...new Set([...iface.types.values()].flatMap((def) => usedFrom(def, iface)?.from ?? []))];
    used.set(iface, found);
  }
  return found;
}

/** Returns the interfaces of a package in their order, but each after those that it uses, as the resolver does. */
export function afterUsed(
  interfaces: readonly (readonly [string, Interface])[],
): (readonly [string, Interface])[] {
  const byName = new Map(interfaces);
  const needs = new Map<string, Edge<undefined>[]>();
  for (const [name, iface] of interfaces) {
    const local = usedInterfaces(iface).filter((needed) => byName.get(needed.name ?? '') === needed);
    needs.set(
      name,
      local.map((needed) => ({ to: needed.name!, at: undefined })),
    );
  }
  return toposort(needs).order.map((name) => [name, byName.get(name)!]);
}
