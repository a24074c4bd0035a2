import {
  compatibilityKey,
  packageNameText,
  type Package,
  qualifiedName,
  type Resolve,
  type World,
  type WorldItem,
} from '@wit-ts/model';
import { check, type CheckedTarget } from './check.ts';
import type { Report } from './report.ts';

/** The result of `checkResolve`. */
export interface ResolveReport {
  readonly satisfied: boolean;
  /** One for each world of the target, and one named `interfaces of ns:pkg` for the interfaces of each package. */
  readonly reports: readonly Report[];
  /** Full names of the target's worlds that have no counterpart in the other contract under a name that links. */
  readonly missingWorlds: readonly string[];
}

/**
 * Checks whether one contract can replace another one: the world of the same name must satisfy each of the target's
 * worlds, and each of the target's interfaces must exist in full. Additions are allowed.
 *
 * @param packages the packages of the target to check; all of them by default
 */
export function checkResolve(
  found: Resolve,
  target: Resolve,
  {
    spanOf,
    packages = target.packages,
  }: Pick<CheckedTarget, 'spanOf'> & { readonly packages?: readonly Package[] } = {},
): ResolveReport {
  const worlds = new Map(
    found.packages.flatMap((pkg) => [...pkg.worlds.values()].map((it) => [keyOf(pkg, it), it])),
  );
  const known = new Map(found.packages.map((pkg) => [compatibilityKey(packageNameText(pkg.name)), pkg]));
  const where = spanOf === undefined ? {} : { spanOf };
  const reports: Report[] = [];
  const missingWorlds: string[] = [];
  for (const pkg of packages) {
    if (pkg.interfaces.size > 0) {
      const theirs = known.get(compatibilityKey(packageNameText(pkg.name)));
      const report = check({ world: interfacesOf(theirs) }, { world: interfacesOf(pkg), ...where });
      reports.push({ ...report, world: `interfaces of ${packageNameText(pkg.name)}` });
    }
    for (const world of pkg.worlds.values()) {
      const theirs = worlds.get(keyOf(pkg, world));
      if (theirs === undefined) missingWorlds.push(qualifiedName(pkg.name, world.name));
      else reports.push(check({ world: theirs }, { world, ...where }));
    }
  }
  const satisfied = missingWorlds.length === 0 && reports.every((report) => report.satisfied);
  return { satisfied, reports, missingWorlds };
}

function keyOf(pkg: Package, world: World): string {
  return compatibilityKey(qualifiedName(pkg.name, world.name));
}

/** A world that exports every interface of a package. */
function interfacesOf(pkg: Package | undefined): World {
  const exports = [...(pkg?.interfaces ?? [])].map(([name, iface]): [string, WorldItem] => [
    pkg === undefined ? name : qualifiedName(pkg.name, name),
    { tag: 'interface', interface: iface },
  ]);
  return { name: 'interfaces', imports: new Map(), exports: new Map(exports) };
}
