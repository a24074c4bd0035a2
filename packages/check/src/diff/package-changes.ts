import {
  interfaceName,
  segmentName,
  type Direction,
  type Interface,
  type Package,
  type PathSegment,
  type Stability,
  type World,
  type WorldItem,
  itemMemberOf,
  memberStability,
} from '@wit-ts/model';
import { gateAndDocsChanges } from './gate-and-docs-changes.ts';
import { keyIn } from './own-keys.ts';
import type { Change, Party } from './report.ts';
import { worldChanges } from './world-changes.ts';

/**
 * Lists what changed between two packages that were resolved with all features on: first their interfaces, each
 * compared once however many worlds have it, then the items of their worlds. Parts that a feature gates may change at
 * any time.
 */
export function packageChanges(old: Package, next: Package): Change[] {
  return [...interfaceChanges(old, next), ...itemChanges(old, next), ...gateAndDocsChanges(old, next)];
}

function interfaceChanges(old: Package, next: Package): Change[] {
  const changes: Change[] = [];
  for (const [name, iface] of old.interfaces) {
    if (!next.interfaces.has(name))
      changes.push(presence({ tag: 'interface', name }, 'removed', iface.stability));
  }
  for (const [name, iface] of next.interfaces) {
    if (!old.interfaces.has(name))
      changes.push(presence({ tag: 'interface', name }, 'added', iface.stability));
  }
  const [before, after] = [allImported(old, next), allImported(next, old)];
  const [exportedBefore, exportedAfter] = [exportedBy(old), exportedBy(next)];
  for (const change of worldChanges(before, after)) {
    const [first, ...inner] = change.path;
    const name = first === undefined ? '' : segmentName(first);
    const path: PathSegment[] = [{ tag: 'interface', name }, ...inner];
    const feature = featureOf([old.interfaces.get(name), next.interfaces.get(name)], inner[0]);
    const isExported = exportedBefore.has(name) && exportedAfter.has(name);
    changes.push(unstable({ ...change, path, ...severity(change, isExported) }, feature));
  }
  return changes;
}

/**
 * An interface may be imported or exported, so a removal or a difference breaks both parties. An addition breaks no
 * callers, but those who implement the interface: guests if a world exports it, hosts otherwise.
 */
function severity({ bump, code }: Change, isExported: boolean): Pick<Change, 'bump' | 'breaks'> {
  if (bump === 'major') return { bump, breaks: ['hosts', 'guests'] };
  if (code === 'type-added') return { bump, breaks: [] };
  if (isExported && code === 'function-added') return { bump: 'major', breaks: ['guests'] };
  return { bump, breaks: isExported ? ['guests'] : ['hosts'] };
}

/** A world that imports the interfaces of a package that another version has as well, under their plain names. */
function allImported(pkg: Package, other: Package): World {
  const imports = [...pkg.interfaces]
    .filter(([name]) => other.interfaces.has(name))
    .map(([name, iface]): [string, WorldItem] => [name, { tag: 'interface', interface: iface }]);
  return { name: 'interfaces', imports: new Map(imports), exports: new Map() };
}

/** The interfaces that some world of the package exports, by their plain names. */
function exportedBy(pkg: Package): ReadonlySet<string> {
  const names = new Set<string>();
  for (const world of pkg.worlds.values()) {
    for (const item of world.exports.values()) {
      if (item.tag !== 'interface' || item.interface.name === undefined) continue;
      const whole = item.interface.cloneOf ?? item.interface;
      if (whole.package === pkg) names.add(item.interface.name);
    }
  }
  return names;
}

function itemChanges(old: Package, next: Package): Change[] {
  const changes: Change[] = [];
  for (const [name, world] of old.worlds) {
    const other = next.worlds.get(name);
    const whole: PathSegment = { tag: 'world', name };
    if (other === undefined) changes.push(presence(whole, 'removed', world.stability));
    else {
      const feature = featureText(world.stability) ?? featureText(other.stability);
      const both = [new UnversionedItems(world), new UnversionedItems(other)];
      for (const change of worldChanges(outline(world, old, old), outline(other, next, old))) {
        changes.push(
          unstable({ ...change, path: [whole, ...change.path] }, feature ?? itemFeature(both, change)),
        );
      }
    }
  }
  for (const [name, world] of next.worlds) {
    if (!old.worlds.has(name)) changes.push(presence({ tag: 'world', name }, 'added', world.stability));
  }
  return changes;
}

