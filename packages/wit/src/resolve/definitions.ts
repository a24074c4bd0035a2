import type { Span } from '@wit-ts/diagnostics';
import type { Owner, TypeDefKind } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { checkEmpty } from '../rules/empty.ts';
import { checkFlagCount } from '../rules/flag-count.ts';
import { checkLabels } from '../rules/labels.ts';
import { checkMethods } from '../rules/methods.ts';
import { docsOf } from './collect.ts';
import { readGate, reportOff, type Gate } from './gates.ts';
import { lookupInterface, type InterfaceTarget } from './lookup.ts';
import type { Scope } from './scope.ts';
import { place, type NewTypeDef, type Off } from './session.ts';
import type { PackageState } from './state.ts';
import { toposort, type Edge } from './toposort.ts';
import { PLACEHOLDER, resolveKind, resolveType, type TypeContext } from './types.ts';

/** An interface or a world whose types are resolved. */
export interface Place {
  readonly owner: Owner;
  readonly scope: Scope;
  /** Index of the file that holds it. */
  readonly file: number;
  /** Its own gate is off, and with it all that it holds. */
  readonly off?: Off | undefined;
}

/** Defines all types of an interface or a world: first what it uses, then its own, each after what it needs. */
export function defineTypes(
  state: PackageState,
  members: readonly ast.WorldMember[] | readonly ast.InterfaceMember[],
  where: Place,
): void {
  for (const member of members) if (member.tag === 'use-types') defineUses(state, member, where);
  const own = new Map<string, ast.TypeDefNode>();
  for (const member of members) {
    if (member.tag !== 'type' || member.name.name === '') continue;
    const { name, span } = member.name;
    const first = own.get(name);
    if (first === undefined && !where.scope.entries.has(name)) {
      own.set(name, member);
      continue;
    }
    const taken = first === undefined ? where.scope : undefined;
    if (taken?.define(name, { tag: 'type', span }, state.session) === undefined) {
      state.session.error('duplicate-name', span, `\`${name}\` is defined twice`, {
        related: place('first defined here', first!.name.span),
        help: 'rename one of them',
      });
    }
  }
  for (const name of sortTypes(state, own, where)) defineType(state, own.get(name)!, where);
}

/** The names of the types, each after those it needs. Types in cycles, and what needs them, are left out. */
function sortTypes(
  state: PackageState,
  own: ReadonlyMap<string, ast.TypeDefNode>,
  where: Place,
): readonly string[] {
  if (isSorted(own)) return [...own.keys()];
  const needs = new Map<string, Edge<Span>[]>();
  for (const [name, { definition }] of own) {
    const edges: Edge<Span>[] = [];
    for (const type of definitionTypes(definition)) collectNames(type, edges);
    needs.set(name, edges);
  }
  const { order, cycles } = toposort(needs);
  if (cycles.length === 0) return order;
  for (const cycle of cycles) {
    const [first, ...others] = cycle;
    const { to, at } = first!.edge;
    state.session.error('type-cycle', at, `type \`${to}\` contains itself`, {
      related: others.flatMap(({ from, edge }) => place(`\`${from}\` contains \`${edge.to}\` here`, edge.at)),
      help: 'types are trees: for a graph, keep the nodes in a list and refer to them by index, or use a resource',
    });
  }
  const sorted = new Set<string>();
  for (const name of order) {
    if (needs.get(name)!.some(({ to }) => needs.has(to) && !sorted.has(to))) {
      where.scope.define(name, { tag: 'type', span: own.get(name)!.name.span }, state.session);
    } else {
      sorted.add(name);
    }
  }
  return [...sorted];
}

/** Whether every type stands after those it needs already, as most do. */
function isSorted(own: ReadonlyMap<string, ast.TypeDefNode>): boolean {
  const seen = new Set<string>();
  const isKnown = (name: string): boolean => seen.has(name) || !own.has(name);
  for (const [name, { definition }] of own) {
    for (const type of definitionTypes(definition)) if (!everyName(type, isKnown)) return false;
    seen.add(name);
  }
  return true;
}

function definitionTypes(definition: ast.Definition): readonly ast.TypeNode[] {
  switch (definition.tag) {
    case 'alias':
      return [definition.type];
    case 'record':
      return definition.fields.map(({ type }) => type);
    case 'variant':
      return definition.cases.flatMap(({ type }) => (type === undefined ? [] : [type]));
    default:
      return [];
  }
}

