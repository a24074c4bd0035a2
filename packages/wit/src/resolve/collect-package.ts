import type { Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import { readGate } from './gates.ts';
import { Interner } from './interner.ts';
import { lookupUse } from './lookup.ts';
import { mentions } from './mentions.ts';
import { MemberScope } from './member-scope.ts';
import { relatedAt, type NewPackage, type Resolution } from './resolution.ts';
import type { FileName, LocalItem, PackageDraft } from './package-draft.ts';
import { toposort, type Edge } from './toposort.ts';
import type { SourcePackage } from './source-packages.ts';

/**
 * Collects the parts of a package: its interfaces and worlds, the names in its files, and the order in which to
 * resolve them.
 */
export function collectPackage(sourcePackage: SourcePackage, resolution: Resolution): PackageDraft {
  const pkg: NewPackage = {
    name: sourcePackage.name,
    interfaces: new Map(),
    worlds: new Map(),
    ...(sourcePackage.docs === undefined ? {} : { docs: { contents: sourcePackage.docs } }),
  };
  resolution.spans.set(pkg, sourcePackage.span);
  const items = collectItems(sourcePackage, pkg, resolution);
  const files = sourcePackage.files.map((file) => fileNames(file, items, resolution));
  const draft: PackageDraft = {
    resolution,
    sourcePackage,
    package: pkg,
    items,
    files,
    order: sortItems(sourcePackage, items, files, resolution),
    arena: [],
    interner: new Interner(),
    interfaces: [],
    worlds: [],
  };
  checkTopLevelUses(draft);
  return draft;
}

function collectItems(
  sourcePackage: SourcePackage,
  pkg: NewPackage,
  resolution: Resolution,
): Map<string, LocalItem> {
  const items = new Map<string, LocalItem>();
  for (const [file, nodes] of sourcePackage.files.entries()) {
    for (const node of nodes) {
      if (node.tag === 'use' || node.name.name === '') continue;
      const { name, span } = node.name;
      const first = items.get(name);
      if (first !== undefined) {
        resolution.error('duplicate-item', span, `the package has two items called \`${name}\``, {
          related: relatedAt('first defined here', first.node.name.span),
          help: 'interfaces and worlds of a package share one set of names: rename one of them',
        });
        continue;
      }
      const gate = readGate(node.attributes, span, sourcePackage, resolution);
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
              scope: new MemberScope(),
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
      resolution.spans.set(item.target, span);
    }
  }
  return items;
}

const NO_DOCS = {};

/** Adds the documentation to a part of the contract, which is faster than copying `docsOf` into each of many. */
export function addDocs(
  made: { docs?: { readonly contents: string } },
  { docs }: { readonly docs?: ast.DocsNode },
): void {
  if (docs !== undefined) made.docs = { contents: docs.contents };
}

export function docsOf(node: { readonly docs?: ast.DocsNode }): { docs?: { contents: string } } {
  return node.docs === undefined ? NO_DOCS : { docs: { contents: node.docs.contents } };
}

/** Returns the names that are valid in one file: its items and its `use`s. */
function fileNames(
  nodes: readonly ast.TopLevelItem[],
  items: ReadonlyMap<string, LocalItem>,
  resolution: Resolution,
): Map<string, FileName> {
  const names = new Map<string, FileName>();
  for (const node of nodes) {
    if (node.tag !== 'use') {
      const { name, span } = node.name;
      // A second item with the name is already reported, wherever the first one is.
      if (name !== '' && items.get(name)?.node === node)
        addName(names, name, { tag: 'local', name, target: span, span }, resolution);
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
      resolution,
    );
  }
  return names;
}

function addName(names: Map<string, FileName>, name: string, entry: FileName, resolution: Resolution): void {
  const first = names.get(name);
  if (first === undefined) {
    names.set(name, entry);
    return;
  }
  resolution.error('duplicate-name', entry.span, `\`${name}\` has two meanings in this file`, {
    related: relatedAt('first defined here', first.span),
    help: 'give one of them another name with `use … as …`',
  });
}

/** Sorts interfaces and worlds by their `use`s and `include`s, and reports cycles. */
function sortItems(
  sourcePackage: SourcePackage,
  items: ReadonlyMap<string, LocalItem>,
  files: readonly ReadonlyMap<string, FileName>[],
  resolution: Resolution,
): readonly string[] {
  const needs = new Map<string, Edge<{ site: Span; mention: Span }>[]>();
  for (const name of items.keys()) needs.set(name, []);
  for (const [file, nodes] of sourcePackage.files.entries()) {
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
    resolution.error('item-cycle', at.site, `${items.get(to)!.tag} \`${to}\` depends on itself`, {
      related: cycle.flatMap(({ from, edge }) =>
        relatedAt(`\`${from}\` needs \`${edge.to}\` here`, edge.at.mention),
      ),
      help: 'move the types that they share into another interface',
    });
  }
  return order;
}

/** Checks that each `use` at the top of a file has a target, even if nothing in the file needs it. */
function checkTopLevelUses(draft: PackageDraft): void {
  for (const [file, nodes] of draft.sourcePackage.files.entries()) {
    for (const node of nodes) {
      if (node.tag !== 'use') continue;
      const attribute = node.attributes[0];
      if (attribute !== undefined) {
        draft.resolution.error(
          'misplaced-attribute',
          attribute.span,
          'attributes are not allowed before a top-level `use`',
          {
            help: 'put them before the items that use the name',
          },
        );
      }
      const { name, span } = node.as ?? node.path.name;
      const found = lookupUse(draft, node.path);
      const names = draft.files[file] as Map<string, FileName>;
      if (found === undefined && name !== '') names.set(name, { tag: 'broken', span });
    }
  }
}
