import { nearest, type Span } from '@wit-ts/diagnostics';
import { packageNameText, type Interface, type PackageName, type World } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { place, type KnownPackage, type Off, type Session } from './session.ts';
import type { LocalInterface, LocalWorld, PackageState } from './state.ts';
import { toPackageName } from './units.ts';

/** What a path leads to. */
export type Target =
  | {
      readonly tag: 'interface';
      readonly interface: Interface;
      readonly local?: LocalInterface;
      readonly off?: Off;
    }
  | { readonly tag: 'world'; readonly world: World; readonly local?: LocalWorld; readonly off?: Off };

export type InterfaceTarget = Extract<Target, { tag: 'interface' }>;
export type WorldTarget = Extract<Target, { tag: 'world' }>;

interface Where {
  /** Index of the file that holds the path. */
  readonly file: number;
  /** Does not mind if the package lacks the item: for mentions whose gate is off. The package must be there. */
  readonly quiet: boolean;
}

/** The interface that a path in a file means; reports where there is none. */
export function lookupInterface(
  state: PackageState,
  path: ast.Path,
  where: Where,
): InterfaceTarget | undefined {
  const target = find(state, path, 'interface', where);
  if (target === undefined || target.tag === 'interface') return target;
  reportKind(state.session, path.name, 'world', 'interface', state.session.spans.get(target.world), where);
  return undefined;
}

/** The world that a path in a file means; reports where there is none. */
export function lookupWorld(state: PackageState, path: ast.Path, where: Where): WorldTarget | undefined {
  const target = find(state, path, 'world', where);
  if (target === undefined || target.tag === 'world') return target;
  reportKind(
    state.session,
    path.name,
    'interface',
    'world',
    state.session.spans.get(target.interface),
    where,
  );
  return undefined;
}

/** What the `use` at the top of a file means. Another package's worlds cannot be used so. */
export function lookupUse(state: PackageState, path: ast.Path): Target | undefined {
  const where = { file: 0, quiet: false };
  if (path.package !== undefined) return lookupInterface(state, path, where);
  return localItem(state, path.name.name) ?? reportUnknown(state, path.name, 'interface', where);
}

function find(
  state: PackageState,
  path: ast.Path,
  wanted: 'interface' | 'world',
  where: Where,
): Target | undefined {
  if (path.name.name === '') return undefined;
  if (path.package !== undefined) return findForeign(state, path.package, path.name, wanted, where);
  const known = state.files[where.file]!.get(path.name.name);
  if (known?.tag === 'broken') return undefined;
  if (known?.tag === 'foreign') {
    // Its own `use` is checked where it stands.
    return findForeign(state, known.path.package!, known.path.name, wanted, { ...where, quiet: true });
  }
  return localItem(state, known?.name ?? path.name.name) ?? reportUnknown(state, path.name, wanted, where);
}

function localItem(state: PackageState, name: string): Target | undefined {
  const item = state.items.get(name);
  if (item === undefined) return undefined;
  const off = item.gate.off === undefined ? {} : { off: item.gate.off };
  return item.tag === 'interface'
    ? { tag: 'interface', interface: item.target, local: item, ...off }
    : { tag: 'world', world: item.target, local: item, ...off };
}

function findForeign(
  state: PackageState,
  packageNode: ast.PackageNameNode,
  item: ast.Ident,
  wanted: 'interface' | 'world',
  where: Where,
): Target | undefined {
  const { session } = state;
  const name = toPackageName(packageNode);
  const known = session.known.get(packageNameText(name));
  if (known === undefined) {
    reportPackage(session, name, packageNode.span, item.name);
    return undefined;
  }
  const iface = known.package.interfaces.get(item.name);
  const world = known.package.worlds.get(item.name);
  if (wanted === 'interface' ? iface !== undefined : iface !== undefined && world === undefined) {
    return { tag: 'interface', interface: iface! };
  }
  if (world !== undefined) return { tag: 'world', world };
  if (!where.quiet) reportForeign(session, known, item, wanted);
  return undefined;
}

