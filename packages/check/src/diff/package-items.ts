import {
  functionSegment,
  typesOf,
  type Docs,
  type Owner,
  type Package,
  type PathSegment,
  type Stability,
  type TypeDef,
  type World,
} from '@wit-ts/model';
import { changePathText, unversioned } from './change-path.ts';

/** A part of a package that may be gated and documented. */
export interface PackageItem {
  readonly path: readonly PathSegment[];
  readonly stability: Stability | undefined;
  readonly docs: Docs | undefined;
  /** The gate of the interface or world that contains it, which applies to it too. */
  readonly inherits: Stability | undefined;
  /** Whether the import is implied: the world has it because other items use its types. */
  readonly isImplied: boolean;
}

/**
 * Collects the interfaces of a package, their types and functions, its worlds, and the items of the worlds, by the
 * texts of their paths without versions.
 */
export function itemsOf(pkg: Package): Map<string, PackageItem> {
  const items = new Map<string, PackageItem>();
  const add = (
    path: readonly PathSegment[],
    { stability, docs }: { stability?: Stability | undefined; docs?: Docs | undefined },
    inherits?: Stability,
    isImplied = false,
  ): void => void items.set(changePathText(path), { path, stability, docs, inherits, isImplied });
  for (const [name, iface] of pkg.interfaces) {
    const whole: PathSegment = { tag: 'interface', name };
    add([whole], iface);
    for (const type of iface.types.values()) add([whole, typeSegment(type)], type, iface.stability);
    for (const func of iface.functions.values()) add([whole, functionSegment(func)], func, iface.stability);
  }
  for (const [name, world] of pkg.worlds) {
    const whole: PathSegment = { tag: 'world', name };
    add([whole], world);
    const used = usedBy(world);
    for (const side of ['import', 'export'] as const) {
      for (const [key, item] of world[`${side}s`]) {
        const path = [whole, unversioned({ tag: side, name: key })];
        if (item.tag === 'function') add(path, item.function, world.stability);
        else if (item.tag === 'type') add(path, item.type, world.stability);
        else add(path, item, world.stability, side === 'import' && used.has(item.interface));
      }
    }
  }
  return items;
}

/** The interfaces whose types something in a world uses. */
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

function typeSegment({ name = '' }: TypeDef): PathSegment {
  return { tag: 'type', name };
}