/**
 * Copies a world with the interfaces of its own package under the names that they have in the old package, without a
 * version, and with all named interfaces empty: the package that they belong to compares them.
 */
function outline(world: World, own: Package, { name: ownName }: Package): World {
  const items = (source: ReadonlyMap<string, WorldItem>): Map<string, WorldItem> =>
    new Map(
      [...source].map(([key, item]): [string, WorldItem] => {
        if (item.tag !== 'interface' || item.interface.name === undefined) return [key, item];
        const isOwn =
          (item.interface.cloneOf ?? item.interface).package === own && key === interfaceName(item.interface);
        const types = new Map([...item.interface.types].filter(([, def]) => def.kind.tag === 'resource'));
        const empty = { ...item, interface: { ...item.interface, types: new Map(), functions: new Map() } };
        // Functions of the world may mention resources, which are identified by their origin.
        if (types.size > 0) empty.interface.types = types;
        return [isOwn ? keyIn(ownName, item.interface, key) : key, empty];
      }),
    );
  return { ...world, imports: items(world.imports), exports: items(world.exports) };
}

function presence(
  segment: Extract<PathSegment, { readonly tag: 'interface' | 'world' }>,
  what: 'added' | 'removed',
  stability: Stability | undefined,
): Change {
  const breaks: readonly Party[] = what === 'added' ? [] : ['hosts', 'guests'];
  const change: Change = {
    code: `${segment.tag}-${what}`,
    path: [segment],
    summary: `it was ${what}`,
    bump: what === 'added' ? 'minor' : 'major',
    breaks,
  };
  return unstable(change, featureText(stability));
}

/** A part that a feature gates may change at any time, so its changes break no promise. */
function unstable(change: Change, feature: string | undefined): Change {
  return feature === undefined ? change : { ...change, bump: 'patch', breaks: [], feature };
}

function featureText(stability: Stability | undefined): string | undefined {
  return stability?.tag === 'unstable' ? stability.feature : undefined;
}

/** The feature that gates something in both versions, or in the one that has it. */
function featureOf(
  sides: readonly (Interface | undefined)[],
  segment: PathSegment | undefined,
): string | undefined {
  const features = sides.flatMap((iface) => {
    if (iface === undefined) return [];
    const member = segment === undefined ? undefined : itemMemberOf(iface, segment);
    if (segment !== undefined && member === undefined) return [];
    return [featureText(member && memberStability(member)) ?? featureText(iface.stability)];
  });
  return features.every((feature) => feature !== undefined) ? features[0] : undefined;
}

/** The items of a world by their names without versions; of two versions, the first one. */
class UnversionedItems {
  readonly #items: { readonly [S in Direction]: Map<string, WorldItem> };

  constructor(world: World) {
    this.#items = { import: withoutVersions(world.imports), export: withoutVersions(world.exports) };
  }

  at(side: Direction, key: string): WorldItem | undefined {
    return this.#items[side].get(key);
  }
}

function withoutVersions(items: ReadonlyMap<string, WorldItem>): Map<string, WorldItem> {
  const found = new Map<string, WorldItem>();
  for (const [key, item] of items) {
    for (const name of [key, key.split('@', 1)[0]!]) if (!found.has(name)) found.set(name, item);
  }
  return found;
}

function itemFeature(worlds: readonly UnversionedItems[], { path }: Change): string | undefined {
  const [segment] = path;
  if (segment?.tag !== 'import' && segment?.tag !== 'export') return undefined;
  const features = worlds.flatMap((world) => {
    const item = world.at(segment.tag, segment.name);
    return item === undefined ? [] : [featureText(stabilityOf(item))];
  });
  return features.length > 0 && features.every((feature) => feature !== undefined) ? features[0] : undefined;
}

function stabilityOf(item: WorldItem): Stability | undefined {
  if (item.tag === 'interface') return item.stability ?? item.interface.stability;
  return item.tag === 'function' ? item.function.stability : item.type.stability;
}
