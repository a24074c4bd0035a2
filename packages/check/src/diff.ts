import {
  compatibilityTrack,
  mismatches,
  packageNameText,
  type Interface,
  type Mismatch,
  type Package,
  type World,
  type WorldItem,
} from '@wit-ts/model';
import { changeText } from './change-text.ts';

export type Bump = 'major' | 'minor' | 'patch';

/** Who has to change something: hosts run components, guests are components. */
export type Party = 'hosts' | 'guests';

export interface Change {
  /** `interface-added` and the like, or the code of the mismatch between old and new. */
  readonly code: string;
  /** From the outside in: `['interface types', 'record r', 'field q']`. */
  readonly path: readonly string[];
  /** What happened there. */
  readonly summary: string;
  readonly bump: Bump;
  /** Who, built for the old, does not fit the new: both for what changed, hosts for what they must offer in addition. */
  readonly breaks: readonly Party[];
}

export interface DiffReport {
  readonly old: string;
  readonly new: string;
  /** The bump of the version that the changes need. `patch` where nothing changed but documentation. */
  readonly bump: Bump;
  readonly changes: readonly Change[];
  /** Whether the new version is far enough from the old; absent where one of the two has no version. */
  readonly versionFits?: boolean;
}

/**
 * What changed between two packages, or two worlds (as of components).
 *
 * An addition to an interface, and an import more in a world, are minor: what was built for the old still runs where
 * the new is offered. An export more is major, since old components lack it. Versions of the packages themselves
 * are no change; nor are documentation and gates.
 */
export function diff(old: Package | World, next: Package | World): DiffReport {
  const changes =
    isWorld(old) && isWorld(next)
      ? worldChanges(old, next, [])
      : packageChanges(packageOf(old), packageOf(next));
  const bump = changes.some((change) => change.bump === 'major')
    ? 'major'
    : changes.length > 0
      ? 'minor'
      : 'patch';
  const [before, after] = [packageOf(old).name.version, packageOf(next).name.version];
  return {
    old: nameText(old),
    new: nameText(next),
    bump,
    changes,
    ...(before === undefined || after === undefined ? {} : { versionFits: fits(before, after, bump) }),
  };
}

function packageChanges(old: Package, next: Package): Change[] {
  const changes: Change[] = [];
  for (const [name, iface] of both(old.interfaces, next.interfaces)) {
    if (iface.old === undefined) changes.push(added(`interface ${name}`));
    else if (iface.new === undefined) changes.push(removed(`interface ${name}`));
    else changes.push(...interfaceChanges(`interface ${name}`, iface.old, iface.new));
  }
  for (const [name, world] of both(old.worlds, next.worlds)) {
    if (world.old === undefined) changes.push(added(`world ${name}`));
    else if (world.new === undefined) changes.push(removed(`world ${name}`));
    else
      changes.push(
        ...worldChanges(unversioned(world.old, old), unversioned(world.new, next), [`world ${name}`]),
      );
  }
  return changes;
}

/**
 * An interface may be imported or exported, so what is gone breaks both parties. What is new breaks nobody who calls; who
 * implements must follow.
 */
function interfaceChanges(title: string, old: Interface, next: Interface): Change[] {
  const [before, after] = [old, next].map((iface) =>
    worldWith(new Map([[title, { tag: 'interface', interface: iface }]])),
  );
  return worldChanges(before!, after!, []).map((change) => {
    const breaks: readonly Party[] = change.bump === 'major' ? ['hosts', 'guests'] : change.breaks;
    return { ...change, path: [title, ...change.path.slice(1)], breaks };
  });
}

function worldChanges(old: World, next: World, prefix: readonly string[]): Change[] {
  // Old guests where the new is asked for: what is gone, what differs, and exports that they lack.
  const forGuests = mismatches(old, next).map((mismatch): Change => {
    const presence = PRESENCE.has(mismatch.code);
    const breaks: Party[] = presence ? ['guests'] : ['hosts', 'guests'];
    return changeOf(mismatch, changeText(mismatch), 'major', breaks, prefix);
  });
  // Old hosts for new guests: only what is there or not, since what differs has been found already.
  const forHosts = mismatches(next, old)
    .filter(({ code }) => PRESENCE.has(code))
    .map((mismatch): Change => {
      const isNew = mismatch.side === 'import';
      return changeOf(
        mismatch,
        isNew ? 'it was added' : 'it was removed',
        isNew ? 'minor' : 'major',
        ['hosts'],
        prefix,
      );
    });
  return [...forGuests, ...forHosts];
}

/** Codes that say that something is there on one side only. */
const PRESENCE: ReadonlySet<string> = new Set([
  'import-not-offered',
  'export-missing',
  'function-missing',
  'type-missing',
]);

function changeOf(
  { code, path }: Mismatch,
  summary: string,
  bump: Bump,
  breaks: readonly Party[],
  prefix: readonly string[],
): Change {
  return {
    code: PRESENCE.has(code) ? presenceCode(code, summary) : code,
    path: [...prefix, ...path],
    summary,
    bump,
    breaks,
  };
}

/** `function-added` rather than which side misses it. */
function presenceCode(code: string, summary: string): string {
  const noun = code.slice(0, code.indexOf('-'));
  return `${noun}-${summary.endsWith('added') ? 'added' : 'removed'}`;
}

function added(title: string): Change {
  return {
    code: `${title.split(' ')[0]}-added`,
    path: [title],
    summary: 'it was added',
    bump: 'minor',
    breaks: [],
  };
}

function removed(title: string): Change {
  const breaks: Party[] = ['hosts', 'guests'];
  return {
    code: `${title.split(' ')[0]}-removed`,
    path: [title],
    summary: 'it was removed',
    bump: 'major',
    breaks,
  };
}

/** The world with the interfaces of its own package under names without a version, and empty where compared elsewhere. */
function unversioned(world: World, own: Package): World {
  const items = (source: ReadonlyMap<string, WorldItem>): Map<string, WorldItem> =>
    new Map(
      [...source].map(([key, item]): [string, WorldItem] => {
        if (item.tag !== 'interface' || item.interface.package !== own || item.interface.name === undefined)
          return [key, item];
        const at = key.indexOf('@');
        const types = new Map([...item.interface.types].filter(([, def]) => def.kind.tag === 'resource'));
        return [
          at < 0 ? key : key.slice(0, at),
          { ...item, interface: { ...item.interface, types, functions: new Map() } },
        ];
      }),
    );
  return { ...world, imports: items(world.imports), exports: items(world.exports) };
}

function worldWith(imports: ReadonlyMap<string, WorldItem>): World {
  return { name: 'w', imports, exports: new Map() };
}

function* both<T>(
  old: ReadonlyMap<string, T>,
  next: ReadonlyMap<string, T>,
): Generator<[string, { readonly old: T | undefined; readonly new: T | undefined }]> {
  for (const [name, item] of old) yield [name, { old: item, new: next.get(name) }];
  for (const [name, item] of next) if (!old.has(name)) yield [name, { old: undefined, new: item }];
}

function fits(before: string, after: string, bump: Bump): boolean {
  if (bump === 'major') return compatibilityTrack(before) !== compatibilityTrack(after);
  return bump === 'patch' || before !== after;
}

function isWorld(value: Package | World): value is World {
  return 'imports' in value;
}

function packageOf(value: Package | World): Package {
  if (!isWorld(value)) return value;
  return (
    value.package ?? { name: { namespace: 'root', name: 'root' }, interfaces: new Map(), worlds: new Map() }
  );
}

function nameText(value: Package | World): string {
  return isWorld(value) ? value.name : packageNameText(value.name);
}
