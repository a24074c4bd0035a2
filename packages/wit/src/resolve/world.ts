import type { Span } from '@wit-ts/diagnostics';
import { externName, interfaceName, type WorldItem } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { docsOf } from './collect.ts';
import { defineTypes, gateOf, type Place } from './definitions.ts';
import { resolveFunc } from './functions.ts';
import { readGate, reportOff, type Gate } from './gates.ts';
import { fillInterface, resolveMethods } from './interface.ts';
import { lookupInterface } from './lookup.ts';
import { Scope } from './scope.ts';
import { place, type NewInterface } from './session.ts';
import type { LocalWorld, PackageState } from './state.ts';

/** Names of imports or of exports that are taken, also by what is left out. */
type Taken = Map<string, { readonly what: string; readonly span: Span }>;

/** Resolves what a world lists itself; `include` comes later. */
export function resolveWorld(state: PackageState, item: LocalWorld): void {
  const { target, node, file, gate } = item;
  const scope = new Scope();
  const where: Place = { owner: target, scope, file, off: gate.off };
  defineTypes(state, node.members, where);
  const taken = { import: new Map() as Taken, export: new Map() as Taken };
  for (const [name, entry] of scope.entries) {
    taken.import.set(name, { what: 'a type', span: entry.span });
    if (entry.tag !== 'type' || entry.def === undefined || entry.off !== undefined) continue;
    target.imports.set(name, { tag: 'type', type: entry.def });
    item.sites.imports.set(name, entry.span);
  }
  for (const member of node.members) {
    if (member.tag === 'include') {
      const site = member.path.name.span;
      item.includes.push({
        node: member,
        gate: readGate(member.attributes, site, state.unit, state.session),
      });
    } else if (member.tag === 'extern') {
      resolveExtern(state, item, member, where, taken[member.direction]);
    } else if (member.tag === 'type') {
      for (const { func, span, off } of resolveMethods(state, member, where)) {
        const key = externName(func);
        if (off !== undefined || target.imports.has(key)) continue;
        target.imports.set(key, { tag: 'function', function: func });
        item.sites.imports.set(key, span);
      }
    }
  }
  if (gate.off === undefined) state.worlds.push(item);
}

function resolveExtern(
  state: PackageState,
  item: LocalWorld,
  node: ast.ExternNode,
  where: Place,
  taken: Taken,
): void {
  const site = externSite(node.type);
  const gate = readGate(node.attributes, site, state.unit, state.session);
  const made = resolveExternType(state, node, gate, where);
  if (made === undefined || made.key === '') return;
  const { key, worldItem } = made;
  const what = worldItem.tag === 'function' ? 'a function' : 'an interface';
  const first = taken.get(key);
  if (first !== undefined) {
    reportTaken(state, node, key, first, site);
    return;
  }
  taken.set(key, { what, span: site });
  if ((gate.off ?? where.off) !== undefined) return;
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
  state: PackageState,
  node: ast.ExternNode,
  key: string,
  first: { what: string; span: Span },
  site: Span,
): void {
  const byPath = node.type.tag === 'path' && node.type.name === undefined;
  const verb = `${node.direction}ed`;
  const message = byPath
    ? `interface \`${key}\` is ${verb} twice`
    : `${node.direction} \`${key}\` has the name of ${first.what} that is there already`;
  state.session.error(`duplicate-${node.direction}`, site, message, {
    related: place('first here', first.span),
    help: byPath
      ? `remove one of them, or give it a label: \`${node.direction} name: …\``
      : 'rename one of them',
  });
}

function resolveExternType(
  state: PackageState,
  node: ast.ExternNode,
  gate: Gate,
  where: Place,
): { key: string; worldItem: WorldItem } | undefined {
  const { type } = node;
  const { session } = state;
  const off = gate.off ?? where.off;
  if (type.tag === 'func') {
    const func = resolveFunc(
      state,
      { ...type, ...(node.docs === undefined ? {} : { docs: node.docs }) },
      { tag: 'freestanding' },
      gate,
      where.scope,
      off !== undefined,
    );
    return { key: func.name, worldItem: { tag: 'function', function: func } };
  }
  if (type.tag === 'interface') {
    const target = inlineInterface(state, node, type.members, gate, where);
    return { key: type.name.name, worldItem: { tag: 'interface', interface: target, ...gateOf(gate) } };
  }
  const found = lookupInterface(state, type.path, { file: where.file, quiet: off !== undefined });
  if (found === undefined) return undefined;
  if (found.off !== undefined && off === undefined) {
    const name = type.path.name.span;
    reportOff(`interface \`${type.path.name.name}\``, found.off, type.name?.span ?? name, name, session);
    return undefined;
  }
  const key = type.name?.name ?? interfaceName(found.interface) ?? '';
  return {
    key,
    worldItem: { tag: 'interface', interface: found.interface, ...gateOf(gate), ...docsOf(node) },
  };
}

function inlineInterface(
  state: PackageState,
  node: ast.ExternNode,
  members: readonly ast.InterfaceMember[],
  gate: Gate,
  where: Place,
): NewInterface {
  const target: NewInterface = {
    package: state.package,
    types: new Map(),
    functions: new Map(),
    ...docsOf(node),
    ...(gate.stability === undefined ? {} : { stability: gate.stability }),
  };
  if (node.type.name !== undefined) state.session.spans.set(target, node.type.name.span);
  const off = gate.off ?? where.off;
  // Made before its contents are, as the reference counts; what it lacks is filled in.
  if (off === undefined) state.interfaces.push(target);
  fillInterface(state, target, members, { owner: target, scope: new Scope(), file: where.file, off });
  return target;
}
