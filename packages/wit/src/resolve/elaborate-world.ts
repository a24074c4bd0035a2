import {
  interfaceName,
  type Docs,
  type Interface,
  type Stability,
  type TypeDef,
  type WorldItem,
} from '@wit-ts/model';
import { relatedAt, type Resolution } from './resolution.ts';
import type { LocalWorld } from './package-draft.ts';

type Items = Map<string, WorldItem>;
type InterfaceItem = Extract<WorldItem, { tag: 'interface' }>;

/**
 * Adds to a world the interfaces that its imports and exports need (`WIT.md`, "Transitive imports and worlds"), and
 * sorts it in the order of the reference: interfaces, each after those it needs; types; functions.
 */
export function elaborateWorld(local: LocalWorld, resolution: Resolution): void {
  const world = local.target;
  const imports: Items = new Map();
  for (const [key, item] of sorted(world.imports)) {
    if (item.tag === 'interface') {
      addImport(imports, key, item);
      continue;
    }
    const needed = item.tag === 'type' ? usedInterface(item.type) : undefined;
    if (needed !== undefined && item.tag === 'type') {
      addImport(imports, nameOf(needed), interfaceItem(needed, item.type.stability));
    }
    imports.set(key, item);
  }
  const exports: Items = new Map();
  const exported = new Map<string, InterfaceItem>();
  for (const [key, item] of world.exports) {
    if (item.tag === 'interface') exported.set(key, item);
    else exports.set(key, item);
  }
  addExports(local, exported, imports, exports, resolution);
  world.imports = new Map(sorted(imports));
  world.exports = exports;
}

function sorted(items: ReadonlyMap<string, WorldItem>): [string, WorldItem][] {
  return [...items].sort(([, a], [, b]) => rank(a) - rank(b));
}

function rank(item: WorldItem): number {
  switch (item.tag) {
    case 'interface':
      return 0;
    case 'type': {
      const { kind, owner } = item.type;
      return kind.tag === 'alias' && typeof kind.type !== 'string' && kind.type.owner !== owner ? 1 : 2;
    }
    case 'function':
      return item.function.kind.tag === 'freestanding' ? 3 : 4;
  }
}

function interfaceItem(
  iface: Interface,
  stability: Stability | undefined,
  externalId?: string,
  docs?: Docs,
): InterfaceItem {
  return {
    tag: 'interface',
    interface: iface,
    ...(stability === undefined ? {} : { stability }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(docs === undefined ? {} : { docs }),
  };
}

function nameOf(iface: Interface): string {
  return interfaceName(iface) ?? '';
}

/** Returns the interface from which a type is used. */
function usedInterface(type: TypeDef): Interface | undefined {
  if (type.kind.tag !== 'alias' || typeof type.kind.type === 'string') return undefined;
  const { owner } = type.kind.type;
  return owner === undefined || owner === type.owner || !('types' in owner) ? undefined : owner;
}

/** Yields the interfaces from which an interface uses types, once for each type. */
function* needs(iface: Interface): Generator<Interface> {
  for (const type of iface.types.values()) {
    const used = usedInterface(type);
    if (used !== undefined) yield used;
  }
}

/** Adds an import after all imports that it needs. It does not recurse, because chains of interfaces may be long. */
function addImport(imports: Items, key: string, item: InterfaceItem): void {
  const stack = [{ key, item, needs: needs(item.interface) }];
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    if (imports.has(top.key)) {
      stack.pop();
      continue;
    }
    const next = top.needs.next();
    if (next.done === true) {
      imports.set(top.key, top.item);
      stack.pop();
    } else {
      const needed = nameOf(next.value);
      if (!imports.has(needed)) {
        stack.push({
          key: needed,
          item: interfaceItem(next.value, item.stability),
          needs: needs(next.value),
        });
      }
    }
  }
}

interface Step {
  readonly key: string;
  readonly item: InterfaceItem;
  /** Whether this is an export, and not an import that an export needs. */
  readonly asExport: boolean;
  readonly needs: Generator<Interface>;
}

/**
 * Adds the exported interfaces after all that they need: as an export if the world exports it, and as an import
 * otherwise. An export must not need one interface both ways, because two of its types would then be both different
 * and the same.
 */
function addExports(
  local: LocalWorld,
  exported: ReadonlyMap<string, InterfaceItem>,
  imports: Items,
  exports: Items,
  resolution: Resolution,
): void {
  const required = new Set<Interface>();
  const reported = new Set<string>();
  for (const [key, item] of exported) {
    const stack: Step[] = [{ key, item, asExport: true, needs: needs(item.interface) }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const settled = settle(top, exports, required);
      if (settled === 'clash') {
        reportClash(local, key, stack, reported, resolution);
        if (!exports.has(key)) exports.set(key, item);
        break;
      }
      if (settled === 'there') {
        stack.pop();
        continue;
      }
      const next = top.needs.next();
      if (next.done !== true) {
        const needed = nameOf(next.value);
        stack.push({
          key: needed,
          item: interfaceItem(next.value, top.item.stability, top.item.externalId),
          asExport: top.asExport && exported.has(needed),
          needs: needs(next.value),
        });
        continue;
      }
      stack.pop();
      if (top.asExport) {
        if (required.has(top.item.interface)) {
          reportClash(local, key, [...stack, top], reported, resolution);
          break;
        }
        exports.set(top.key, top.item);
      } else {
        required.add(top.item.interface);
        if (!imports.has(top.key)) imports.set(top.key, top.item);
      }
    }
  }
}

function settle(step: Step, exports: Items, required: ReadonlySet<Interface>): 'there' | 'clash' | undefined {
  if (exports.has(step.key)) return step.asExport ? 'there' : 'clash';
  return !step.asExport && required.has(step.item.interface) ? 'there' : undefined;
}

function reportClash(
  local: LocalWorld,
  key: string,
  path: readonly Step[],
  reported: Set<string>,
  resolution: Resolution,
): void {
  const needed = path.at(-1)!.key;
  // One conflict about an interface causes others.
  if (reported.has(needed)) return;
  reported.add(needed);
  const imported = path.find(({ asExport }) => !asExport)?.key;
  const between = imported !== undefined && imported !== needed ? imported : undefined;
  const message =
    needed === key
      ? `\`${key}\` is exported here, but other exports need it as an import`
      : `\`${key}\` requires \`${needed}\` both as an export of this world and as an import`;
  resolution.error('import-and-export', local.node.name.span, message, {
    related: [
      ...relatedAt(`exported here`, local.sites.exports.get(key)),
      ...relatedAt(
        `\`${needed}\` is exported here`,
        needed === key ? undefined : local.sites.exports.get(needed),
      ),
    ],
    help:
      between === undefined
        ? 'also export the interfaces between them, or do not export it'
        : `also export \`${between}\`: because it is not exported, the world imports it with the interfaces that it uses`,
  });
}
