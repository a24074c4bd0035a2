import { nearest, type Span } from '@wit-ts/diagnostics';
import { packageNameText, type Interface, type PackageName, type World } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { relatedAt, type KnownPackage, type DisabledFeature, type Resolution } from './resolution.ts';
import type { LocalInterface, LocalWorld, PackageDraft } from './package-draft.ts';
import { toPackageName } from './source-packages.ts';

/** The target of a path. */
type Target =
  | {
      readonly tag: 'interface';
      readonly interface: Interface;
      readonly local?: LocalInterface;
      readonly disabledBy?: DisabledFeature;
    }
  | {
      readonly tag: 'world';
      readonly world: World;
      readonly local?: LocalWorld;
      readonly disabledBy?: DisabledFeature;
    };

export type InterfaceTarget = Extract<Target, { tag: 'interface' }>;
type WorldTarget = Extract<Target, { tag: 'world' }>;

interface LookupOptions {
  /** The index of the file that contains the path. */
  readonly file: number;
  /**
   * Whether to report nothing if the package lacks the item, for mentions in disabled items. The package itself must
   * exist.
   */
  readonly quiet: boolean;
}

/** Returns the interface to which a path leads, and reports if there is none. */
export function lookupInterface(
  draft: PackageDraft,
  path: ast.Path,
  options: LookupOptions,
): InterfaceTarget | undefined {
  const target = find(draft, path, 'interface', options);
  if (target === undefined || target.tag === 'interface') return target;
  reportKind(
    draft.resolution,
    path.name,
    'world',
    'interface',
    draft.resolution.spans.get(target.world),
    options,
  );
  return undefined;
}

/** Returns the world to which a path leads, and reports if there is none. */
export function lookupWorld(
  draft: PackageDraft,
  path: ast.Path,
  options: LookupOptions,
): WorldTarget | undefined {
  const target = find(draft, path, 'world', options);
  if (target === undefined || target.tag === 'world') return target;
  reportKind(
    draft.resolution,
    path.name,
    'interface',
    'world',
    draft.resolution.spans.get(target.interface),
    options,
  );
  return undefined;
}

/** Returns the target of a `use` at the top of a file. Worlds of other packages cannot be used this way. */
export function lookupUse(draft: PackageDraft, path: ast.Path): Target | undefined {
  const options = { file: 0, quiet: false };
  if (path.package !== undefined) return lookupInterface(draft, path, options);
  return localItem(draft, path.name.name) ?? reportUnknown(draft, path.name, 'interface', options);
}

function find(
  draft: PackageDraft,
  path: ast.Path,
  wanted: 'interface' | 'world',
  options: LookupOptions,
): Target | undefined {
  if (path.name.name === '') return undefined;
  if (path.package !== undefined) return findForeign(draft, path.package, path.name, wanted, options);
  const known = draft.files[options.file]!.get(path.name.name);
  if (known?.tag === 'broken') return undefined;
  if (known?.tag === 'foreign') {
    // The `use` itself is checked elsewhere.
    return findForeign(draft, known.path.package!, known.path.name, wanted, { ...options, quiet: true });
  }
  return localItem(draft, known?.name ?? path.name.name) ?? reportUnknown(draft, path.name, wanted, options);
}

function localItem(draft: PackageDraft, name: string): Target | undefined {
  const item = draft.items.get(name);
  if (item === undefined) return undefined;
  const disabledBy = item.gate.disabledBy === undefined ? {} : { disabledBy: item.gate.disabledBy };
  return item.tag === 'interface'
    ? { tag: 'interface', interface: item.target, local: item, ...disabledBy }
    : { tag: 'world', world: item.target, local: item, ...disabledBy };
}

function findForeign(
  draft: PackageDraft,
  packageNode: ast.PackageNameNode,
  item: ast.Ident,
  wanted: 'interface' | 'world',
  options: LookupOptions,
): Target | undefined {
  const { resolution } = draft;
  const name = toPackageName(packageNode);
  const known = resolution.known.get(packageNameText(name));
  if (known === undefined) {
    reportPackage(draft, name, packageNode.span, item.name);
    return undefined;
  }
  const iface = known.package.interfaces.get(item.name);
  const world = known.package.worlds.get(item.name);
  if (wanted === 'interface' ? iface !== undefined : iface !== undefined && world === undefined) {
    return { tag: 'interface', interface: iface! };
  }
  if (world !== undefined) return { tag: 'world', world };
  if (!options.quiet) reportForeign(resolution, known, item, wanted);
  return undefined;
}

function reportUnknown(
  draft: PackageDraft,
  name: ast.Ident,
  wanted: 'interface' | 'world',
  options: LookupOptions,
): undefined {
  if (options.quiet || name.wrong === true || name.name === '') return undefined;
  const { resolution, items } = draft;
  resolution.reportMissing(items, name.name, name.span, () => {
    const near = resolution.suggest(name.name, namesInScope(draft, wanted, options), items.size);
    const help = near === undefined ? foreignHelp(resolution, name.name) : `did you mean \`${near}\`?`;
    return { code: `unknown-${wanted}`, message: `${wanted} \`${name.name}\` does not exist`, help };
  });
  return undefined;
}

