import { nearest } from '@wit-ts/diagnostics';
import {
  packageNameText,
  parseQualifiedName,
  qualifiedName,
  samePackage,
  type Package,
  type Resolve,
  type World,
} from '@wit-ts/model';
import { usageFailure } from './failure.ts';

/**
 * Selects a world: `name` in the main package, `ns:pkg/name@version` in any package (the version is optional if only
 * one package has the name), or the only world if there is no name.
 *
 * @throws Failure that lists the worlds, if none or several match
 */
export function selectWorld(resolve: Resolve, main: Package, name: string | undefined): World {
  if (name === undefined) {
    const [only, ...others] = main.worlds.values();
    if (only !== undefined && others.length === 0) return only;
    const text = packageNameText(main.name);
    if (only === undefined)
      throw usageFailure(`package \`${text}\` has no world`, worldsElsewhere(resolve) ?? 'add a world to it');
    throw usageFailure(
      `package \`${text}\` has several worlds`,
      `choose one with \`-w\`: ${[...main.worlds.keys()].join(', ')}`,
    );
  }
  const fitting = candidates(resolve, main, name);
  if (fitting.length === 1) return fitting[0]!;
  const all = resolve.worlds.map((world) => (world.package === main ? world.name : fullName(world)));
  if (fitting.length > 1) {
    throw usageFailure(
      `several worlds are called \`${name}\``,
      `choose one: ${fitting.map(fullName).join(', ')}`,
    );
  }
  const near = nearest(name, all);
  const help =
    near === undefined ? `the worlds are: ${all.join(', ') || 'none'}` : `did you mean \`${near}\`?`;
  throw usageFailure(`no world is called \`${name}\``, help);
}

function candidates(resolve: Resolve, main: Package, name: string): World[] {
  const own = main.worlds.get(name);
  if (own !== undefined) return [own];
  const qualified = parseQualifiedName(name);
  if (qualified === undefined) return [];
  const { package: wanted, item } = qualified;
  return resolve.packages.flatMap((pkg) => {
    const version = wanted.version ?? pkg.name.version;
    const world = pkg.worlds.get(item);
    const fits = samePackage(pkg.name, version === undefined ? wanted : { ...wanted, version });
    return fits && world !== undefined ? [world] : [];
  });
}

function fullName(world: World): string {
  return world.package === undefined ? world.name : qualifiedName(world.package.name, world.name);
}

function worldsElsewhere(resolve: Resolve): string | undefined {
  const names = resolve.worlds.map(fullName);
  return names.length === 0
    ? undefined
    : `choose a world of another package with \`-w\`: ${names.join(', ')}`;
}
