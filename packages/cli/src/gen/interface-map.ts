import path from 'node:path';
import { nearest } from '@wit-ts/diagnostics';
import type { World } from '@wit-ts/model';
import { usageFailure } from '../failure.ts';

/**
 * Returns `--map` as the manifest has it: paths are relative to the output directory, and not to the directory in which
 * the command runs.
 *
 * @throws Failure if an item is not `INTERFACE=MODULE`, or two items have one interface and two modules
 */
export function mapWithin(base: string, directory: string, items: readonly string[]): readonly string[] {
  const modules = new Map<string, string>();
  return items.map((item) => {
    const { name, module } = partsOf(item);
    const before = modules.get(name) ?? module;
    if (before !== module)
      throw usageFailure(`\`--map ${item}\`: \`${name}\` is mapped to \`${before}\` already`, 'map it once');
    modules.set(name, module);
    if (!module.startsWith('.')) return `${name}=${module}`;
    const relative = path.relative(directory, path.resolve(base, module)).split(path.sep).join('/');
    return `${name}=${relative.startsWith('.') ? relative : `./${relative}`}`;
  });
}

function partsOf(item: string): { readonly name: string; readonly module: string } {
  const at = item.indexOf('=');
  const [name, module] = at === -1 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)];
  // The manifest separates items by commas.
  if (name !== '' && module !== '' && !item.includes(',')) return { name, module };
  throw usageFailure(
    `\`--map\` does not accept \`${item}\``,
    "write it like `--map 'wasi:io/streams@0.2.6=my-streams'`, or `=./my-streams.js` for a file",
  );
}

/** Returns the mapped interfaces that a world has: a map may be for several worlds. */
export async function mappedIn(world: World, items: readonly string[]): Promise<Record<string, string>> {
  if (items.length === 0) return {};
  const names = await namesOf(world);
  const mapped = items.map(partsOf).filter(({ name }) => names.includes(name));
  return Object.fromEntries(mapped.map(({ name, module }) => [name, module]));
}

/** @throws Failure if no world has a mapped interface */
export async function refuseUnknownInterfaces(
  worlds: readonly World[],
  items: readonly string[],
): Promise<void> {
  if (items.length === 0) return;
  const names = (await Promise.all(worlds.map(namesOf))).flat();
  for (const { name } of items.map(partsOf)) {
    if (names.includes(name)) continue;
    const near = nearest(name, new Set(names));
    const which = worlds.map((world) => `\`${world.name}\``).join(' and ');
    throw usageFailure(
      `\`--map\`: ${which} ${worlds.length === 1 ? 'has' : 'have'} no interface \`${name}\``,
      near === undefined
        ? `the interfaces are ${[...new Set(names)].map((each) => `\`${each}\``).join(', ')}`
        : `did you mean \`${near}\`?`,
    );
  }
}

async function namesOf(world: World): Promise<string[]> {
  const { mappableInterfaces } = await import('@wit-ts/bindgen');
  return mappableInterfaces(world).flatMap((name) => [name, name.replace(/@.*$/u, '')]);
}
