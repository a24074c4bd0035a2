import type { Interface, Package, TypeDef, World } from '@wit-ts/model';
import { depthFirstOrder } from '../resolve/depth-first-order.ts';
import { comparePackageNames } from '../resolve/version-order.ts';
import { usedFrom } from './used-from.ts';

/** The part of a package that is printed. */
export interface PackagePart {
  readonly pkg: Package;
  readonly interfaces: readonly (readonly [string, Interface])[];
  readonly worlds: readonly (readonly [string, World])[];
}

/**
 * Orders packages as the resolver does: by name, each after those that it mentions. The order depends only on what is
 * printed, so that a text that is resolved and printed again keeps it.
 */
export function orderParts(parts: readonly PackagePart[]): PackagePart[] {
  const byPackage = new Map(parts.map((part) => [part.pkg, part]));
  const sorted = [...parts].sort((a, b) => comparePackageNames(a.pkg.name, b.pkg.name));
  return depthFirstOrder(sorted, (part) =>
    [...new Set(mentionedPackages(part))].flatMap((pkg) => {
      const to = byPackage.get(pkg);
      return to === undefined || to === part ? [] : [{ to }];
    }),
  );
}

function* mentionedPackages({ interfaces, worlds }: PackagePart): Generator<Package> {
  for (const [, iface] of interfaces) yield* packagesOfTypes(iface.types.values(), iface);
  for (const [, world] of worlds) yield* packagesOfWorld(world);
}

function* packagesOfWorld(world: World): Generator<Package> {
  const items = [...world.imports.values(), ...world.exports.values()];
  yield* packagesOfTypes(
    items.flatMap((item) => (item.tag === 'type' ? [item.type] : [])),
    world,
  );
  for (const item of items) {
    if (item.tag !== 'interface') continue;
    const { name, package: pkg, types } = item.interface;
    if (name === undefined) yield* packagesOfTypes(types.values(), item.interface);
    else if (pkg !== undefined) yield pkg;
  }
}

function* packagesOfTypes(types: Iterable<TypeDef>, owner: Interface | World): Generator<Package> {
  for (const def of types) {
    const pkg = usedFrom(def, owner)?.from.package;
    if (pkg !== undefined) yield pkg;
  }
}
