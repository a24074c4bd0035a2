import type { Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import { readGate } from './gates.ts';
import { Interner } from './interner.ts';
import { lookupUse } from './lookup.ts';
import { mentions } from './paths.ts';
import { Scope } from './scope.ts';
import { place, type NewPackage, type Session } from './session.ts';
import type { FileName, LocalItem, PackageState } from './state.ts';
import { toposort, type Edge } from './toposort.ts';
import type { Unit } from './units.ts';

/** Finds out what a package consists of: its interfaces and worlds, the names of its files, and an order. */
export function collectPackage(unit: Unit, session: Session): PackageState {
  const pkg: NewPackage = {
    name: unit.name,
    interfaces: new Map(),
    worlds: new Map(),
    ...(unit.docs === undefined ? {} : { docs: { contents: unit.docs } }),
  };
  session.spans.set(pkg, unit.span);
  const items = collectItems(unit, pkg, session);
  const files = unit.files.map((file) => fileNames(file, items, session));
  const state: PackageState = {
    session,
    unit,
    package: pkg,
    items,
    files,
    order: sortItems(unit, items, files, session),
    arena: [],
    interner: new Interner(),
    interfaces: [],
    worlds: [],
  };
  checkTopLevelUses(state);
  return state;
}

function collectItems(unit: Unit, pkg: NewPackage, session: Session): Map<string, LocalItem> {
  const items = new Map<string, LocalItem>();
  for (const [file, nodes] of unit.files.entries()) {
    for (const node of nodes) {
      if (node.tag === 'use' || node.name.name === '') continue;
      const { name, span } = node.name;
      const first = items.get(name);
      if (first !== undefined) {
        session.error('duplicate-item', span, `package has two items called \`${name}\``, {
          related: place('first defined here', first.node.name.span),
          help: 'interfaces and worlds of a package share one set of names: rename one of them',
        });
        continue;
      }
      const gate = readGate(node.attributes, span, unit, session);
      const common = {
        name,
        package: pkg,
        ...docsOf(node),
        ...(gate.stability === undefined ? {} : { stability: gate.stability }),
        ...(gate.externalId === undefined ? {} : { externalId: gate.externalId }),
      };
      const item: LocalItem =
        node.tag === 'interface'
          ? {
              tag: 'interface',
              node,
              file,
              target: { ...common, types: new Map(), functions: new Map() },
              scope: new Scope(),
              gate,
              resolved: false,
            }
          : {
              tag: 'world',
              node,
              file,
              target: { ...common, imports: new Map(), exports: new Map() },
              gate,
              includes: [],
              sites: { imports: new Map(), exports: new Map() },
              resolved: false,
            };
      items.set(name, item);
      session.spans.set(item.target, span);
    }
  }
  return items;
}

const NO_DOCS = {};

export function docsOf(node: { readonly docs?: ast.DocsNode }): { docs?: { contents: string } } {
  return node.docs === undefined ? NO_DOCS : { docs: { contents: node.docs.contents } };
}

/** The names that hold in one file: its own items and its `use`s. */
function fileNames(
  nodes: readonly ast.TopLevelItem[],
  items: ReadonlyMap<string, LocalItem>,
  session: Session,
): Map<string, FileName> {
  const names = new Map<string, FileName>();
  for (const node of nodes) {
    if (node.tag !== 'use') {
      const { name, span } = node.name;
      // A second item of the name is reported already, wherever the first one stands.
      if (name !== '' && items.get(name)?.node === node)
        addName(names, name, { tag: 'local', name, target: span, span }, session);
      continue;
    }
    const { name, span } = node.as ?? node.path.name;
    if (name === '') continue;
    const local = node.path.package === undefined;
    addName(
      names,
      name,
      local
        ? { tag: 'local', name: node.path.name.name, target: node.path.name.span, span }
        : { tag: 'foreign', path: node.path, span },
      session,
    );
  }
  return names;
}

function addName(names: Map<string, FileName>, name: string, entry: FileName, session: Session): void {
  const first = names.get(name);
  if (first === undefined) {
    names.set(name, entry);
    return;
  }
  session.error('duplicate-name', entry.span, `\`${name}\` has two meanings in this file`, {
    related: place('first defined here', first.span),
    help: 'give one of them another name with `use … as …`',
  });
}

/** Sorts interfaces and worlds by their `use`s and `include`s, and reports cycles. */
function sortItems(
  unit: Unit,
  items: ReadonlyMap<string, LocalItem>,
  files: readonly ReadonlyMap<string, FileName>[],
  session: Session,
): readonly string[] {
  const needs = new Map<string, Edge<{ site: Span; mention: Span }>[]>();
  for (const name of items.keys()) needs.set(name, []);
  for (const [file, nodes] of unit.files.entries()) {
    for (const { path, by } of mentions(nodes)) {
      if (by === undefined || path.package !== undefined) continue;
      const known = files[file]!.get(path.name.name);
      if (known !== undefined && known.tag !== 'local') continue;
      const to = known?.name ?? path.name.name;
      const target = items.get(to);
      if (target === undefined) continue;
      needs.get(by)?.push({ to, at: { site: known?.target ?? path.name.span, mention: path.name.span } });
    }
  }
  const { order, cycles } = toposort(needs);
  for (const cycle of cycles) {
    const { to, at } = cycle[0]!.edge;
    session.error('item-cycle', at.site, `${items.get(to)!.tag} \`${to}\` depends on itself`, {
      related: cycle.flatMap(({ from, edge }) =>
        place(`\`${from}\` needs \`${edge.to}\` here`, edge.at.mention),
      ),
      help: 'move what both need into an interface of its own',
    });
  }
  return order;
}

/** A `use` at the top of a file must lead somewhere, even if nothing in the file needs it. */
function checkTopLevelUses(state: PackageState): void {
  for (const [file, nodes] of state.unit.files.entries()) {
    for (const node of nodes) {
      if (node.tag !== 'use') continue;
      const attribute = node.attributes[0];
      if (attribute !== undefined) {
        state.session.error(
          'misplaced-attribute',
          attribute.span,
          'attributes cannot stand before a top-level `use`',
          {
            help: 'put them before the items that need what is used',
          },
        );
      }
      const { name, span } = node.as ?? node.path.name;
      const found = lookupUse(state, node.path);
      const names = state.files[file] as Map<string, FileName>;
      if (found === undefined && name !== '') names.set(name, { tag: 'broken', span });
    }
  }
}
