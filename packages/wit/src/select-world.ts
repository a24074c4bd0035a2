import { nearest, type Diagnostic, type Outcome } from '@wit-ts/diagnostics';
import {
  packageNameText,
  parseQualifiedName,
  qualifiedName,
  type Package,
  type PackageName,
  type Resolve,
  type World,
} from '@wit-ts/model';
import type { WitCode } from './codes.ts';

/**
 * Selects a world (`WIT.md`, "Specifying a World"). Without a name, it is the only world of the main package; a plain
 * name is a world of the main package; `ns:pkg/world` is a world of any package, and its version may be left out if
 * only one exists. The value is `undefined` if no world or several worlds match, and the diagnostic lists the choices.
 */
export function selectWorld(resolve: Resolve, main: Package, name?: string): Outcome<World | undefined> {
  if (name === undefined) return onlyWorld(resolve, main);
  const own = main.worlds.get(name);
  if (own !== undefined) return { value: own, diagnostics: [] };
  const path = parseQualifiedName(name);
  if (path === undefined) {
    const near = nearest(name, main.worlds.keys());
    return none('unknown-world', `package \`${packageNameText(main.name)}\` has no world \`${name}\``, near, [
      ...main.worlds.keys(),
    ]);
  }
  const packages = resolve.packages.filter((pkg) => fits(pkg.name, path.package));
  const found = packages.flatMap((pkg) => pkg.worlds.get(path.item) ?? []);
  if (found.length === 1) return { value: found[0], diagnostics: [] };
  const names = worldNames(resolve.packages);
  if (found.length === 0)
    return none('unknown-world', `world \`${name}\` was not found`, nearest(name, names), names);
  return none('ambiguous-world', `several worlds match \`${name}\``, undefined, worldNames(packages));
}

function onlyWorld(resolve: Resolve, main: Package): Outcome<World | undefined> {
  const [only, ...others] = main.worlds.values();
  if (others.length === 0 && only !== undefined) return { value: only, diagnostics: [] };
  const pkg = packageNameText(main.name);
  if (only === undefined)
    return none('no-world', `package \`${pkg}\` has no world`, undefined, worldNames(resolve.packages));
  return none('ambiguous-world', `package \`${pkg}\` has several worlds`, undefined, [...main.worlds.keys()]);
}

function fits(name: PackageName, wanted: PackageName): boolean {
  if (name.namespace !== wanted.namespace || name.name !== wanted.name) return false;
  return wanted.version === undefined || wanted.version === name.version;
}

function worldNames(packages: readonly Package[]): string[] {
  return packages.flatMap((pkg) => [...pkg.worlds.keys()].map((world) => qualifiedName(pkg.name, world)));
}

function none(
  code: WitCode,
  message: string,
  near: string | undefined,
  choice: readonly string[],
): Outcome<undefined> {
  const choices = choice.map((name) => `\`${name}\``).join(', ');
  let help = choice.length === 0 ? 'add one: `world name { … }`' : `choose one of ${choices}`;
  if (near !== undefined) help = `did you mean \`${near}\`?`;
  const diagnostic: Diagnostic = {
    code,
    severity: 'error',
    message,
    ...(help === undefined ? {} : { help }),
  };
  return { value: undefined, diagnostics: [diagnostic] };
}
