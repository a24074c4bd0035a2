import {
  packageNameText,
  qualifiedName,
  type Package,
  type PackageName,
  type World,
  type WorldItem,
} from '@wit-ts/model';
import { gateRemarks } from './gate-remarks.ts';
import { keyIn, unversionedName } from './own-keys.ts';
import { packageChanges } from './package-changes.ts';
import type { Bump, Change, DiffReport } from './report.ts';
import { versionStep } from './version-step.ts';
import { worldChanges } from './world-changes.ts';

/**
 * Lists what changed between two packages or two worlds, for hosts and for guests, with the semver bump that it needs.
 *
 * An addition to an interface and a new import of a world are minor: old components still run where the new contract is
 * offered. A new export is major because old components lack it, and so is a new function in an interface that a world
 * of the package exports. Parts that a feature gates may change at any time. Resolve the packages with all features
 * enabled; otherwise gated parts are missing. Another name of the package is a change; another version is not.
 *
 * @throws TypeError if one is a package and the other a world
 */
export function diff(old: Package | World, next: Package | World): DiffReport {
  const packages = !isWorld(old) && !isWorld(next);
  const [before, after] = [packageOf(old), packageOf(next)];
  const parts =
    isWorld(old) && isWorld(next)
      ? worldChanges(...sameNames(old, next))
      : packages
        ? packageChanges(old, next)
        : mixed();
  const changes = [...renaming(before, after), ...parts];
  const bump = needed(changes);
  const versions = [before.name.version, after.name.version];
  const [from, to] = versions;
  return {
    old: nameText(old),
    new: nameText(next),
    bump,
    changes,
    remarks: packages ? gateRemarks(old, next, changes) : [],
    ...(from === undefined || to === undefined ? {} : { version: versionStep(from, to, bump) }),
  };
}

/**
 * Another name of the package breaks everybody: names of its interfaces contain it, and those are what links. Its parts
 * are compared all the same, so that one can see what else changed.
 */
function renaming({ name: old }: Package, { name: next }: Package): Change[] {
  const [before, after] = [unversionedName(old), unversionedName(next)];
  if (before === after) return [];
  return [
    {
      code: 'package-renamed',
      path: [{ tag: 'package', name: before }],
      summary: `it became \`${after}\``,
      bump: 'major',
      breaks: ['hosts', 'guests'],
      old: before,
      new: after,
    },
  ];
}

/** Copies two worlds with the interfaces of their own packages under the names that they have in the old package. */
function sameNames(old: World, next: World): [World, World] {
  const name = old.package?.name;
  if (name === undefined || next.package === undefined) return [old, next];
  return [ownNames(old, name), ownNames(next, name)];
}

function ownNames(world: World, name: PackageName): World {
  const items = (source: ReadonlyMap<string, WorldItem>): Map<string, WorldItem> =>
    new Map(
      [...source].map(([key, item]): [string, WorldItem] => {
        const isOwn =
          item.tag === 'interface' && item.interface.package === world.package && key.includes('/');
        return [isOwn ? keyIn(name, item.interface, key) : key, item];
      }),
    );
  return { ...world, imports: items(world.imports), exports: items(world.exports) };
}

function mixed(): never {
  throw new TypeError('A package and a world cannot be compared: give two packages, or two worlds.');
}

function needed(changes: readonly Change[]): Bump {
  if (changes.some(({ bump }) => bump === 'major')) return 'major';
  return changes.some(({ bump }) => bump === 'minor') ? 'minor' : 'patch';
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
  if (!isWorld(value)) return packageNameText(value.name);
  return value.package === undefined ? value.name : qualifiedName(value.package.name, value.name);
}
