import {
  interfaceName,
  type Interface,
  type Package,
  type Stability,
  type World,
  type WorldItem,
} from '@wit-ts/model';
import { memberKey, nameOf } from '../summary.ts';
import { noteChanges } from './notes.ts';
import type { Change, Party } from './report.ts';
import { worldChanges } from './worlds.ts';

/**
 * What changed between two packages that were resolved with all features on: their interfaces, each compared once however
 * many worlds have it, then which of them the worlds have. What is gated by a feature may change at any time.
 */
export function packageChanges(old: Package, next: Package): Change[] {
  return [...interfaceChanges(old, next), ...ofWorlds(old, next), ...noteChanges(old, next)];
}

function interfaceChanges(old: Package, next: Package): Change[] {
  const changes: Change[] = [];
  for (const [name, iface] of old.interfaces) {
    if (!next.interfaces.has(name)) changes.push(presence(`interface ${name}`, 'removed', iface.stability));
  }
  for (const [name, iface] of next.interfaces) {
    if (!old.interfaces.has(name)) changes.push(presence(`interface ${name}`, 'added', iface.stability));
  }
  const [before, after] = [allImported(old, next), allImported(next, old)];
  const [exportedBefore, exportedAfter] = [exportedBy(old), exportedBy(next)];
  for (const change of worldChanges(before, after)) {
    const name = nameOf(change.path[0] ?? '');
    const path = [`interface ${name}`, ...change.path.slice(1)];
    const feature = featureOf([old.interfaces.get(name), next.interfaces.get(name)], path[1]);
    const isExported = exportedBefore.has(name) && exportedAfter.has(name);
    changes.push(unstable({ ...change, path, ...severity(change, isExported) }, feature));
  }
  return changes;
}

/**
 * An interface may be imported or exported, so what is gone or differs breaks both parties. What is new breaks nobody who
 * calls; who implements must follow, and those are the guests where a world exports the interface.
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

function ofWorlds(old: Package, next: Package): Change[] {
  const changes: Change[] = [];
  for (const [name, world] of old.worlds) {
    const other = next.worlds.get(name);
    const title = `world ${name}`;
    if (other === undefined) changes.push(presence(title, 'removed', world.stability));
    else {
      const feature = featureText(world.stability) ?? featureText(other.stability);
      for (const change of worldChanges(outline(world, old), outline(other, next))) {
        changes.push(
          unstable(
            { ...change, path: [title, ...change.path] },
            feature ?? itemFeature([world, other], change),
          ),
        );
      }
    }
  }
  for (const [name, world] of next.worlds) {
    if (!old.worlds.has(name)) changes.push(presence(`world ${name}`, 'added', world.stability));
  }
  return changes;
}

/** The world with the interfaces of its own package under names without a version, and all named ones empty: they are
 * compared elsewhere, or by the package that they belong to. */
function outline(world: World, own: Package): World {
  const items = (source: ReadonlyMap<string, WorldItem>): Map<string, WorldItem> =>
    new Map(
      [...source].map(([key, item]): [string, WorldItem] => {
        if (item.tag !== 'interface' || item.interface.name === undefined) return [key, item];
        const isOwn =
          (item.interface.cloneOf ?? item.interface).package === own && key === interfaceName(item.interface);
        const types = new Map([...item.interface.types].filter(([, def]) => def.kind.tag === 'resource'));
        const empty = { ...item, interface: { ...item.interface, types: new Map(), functions: new Map() } };
        // Functions of the world may mention resources, which are told apart by where they stand.
        if (types.size > 0) empty.interface.types = types;
        return [isOwn ? key.split('@', 1)[0]! : key, empty];
      }),
    );
  return { ...world, imports: items(world.imports), exports: items(world.exports) };
}

function presence(title: string, what: 'added' | 'removed', stability: Stability | undefined): Change {
  const noun = title.split(' ', 1)[0]!;
  const breaks: readonly Party[] = what === 'added' ? [] : ['hosts', 'guests'];
  const change: Change = {
    code: `${noun}-${what}`,
    path: [title],
    summary: `it was ${what}`,
    bump: what === 'added' ? 'minor' : 'major',
    breaks,
  };
  return unstable(change, featureText(stability));
}

/** What belongs to a feature is promised to nobody. */
function unstable(change: Change, feature: string | undefined): Change {
  return feature === undefined ? change : { ...change, bump: 'patch', breaks: [], feature };
}

function featureText(stability: Stability | undefined): string | undefined {
  return stability?.tag === 'unstable' ? stability.feature : undefined;
}

/** The feature that gates something in both versions, or in the one that has it. */
function featureOf(
  sides: readonly (Interface | undefined)[],
  segment: string | undefined,
): string | undefined {
  const features = sides.flatMap((iface) => {
    if (iface === undefined) return [];
    const key = segment === undefined ? undefined : memberKey(segment);
    const member = key === undefined ? undefined : (iface.functions.get(key) ?? iface.types.get(key));
    if (key !== undefined && member === undefined) return [];
    return [featureText(member?.stability) ?? featureText(iface.stability)];
  });
  return features.every((feature) => feature !== undefined) ? features[0] : undefined;
}

function itemFeature(worlds: readonly World[], { path }: Change): string | undefined {
  const [side = '', key = ''] = (path[0] ?? '').split(' ', 2);
  const features = worlds.flatMap((world) => {
    const item = [...(side === 'import' ? world.imports : world.exports)].find(
      ([name]) => name === key || name.split('@', 1)[0] === key,
    )?.[1];
    return item === undefined ? [] : [featureText(stabilityOf(item))];
  });
  return features.length > 0 && features.every((feature) => feature !== undefined) ? features[0] : undefined;
}

function stabilityOf(item: WorldItem): Stability | undefined {
  if (item.tag === 'interface') return item.stability ?? item.interface.stability;
  return item.tag === 'function' ? item.function.stability : item.type.stability;
}
