import type { Span } from '@wit-ts/diagnostics';
import { externName, interfaceName, type WorldItem } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { docsOf } from './collect-package.ts';
import { defineTypes, gateOf, type Container } from './type-definitions.ts';
import { resolveFunc } from './functions.ts';
import { readGate, reportDisabled, type Gate } from './gates.ts';
import { fillInterface, resolveMethods } from './interface.ts';
import { lookupInterface } from './lookup.ts';
import { MemberScope } from './member-scope.ts';
import { relatedAt, type NewInterface } from './resolution.ts';
import type { LocalWorld, PackageDraft } from './package-draft.ts';

/** The names of imports or of exports that are taken, including disabled ones. */
type Taken = Map<string, { readonly what: string; readonly span: Span }>;

/** Resolves the imports, exports and types that a world lists; `include` is resolved later. */
export function resolveWorld(draft: PackageDraft, item: LocalWorld): void {
  const { target, node, file, gate } = item;
  const scope = new MemberScope();
  const container: Container = { owner: target, scope, file, disabledBy: gate.disabledBy };
  defineTypes(draft, node.members, container);
  const taken = { import: new Map() as Taken, export: new Map() as Taken };
  for (const [name, entry] of scope.entries) {
    taken.import.set(name, { what: 'a type', span: entry.span });
    if (entry.tag !== 'type' || entry.def === undefined || entry.disabledBy !== undefined) continue;
    target.imports.set(name, { tag: 'type', type: entry.def });
    item.sites.imports.set(name, entry.span);
  }
  for (const member of node.members) {
    if (member.tag === 'include') {
      const site = member.path.name.span;
      item.includes.push({
        node: member,
        gate: readGate(member.attributes, site, draft.sourcePackage, draft.resolution),
      });
    } else if (member.tag === 'extern') {
      resolveExtern(draft, item, member, container, taken[member.direction]);
    } else if (member.tag === 'type') {
      for (const { func, span, disabledBy } of resolveMethods(draft, member, container)) {
        const key = externName(func);
        if (disabledBy !== undefined || target.imports.has(key)) continue;
        target.imports.set(key, { tag: 'function', function: func });
        item.sites.imports.set(key, span);
      }
    }
  }
  if (gate.disabledBy === undefined) draft.worlds.push(item);
}

function resolveExtern(
  draft: PackageDraft,
  item: LocalWorld,
  node: ast.ExternNode,
  container: Container,
  taken: Taken,
): void {
  const site = externSite(node.type);
  const gate = readGate(node.attributes, site, draft.sourcePackage, draft.resolution);
  const made = resolveExternType(draft, node, gate, container);
  if (made === undefined || made.key === '') return;
  const { key, worldItem } = made;
  const what = worldItem.tag === 'function' ? 'a function' : 'an interface';
  const first = taken.get(key);
  if (first !== undefined) {
    reportTaken(draft, node, key, first, site);
    return;
  }
  taken.set(key, { what, span: site });
  if ((gate.disabledBy ?? container.disabledBy) !== undefined) return;
  item.target[`${node.direction}s`].set(key, worldItem);
  item.sites[`${node.direction}s`].set(key, site);
}

function externSite(type: ast.ExternTypeNode): Span {
  return (
    type.name?.span ??
    (type.tag === 'path' ? (type.path.package?.span ?? type.path.name.span) : type.name!.span)
  );
}

function reportTaken(
  draft: PackageDraft,
  node: ast.ExternNode,
  key: string,
  first: { what: string; span: Span },
  site: Span,
): void {
  const byPath = node.type.tag === 'path' && node.type.name === undefined;
  const verb = `${node.direction}ed`;
  const message = byPath
    ? `interface \`${key}\` is ${verb} twice`
    : `${node.direction} \`${key}\` has the same name as ${first.what} of this world`;
  draft.resolution.error(`duplicate-${node.direction}`, site, message, {
    related: relatedAt('first defined here', first.span),
    help: byPath
      ? `remove one of them, or give it a label: \`${node.direction} name: …\``
      : 'rename one of them',
  });
}

function resolveExternType(
  draft: PackageDraft,
  node: ast.ExternNode,
  gate: Gate,
  container: Container,
): { key: string; worldItem: WorldItem } | undefined {
  const { type } = node;
  const { resolution } = draft;
  const disabledBy = gate.disabledBy ?? container.disabledBy;
  if (type.tag === 'func') {
    const func = resolveFunc(
      draft,
      { ...type, ...(node.docs === undefined ? {} : { docs: node.docs }) },
      { tag: 'freestanding' },
      gate,
      container.scope,
      disabledBy !== undefined,
    );
    return { key: func.name, worldItem: { tag: 'function', function: func } };
  }
  if (type.tag === 'interface') {
    const target = inlineInterface(draft, node, type.members, gate, container);
    return { key: type.name.name, worldItem: { tag: 'interface', interface: target, ...gateOf(gate) } };
  }
  const found = lookupInterface(draft, type.path, { file: container.file, quiet: disabledBy !== undefined });
  if (found === undefined) return undefined;
  if (found.disabledBy !== undefined && disabledBy === undefined) {
    const name = type.path.name.span;
    reportDisabled(
      `interface \`${type.path.name.name}\``,
      found.disabledBy,
      type.name?.span ?? name,
      name,
      resolution,
    );
    return undefined;
  }
  const key = type.name?.name ?? interfaceName(found.interface) ?? '';
  return {
    key,
    worldItem: { tag: 'interface', interface: found.interface, ...gateOf(gate), ...docsOf(node) },
  };
}

function inlineInterface(
  draft: PackageDraft,
  node: ast.ExternNode,
  members: readonly ast.InterfaceMember[],
  gate: Gate,
  container: Container,
): NewInterface {
  const target: NewInterface = {
    package: draft.package,
    types: new Map(),
    functions: new Map(),
    ...docsOf(node),
    ...(gate.stability === undefined ? {} : { stability: gate.stability }),
  };
  if (node.type.name !== undefined) draft.resolution.spans.set(target, node.type.name.span);
  const disabledBy = gate.disabledBy ?? container.disabledBy;
  // Added before its contents are resolved, as in the order of the reference. The contents are filled in afterwards.
  if (disabledBy === undefined) draft.interfaces.push(target);
  fillInterface(draft, target, members, {
    owner: target,
    scope: new MemberScope(),
    file: container.file,
    disabledBy,
  });
  return target;
}
