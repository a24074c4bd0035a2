import { partsOf, type Stability, type World, type WorldItem } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { checkUnique } from '../rules/unique-names.ts';
import { Cloner } from './cloner.ts';
import { reportDisabled } from './gates.ts';
import { lookupWorld } from './lookup.ts';
import { relatedAt } from './resolution.ts';
import type { Include, LocalWorld, PackageDraft } from './package-draft.ts';

/** Adds the items of the worlds that a world includes (`WIT.md`, "Union of Worlds with `include`"). */
export function resolveIncludes(draft: PackageDraft, world: LocalWorld): void {
  for (const include of world.includes) resolveInclude(draft, world, include);
  for (const direction of ['imports', 'exports'] as const) {
    const names = [...world.target[direction].keys()].filter((name) => !name.includes(':'));
    checkUnique(
      names.map((name) => ({ name, span: world.sites[direction].get(name) })),
      draft.resolution,
      'always',
    );
  }
}

function resolveInclude(draft: PackageDraft, world: LocalWorld, { node, gate }: Include): void {
  const { resolution } = draft;
  const quiet = gate.disabledBy !== undefined;
  const found = lookupWorld(draft, node.path, { file: world.file, quiet });
  if (found === undefined || quiet) return;
  const site = node.path.name.span;
  if (found.disabledBy !== undefined) {
    reportDisabled(`world \`${node.path.name.name}\``, found.disabledBy, site, site, resolution);
    return;
  }
  // The world is part of a cycle, which is already reported.
  if (found.local !== undefined && !found.local.resolved) return;
  if (resolution.receive(found.world.imports.size + found.world.exports.size, site)) return;
  const renames = checkRenames(draft, node, found.world);
  const cloner = new Cloner(resolution, found.world, world.target);
  for (const direction of ['imports', 'exports'] as const) {
    for (const [key, item] of found.world[direction]) {
      if (key.includes(':')) {
        mergeInterface(draft, world, direction, key, item, found.world, node);
        continue;
      }
      const name = renamed(key, renames);
      if (resolution.receive(partCount(item), site)) return;
      if (world.target[direction].has(name)) {
        const what = direction === 'imports' ? 'import' : 'export';
        resolution.error(
          'include-clash',
          site,
          `\`${found.world.name}\` adds ${what} \`${name}\`, which already exists`,
          {
            related: [
              ...relatedAt('already defined here', world.sites[direction].get(name)),
              ...relatedAt('added from here', resolution.spans.get(definitionOf(item))),
            ],
            help: `rename it: \`include ${node.path.name.name} with { ${name} as … }\``,
          },
        );
        continue;
      }
      const isFunction = item.tag === 'function' && item.function.kind.tag === 'freestanding';
      world.target[direction].set(
        name,
        cloner.item(item, isFunction || item.tag === 'type' ? name : key, draft.package),
      );
      world.sites[direction].set(name, site);
    }
  }
}

/** Returns how many parts of an item are copied into a world that includes it. */
function partCount(item: WorldItem): number {
  switch (item.tag) {
    case 'function':
      return item.function.params.length;
    case 'type':
      return partsOf(item.type.kind).length;
    case 'interface': {
      let count = item.interface.types.size;
      for (const func of item.interface.functions.values()) count += 1 + func.params.length;
      for (const type of item.interface.types.values()) count += partsOf(type.kind).length;
      return count;
    }
  }
}

function definitionOf(item: WorldItem): object {
  return item.tag === 'function' ? item.function : item.tag === 'type' ? item.type : item.interface;
}

/** Adds an interface with its full name once, however often it is included. */
function mergeInterface(
  draft: PackageDraft,
  world: LocalWorld,
  direction: 'imports' | 'exports',
  key: string,
  item: WorldItem,
  from: World,
  node: ast.IncludeNode,
): void {
  const items = world.target[direction];
  const site = node.path.name.span;
  const present = items.get(key) ?? item;
  if (!items.has(key)) {
    items.set(key, item);
    world.sites[direction].set(key, site);
  }
  if (item.tag !== 'interface' || present.tag !== 'interface') return;
  const foreign = from.package !== world.target.package;
  if (foreign && item.stability?.tag === 'stable') {
    const { stability: _, ...bare } = present;
    items.set(key, bare);
    return;
  }
  if (item.stability === undefined || sameStability(item.stability, present.stability)) return;
  if (present.stability === undefined) {
    items.set(key, { ...present, stability: item.stability });
    return;
  }
  draft.resolution.error(
    'gate-mismatch',
    site,
    `\`${key}\` has different gates here and in world \`${from.name}\``,
    {
      related: relatedAt('gated here', world.sites[direction].get(key)),
      help: 'give it the same gates in both worlds',
    },
  );
}

function sameStability(a: Stability, b: Stability | undefined): boolean {
  if (b === undefined || a.deprecated !== b.deprecated) return false;
  if (a.tag === 'stable') return b.tag === 'stable' && a.since === b.since;
  return b.tag === 'unstable' && a.feature === b.feature;
}

/** Returns the renamings of an `include` that apply, and reports the others. */
function checkRenames(draft: PackageDraft, node: ast.IncludeNode, from: World): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  const keys = [...from.imports.keys(), ...from.exports.keys()];
  const plain = new Set(keys.filter((key) => !key.includes(':')).map((key) => resourceOf(key) ?? key));
  for (const { name, as } of node.names) {
    if (name.name === '' || as === undefined || as.name === '') continue;
    if (plain.has(name.name)) {
      if (!renames.has(name.name)) renames.set(name.name, as.name);
      continue;
    }
    const isInterface = keys.some((key) => key.includes(':') && interfacePart(key) === name.name);
    const near = draft.resolution.suggest(name.name, plain, plain.size);
    let help = near === undefined ? undefined : `did you mean \`${near}\`?`;
    if (isInterface)
      help = 'interfaces keep their full names; only imports and exports with a label can be renamed';
    draft.resolution.error(
      'unknown-include-name',
      node.path.name.span,
      `world \`${from.name}\` has no import or export \`${name.name}\` to rename`,
      { related: relatedAt('renamed here', name.span), help },
    );
  }
  return renames;
}

function interfacePart(key: string): string {
  return key.slice(key.indexOf('/') + 1).split('@')[0]!;
}

/** Returns the resource of a function: `[method]file.read` belongs to `file` and is renamed with it. */
function resourceOf(key: string): string | undefined {
  return /^\[[a-z]+\]([^.]+)/u.exec(key)?.[1];
}

function renamed(key: string, renames: ReadonlyMap<string, string>): string {
  const direct = renames.get(key);
  if (direct !== undefined) return direct;
  const resource = resourceOf(key);
  const as = resource === undefined ? undefined : renames.get(resource);
  if (resource === undefined || as === undefined) return key;
  const at = key.indexOf(']') + 1;
  return `${key.slice(0, at)}${as}${key.slice(at + resource.length)}`;
}