function reportUnknown(
  state: PackageState,
  name: ast.Ident,
  wanted: 'interface' | 'world',
  where: Where,
): undefined {
  if (where.quiet || name.wrong === true || name.name === '') return undefined;
  const { session, items } = state;
  session.missing(items, name.name, name.span, () => {
    const near = session.suggest(name.name, namesInScope(state, where), items.size);
    const help = near === undefined ? foreignHelp(session, name.name) : `did you mean \`${near}\`?`;
    return { code: `unknown-${wanted}`, message: `${wanted} \`${name.name}\` does not exist`, help };
  });
  return undefined;
}

function* namesInScope(state: PackageState, where: Where): Generator<string> {
  yield* state.items.keys();
  yield* state.files[where.file]!.keys();
}

/** Another package may have what was looked for here. */
function foreignHelp(session: Session, name: string): string | undefined {
  if (!session.affords(session.known.size)) return undefined;
  for (const [packageName, { package: pkg }] of session.known) {
    if (!pkg.interfaces.has(name) && !pkg.worlds.has(name)) continue;
    const at = packageName.indexOf('@');
    const path =
      at < 0 ? `${packageName}/${name}` : `${packageName.slice(0, at)}/${name}${packageName.slice(at)}`;
    return `package \`${packageName}\` has one: write \`${path}\``;
  }
  return undefined;
}

function reportKind(
  session: Session,
  name: ast.Ident,
  actual: 'interface' | 'world',
  wanted: 'interface' | 'world',
  definition: Span | undefined,
  where: Where,
): void {
  if (where.quiet) return;
  session.error(
    wanted === 'interface' ? 'not-an-interface' : 'not-a-world',
    name.span,
    `\`${name.name}\` is ${withArticle(actual)}, not ${withArticle(wanted)}`,
    {
      related: place('defined here', definition),
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
  session: Session,
  known: KnownPackage,
  item: ast.Ident,
  wanted: 'interface' | 'world',
): void {
  const { package: pkg, off } = known;
  const name = packageNameText(pkg.name);
  // What is missing may be in its other definition, which is reported.
  if (session.ambiguous.has(name)) return;
  const disabled = off.get(item.name);
  if (disabled !== undefined) {
    session.error(
      'disabled-feature',
      item.span,
      `\`${item.name}\` of package \`${name}\` belongs to feature \`${disabled.feature}\``,
      {
        related: place('gated here', disabled.span),
        help: `enable the feature with \`--features ${disabled.feature}\``,
      },
    );
    return;
  }
  const there = wanted === 'interface' ? pkg.interfaces : pkg.worlds;
  const suggest = (): string | undefined => session.suggest(item.name, there.keys(), there.size);
  if (item.wrong === true) {
    const near = suggest();
    if (near !== undefined) session.amend(item.span, `did you mean \`${near}\`?`);
    return;
  }
  session.missing(there, item.name, item.span, () => {
    const near = suggest();
    return {
      code: `unknown-${wanted}`,
      message: `package \`${name}\` has no ${wanted} \`${item.name}\``,
      related: place('the package is here', session.spans.get(pkg)),
      help: near === undefined ? list(there.keys(), `it has the ${wanted}s `) : `did you mean \`${near}\`?`,
    };
  });
}

function reportPackage(session: Session, name: PackageName, span: Span, item: string): void {
  const text = packageNameText(name);
  // Of a cycle, which is reported.
  if (session.pending.has(text) || name.namespace === '' || name.name === '') return;
  session.missing(session.known, text, span, () => ({
    code: 'unknown-package',
    message: `package \`${text}\` was not found`,
    help: packageHelp(session, name, item),
  }));
}

function packageHelp(session: Session, name: PackageName, item: string): string | undefined {
  const text = packageNameText(name);
  if (!session.affords(session.known.size + session.pending.size)) return undefined;
  const all = [...session.known.keys(), ...session.pending].sort();
  if (all.length === 0) return `put it into \`deps/\`, or into this file as \`package ${text} { … }\``;
  const unversioned = packageNameText({ namespace: name.namespace, name: name.name });
  const versions = all.filter((other) => other !== text && other.split('@')[0] === unversioned);
  const [version, ...others] = versions;
  if (others.length > 0) return `there are ${list(versions, '')}: name one of these versions`;
  if (version !== undefined) {
    return `there is \`${version}\`: write \`${unversioned}/${item}${version.slice(unversioned.length)}\``;
  }
  const near = nearest(text, all);
  return near === undefined ? list(all, 'known are ') : `did you mean \`${near}\`?`;
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