function collectNames(node: ast.TypeNode, edges: Edge<Span>[]): void {
  everyName(node, (to, at) => edges.push({ to, at }) > 0);
}

/** Whether something holds of all names in a type. */
function everyName(node: ast.TypeNode | undefined, holds: (name: string, span: Span) => boolean): boolean {
  if (node === undefined) return true;
  switch (node.tag) {
    case 'name':
      return holds(node.name.name, node.name.span);
    case 'own':
    case 'borrow':
      return holds(node.resource.name, node.resource.span);
    case 'tuple':
      return node.types.every((type) => everyName(type, holds));
    case 'list':
      return everyName(node.element, holds);
    case 'map':
      return everyName(node.key, holds) && everyName(node.value, holds);
    case 'option':
      return everyName(node.type, holds);
    case 'result':
      return everyName(node.ok, holds) && everyName(node.err, holds);
    case 'future':
    case 'stream':
      return everyName(node.payload, holds);
    case 'primitive':
    case 'missing':
      return true;
  }
}

function defineType(state: PackageState, node: ast.TypeDefNode, where: Place): void {
  const { session } = state;
  const { name, span } = node.name;
  const gate = readGate(node.attributes, span, state.unit, session);
  const off = offReason(state, gate, span, where);
  const context: TypeContext = {
    scope: where.scope,
    stability: gate.stability,
    off: off !== undefined,
    site: span,
  };
  const kind = resolveDefinition(state, node, context);
  if (kind === undefined) {
    where.scope.define(name, { tag: 'type', span }, session);
    return;
  }
  const def = addType(state, { name, kind, owner: where.owner, ...docsOf(node), ...gateOf(gate) }, span, off);
  where.scope.define(name, { tag: 'type', span, def, ...(off === undefined ? {} : { off }) }, session);
}

/** Whether something inside an interface or a world is left out. If that is, so must be all types in it. */
function offReason(state: PackageState, gate: Gate, site: Span, where: Place): Off | undefined {
  if (gate.off !== undefined || where.off === undefined) return gate.off;
  const container = 'types' in where.owner ? 'interface' : 'world';
  state.session.error('disabled-feature', site, `this is not gated, but its ${container} is`, {
    related: place('gated here', where.off.span),
    help: `gate it by feature \`${where.off.feature}\` too, or enable the feature with \`--features ${where.off.feature}\``,
  });
  return where.off;
}

function addType(state: PackageState, def: NewTypeDef, span: Span, off: Off | undefined): NewTypeDef {
  const { session } = state;
  session.spans.set(def, span);
  if (
    def.kind.tag === 'resource' ||
    (def.kind.tag === 'alias' && session.resources.has(def.kind.type as NewTypeDef))
  ) {
    session.resources.add(def);
  }
  if (off === undefined) state.arena.push(def);
  return def;
}

const NO_GATE = {};

export function gateOf(gate: Gate): Pick<NewTypeDef, 'stability' | 'externalId'> {
  if (gate.stability === undefined && gate.externalId === undefined) return NO_GATE;
  return {
    ...(gate.stability === undefined ? {} : { stability: gate.stability }),
    ...(gate.externalId === undefined ? {} : { externalId: gate.externalId }),
  };
}

function resolveDefinition(
  state: PackageState,
  node: ast.TypeDefNode,
  context: TypeContext,
): TypeDefKind | undefined {
  const { definition } = node;
  const { session } = state;
  checkEmpty(node, session);
  switch (definition.tag) {
    case 'alias':
      return resolveKind(state, definition.type, context);
    case 'record': {
      checkLabels('field', definition.fields, session);
      const fields = definition.fields.map((field) => {
        // Errors about gates are told at the field, and there are none where nothing is looked up.
        const inField = field.type.tag === 'primitive' ? context : { ...context, site: field.name.span };
        const type = resolveType(state, field.type, inField) ?? PLACEHOLDER;
        const made = { name: field.name.name, type };
        return noted(state, field.docs === undefined ? made : { ...made, ...docsOf(field) }, field.name.span);
      });
      return { tag: 'record', fields };
    }
    case 'variant': {
      checkLabels('case', definition.cases, session);
      const cases = definition.cases.map((item) => {
        const type =
          item.type === undefined ? undefined : (resolveType(state, item.type, context) ?? PLACEHOLDER);
        const made = { name: item.name.name, ...(type === undefined ? {} : { type }), ...docsOf(item) };
        return noted(state, made, item.name.span);
      });
      return { tag: 'variant', cases };
    }
    case 'enum':
      checkLabels('case', definition.cases, session);
      return { tag: 'enum', cases: labels(state, definition.cases) };
    case 'flags':
      checkLabels('flag', definition.flags, session);
      checkFlagCount(node.name, definition.flags, session);
      return { tag: 'flags', flags: labels(state, definition.flags) };
    case 'resource':
      checkMethods(definition.methods, session);
      return { tag: 'resource' };
  }
}