/** The names of the package's items of the wanted kind, and those of other packages' items in the file. */
function* namesInScope(
  draft: PackageDraft,
  wanted: 'interface' | 'world',
  options: LookupOptions,
): Generator<string> {
  for (const [name, { tag }] of draft.items) if (tag === wanted) yield name;
  for (const [name, known] of draft.files[options.file]!) {
    if (known.tag === 'foreign') yield name;
    if (known.tag === 'local' && draft.items.get(known.name)?.tag === wanted) yield name;
  }
}

/** Suggests another package that contains the name. */
function foreignHelp(resolution: Resolution, name: string): string | undefined {
  if (!resolution.canSearch(resolution.known.size)) return undefined;
  for (const [packageName, { package: pkg }] of resolution.known) {
    if (!pkg.interfaces.has(name) && !pkg.worlds.has(name)) continue;
    const at = packageName.indexOf('@');
    const path =
      at < 0 ? `${packageName}/${name}` : `${packageName.slice(0, at)}/${name}${packageName.slice(at)}`;
    return `package \`${packageName}\` has one: write \`${path}\``;
  }
  return undefined;
}

function reportKind(
  resolution: Resolution,
  name: ast.Ident,
  actual: 'interface' | 'world',
  wanted: 'interface' | 'world',
  definition: Span | undefined,
  options: LookupOptions,
): void {
  if (options.quiet) return;
  resolution.error(
    wanted === 'interface' ? 'not-an-interface' : 'not-a-world',
    name.span,
    `\`${name.name}\` is ${withArticle(actual)}, not ${withArticle(wanted)}`,
    {
      related: relatedAt('defined here', definition),
      help:
        actual === 'world'
          ? 'worlds can only be included, with `include`'
          : 'interfaces can be imported, exported and used, but not included',
    },
  );
}

function withArticle(noun: 'interface' | 'world'): string {
  return noun === 'interface' ? 'an interface' : 'a world';
}

function reportForeign(
  resolution: Resolution,
  known: KnownPackage,
  item: ast.Ident,
  wanted: 'interface' | 'world',
): void {
  const { package: pkg, disabledItems } = known;
  const name = packageNameText(pkg.name);
  // The package has two definitions, which is reported, and the other one may contain the item.
  if (resolution.ambiguous.has(name)) return;
  const disabled = disabledItems.get(item.name);
  if (disabled !== undefined) {
    resolution.error(
      'disabled-feature',
      item.span,
      `\`${item.name}\` of package \`${name}\` belongs to feature \`${disabled.feature}\``,
      {
        related: relatedAt('gated here', disabled.span),
        help: `enable the feature with \`--features ${disabled.feature}\``,
      },
    );
    return;
  }
  const there = wanted === 'interface' ? pkg.interfaces : pkg.worlds;
  const suggest = (): string | undefined => resolution.suggest(item.name, there.keys(), there.size);
  if (item.wrong === true) {
    const near = suggest();
    if (near !== undefined) resolution.improveHelp(item.span, `did you mean \`${near}\`?`);
    return;
  }
  resolution.reportMissing(there, item.name, item.span, () => {
    const near = suggest();
    return {
      code: `unknown-${wanted}`,
      message: `package \`${name}\` has no ${wanted} \`${item.name}\``,
      related: relatedAt('the package is defined here', resolution.spans.get(pkg)),
      help: near === undefined ? list(there.keys(), `it has the ${wanted}s `) : `did you mean \`${near}\`?`,
    };
  });
}

function reportPackage(draft: PackageDraft, name: PackageName, span: Span, item: string): void {
  const { resolution } = draft;
  const text = packageNameText(name);
  // The package is part of a cycle, which is already reported.
  if (resolution.pending.has(text) || name.namespace === '' || name.name === '') return;
  resolution.reportMissing(resolution.known, text, span, () => ({
    code: 'unknown-package',
    message: `package \`${text}\` was not found`,
    help: packageHelp(draft, name, item),
  }));
}

function packageHelp(draft: PackageDraft, name: PackageName, item: string): string | undefined {
  const { resolution } = draft;
  const text = packageNameText(name);
  const own = packageNameText(draft.sourcePackage.name);
  if (!resolution.canSearch(resolution.known.size + resolution.pending.size)) return undefined;
  // The package that contains the mention is never what is meant.
  const all = [...resolution.known.keys(), ...resolution.pending].filter((other) => other !== own).sort();
  if (all.length === 0) return `put it in \`deps/\`, or in this file as \`package ${text} { … }\``;
  const unversioned = packageNameText({ namespace: name.namespace, name: name.name });
  const versions = all.filter((other) => other !== text && other.split('@')[0] === unversioned);
  const [version, ...others] = versions;
  if (others.length > 0) return `these versions exist: ${list(versions, '')}`;
  if (version !== undefined) {
    return `\`${version}\` exists: write \`${unversioned}/${item}${version.slice(unversioned.length)}\``;
  }
  const near = nearest(text, all);
  return near === undefined ? list(all, 'the known packages are ') : `did you mean \`${near}\`?`;
}

const SHOWN = 8;

function list(names: Iterable<string>, prefix: string): string | undefined {
  const all = [...names];
  if (all.length === 0) return undefined;
  const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : '';
  return `${prefix}${all
    .slice(0, SHOWN)
    .map((name) => `\`${name}\``)
    .join(', ')}${more}`;
}