function labels(
  state: PackageState,
  nodes: readonly ast.LabelNode[],
): { name: string; docs?: { contents: string } }[] {
  return nodes.map((node) => noted(state, { name: node.name.name, ...docsOf(node) }, node.name.span));
}

function noted<T extends object>(state: PackageState, made: T, span: Span): T {
  state.session.spans.set(made, span);
  return made;
}

/** `use iface.{a, b as c};`: an alias each. */
function defineUses(state: PackageState, node: ast.UseNode, where: Place): void {
  const { session } = state;
  const site = node.names[0]?.name.span ?? node.path.name.span;
  const gate = readGate(node.attributes, site, state.unit, session);
  const target = lookupInterface(state, node.path, { file: where.file, quiet: gate.off !== undefined });
  if (node.names.length === 0 && session.broken.has(site.file)) where.scope.incomplete = true;
  for (const { name, as } of node.names) {
    const alias = as ?? name;
    if (alias.name === '') continue;
    const off = offReason(state, gate, name.span, where);
    const type =
      target === undefined || name.name === '' ? undefined : findType(state, target, name, off !== undefined);
    const entry = { tag: 'type', span: alias.span, ...(off === undefined ? {} : { off }) } as const;
    if (type === undefined) {
      where.scope.define(alias.name, entry, session);
      continue;
    }
    if (where.scope.entries.has(alias.name)) {
      where.scope.define(alias.name, entry, session);
      continue;
    }
    const made: NewTypeDef = {
      name: alias.name,
      kind: { tag: 'alias', type },
      owner: where.owner,
      ...gateOf(gate),
    };
    where.scope.define(alias.name, { ...entry, def: addType(state, made, name.span, off) }, session);
  }
}

/** A type of an interface by its name. */
function findType(
  state: PackageState,
  target: InterfaceTarget,
  name: ast.Ident,
  off: boolean,
): NewTypeDef | undefined {
  const { session } = state;
  const { local } = target;
  const ifaceName = target.interface.name ?? '';
  if (local !== undefined && !local.resolved) return undefined;
  const entry = local?.scope.entries.get(name.name);
  const def =
    local === undefined
      ? target.interface.types.get(name.name)
      : entry?.tag === 'type'
        ? entry.def
        : undefined;
  const reason = entry?.tag === 'type' ? entry.off : session.offTypes.get(target.interface)?.get(name.name);
  if (reason !== undefined) {
    if (off) return def;
    reportOff(`type \`${name.name}\` of interface \`${ifaceName}\``, reason, name.span, name.span, session);
    return undefined;
  }
  if (def !== undefined || entry?.tag === 'type') return def;
  if (name.wrong === true || session.brokenTypes.get(target.interface)?.has(name.name) === true)
    return undefined;
  const func = entry?.span ?? session.spans.get(target.interface.functions.get(name.name) ?? {});
  if (entry !== undefined || target.interface.functions.has(name.name)) {
    session.missing(target.interface, name.name, name.span, () => ({
      code: 'not-a-type',
      message: `\`${name.name}\` is a function, and only types can be used`,
      related: place('defined here', func),
      help: 'import the interface into a world to call its functions',
    }));
    return undefined;
  }
  const types = local === undefined ? target.interface.types : local.scope.entries;
  session.missing(types, name.name, name.span, () => {
    const near = session.suggest(name.name, types.keys(), types.size);
    return {
      code: 'unknown-type',
      message: `interface \`${ifaceName}\` has no type \`${name.name}\``,
      related: place('the interface is here', session.spans.get(target.interface)),
      help: near === undefined ? undefined : `did you mean \`${near}\`?`,
    };
  });
  return undefined;
}
