import type { Span } from '@wit-ts/diagnostics';
import type { Case, Field, Mutable, Owner, TypeDefKind } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { checkEmpty } from '../rules/empty.ts';
import { checkFlagCount } from '../rules/flag-count.ts';
import { checkLabels } from '../rules/labels.ts';
import { checkMethods } from '../rules/methods.ts';
import { addDocs, docsOf } from './collect-package.ts';
import { readGate, reportDisabled, type Gate } from './gates.ts';
import { lookupInterface, type InterfaceTarget } from './lookup.ts';
import type { MemberScope } from './member-scope.ts';
import { relatedAt, type NewTypeDef, type DisabledFeature } from './resolution.ts';
import type { PackageDraft } from './package-draft.ts';
import { toposort, type Edge } from './toposort.ts';
import { PLACEHOLDER, resolveKind, resolveType, type TypeContext } from './types.ts';

/** An interface or a world whose types are being resolved. */
export interface Container {
  readonly owner: Owner;
  readonly scope: MemberScope;
  /** The index of the file that contains it. */
  readonly file: number;
  /** Set when the interface or world itself is disabled, and all its members with it. */
  readonly disabledBy?: DisabledFeature | undefined;
}

/**
 * Defines all types of an interface or a world: first the types that it uses, then its own, each after the types that
 * it needs.
 */
export function defineTypes(
  draft: PackageDraft,
  members: readonly ast.WorldMember[] | readonly ast.InterfaceMember[],
  container: Container,
): void {
  for (const member of members) if (member.tag === 'use-types') defineUses(draft, member, container);
  const own = new Map<string, ast.TypeDefNode>();
  for (const member of members) {
    if (member.tag !== 'type' || member.name.name === '') continue;
    const { name, span } = member.name;
    const first = own.get(name);
    if (first === undefined && !container.scope.entries.has(name)) {
      own.set(name, member);
      continue;
    }
    const taken = first === undefined ? container.scope : undefined;
    if (taken?.define(name, { tag: 'type', span }, draft.resolution) === undefined) {
      draft.resolution.error('duplicate-name', span, `\`${name}\` is defined twice`, {
        related: relatedAt('first defined here', first!.name.span),
        help: 'rename one of them',
      });
    }
  }
  for (const name of sortTypes(draft, own, container)) defineType(draft, own.get(name)!, container);
}

/** Returns the names of the types, each after those it needs. Leaves out types in cycles and types that need them. */
function sortTypes(
  draft: PackageDraft,
  own: ReadonlyMap<string, ast.TypeDefNode>,
  container: Container,
): readonly string[] {
  if (isSorted(own)) return [...own.keys()];
  const needs = new Map<string, Edge<Span>[]>();
  for (const [name, { definition }] of own) {
    const edges: Edge<Span>[] = [];
    everyNameOf(definition, (to, at) => edges.push({ to, at }) > 0);
    needs.set(name, edges);
  }
  const { order, cycles } = toposort(needs);
  if (cycles.length === 0) return order;
  for (const cycle of cycles) {
    const [first, ...others] = cycle;
    const { to, at } = first!.edge;
    draft.resolution.error('type-cycle', at, `type \`${to}\` contains itself`, {
      related: others.flatMap(({ from, edge }) =>
        relatedAt(`\`${from}\` contains \`${edge.to}\` here`, edge.at),
      ),
      help: 'types cannot be recursive: for a graph, keep the nodes in a list and refer to them by index, or use a resource',
    });
  }
  const sorted = new Set<string>();
  for (const name of order) {
    if (needs.get(name)!.some(({ to }) => needs.has(to) && !sorted.has(to))) {
      container.scope.define(name, { tag: 'type', span: own.get(name)!.name.span }, draft.resolution);
    } else {
      sorted.add(name);
    }
  }
  return [...sorted];
}

/** Whether every type already comes after the types that it needs, as is usual. */
function isSorted(own: ReadonlyMap<string, ast.TypeDefNode>): boolean {
  const seen = new Set<string>();
  const isKnown = (name: string): boolean => seen.has(name) || !own.has(name);
  for (const [name, { definition }] of own) {
    if (!everyNameOf(definition, isKnown)) return false;
    seen.add(name);
  }
  return true;
}

type NameCondition = (name: string, span: Span) => boolean;

/** Whether a condition holds for all names of types in a definition. */
function everyNameOf(definition: ast.Definition, holds: NameCondition): boolean {
  switch (definition.tag) {
    case 'alias':
      return everyName(definition.type, holds);
    case 'record':
      return definition.fields.every(({ type }) => everyName(type, holds));
    case 'variant':
      return definition.cases.every(({ type }) => everyName(type, holds));
    default:
      return true;
  }
}

/** Whether a condition holds for all names in a type. */
function everyName(node: ast.TypeNode | undefined, holds: NameCondition): boolean {
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

function defineType(draft: PackageDraft, node: ast.TypeDefNode, container: Container): void {
  const { resolution } = draft;
  const { name, span } = node.name;
  const gate = readGate(node.attributes, span, draft.sourcePackage, resolution);
  const disabledBy = disabledReason(draft, gate, span, container);
  const context: TypeContext = {
    scope: container.scope,
    stability: gate.stability,
    isDisabled: disabledBy !== undefined,
    site: span,
  };
  const kind = resolveDefinition(draft, node, context);
  if (kind === undefined) {
    container.scope.define(name, { tag: 'type', span }, resolution);
    return;
  }
  const made: NewTypeDef = { name, kind, owner: container.owner };
  addDocs(made, node);
  addGate(made, gate);
  const def = addType(draft, made, span, disabledBy);
  container.scope.define(
    name,
    { tag: 'type', span, def, ...(disabledBy === undefined ? {} : { disabledBy }) },
    resolution,
  );
}

/**
 * Returns why an item of an interface or a world is left out. If the interface or world is disabled, all its types
 * must be too.
 */
function disabledReason(
  draft: PackageDraft,
  gate: Gate,
  site: Span,
  container: Container,
): DisabledFeature | undefined {
  if (gate.disabledBy !== undefined || container.disabledBy === undefined) return gate.disabledBy;
  const kind = 'types' in container.owner ? 'interface' : 'world';
  draft.resolution.error('disabled-feature', site, `this item is not gated, but its ${kind} is`, {
    related: relatedAt('gated here', container.disabledBy.span),
    help: `gate it by feature \`${container.disabledBy.feature}\` too, or enable the feature with \`--features ${container.disabledBy.feature}\``,
  });
  return container.disabledBy;
}

function addType(
  draft: PackageDraft,
  def: NewTypeDef,
  span: Span,
  disabledBy: DisabledFeature | undefined,
): NewTypeDef {
  const { resolution } = draft;
  resolution.spans.set(def, span);
  if (
    def.kind.tag === 'resource' ||
    (def.kind.tag === 'alias' && resolution.resources.has(def.kind.type as NewTypeDef))
  ) {
    resolution.resources.add(def);
  }
  if (disabledBy === undefined) draft.arena.push(def);
  return def;
}

const NO_GATE = {};

/** Adds the gate to a part of the contract, as `addDocs` adds its documentation. */
export function addGate(made: Pick<NewTypeDef, 'stability' | 'externalId'>, gate: Gate): void {
  if (gate.stability !== undefined) made.stability = gate.stability;
  if (gate.externalId !== undefined) made.externalId = gate.externalId;
}

export function gateOf(gate: Gate): Pick<NewTypeDef, 'stability' | 'externalId'> {
  if (gate.stability === undefined && gate.externalId === undefined) return NO_GATE;
  return {
    ...(gate.stability === undefined ? {} : { stability: gate.stability }),
    ...(gate.externalId === undefined ? {} : { externalId: gate.externalId }),
  };
}

function resolveDefinition(
  draft: PackageDraft,
  node: ast.TypeDefNode,
  context: TypeContext,
): TypeDefKind | undefined {
  const { definition } = node;
  const { resolution } = draft;
  checkEmpty(node, resolution);
  switch (definition.tag) {
    case 'alias':
      return resolveKind(draft, definition.type, context);
    case 'record': {
      checkLabels('field', definition.fields, resolution);
      const fields = definition.fields.map((field) => {
        // Errors about gates are reported at the field. A primitive type is not looked up, so it needs no context.
        const inField = field.type.tag === 'primitive' ? context : { ...context, site: field.name.span };
        const type = resolveType(draft, field.type, inField) ?? PLACEHOLDER;
        const made: Mutable<Field> = { name: field.name.name, type };
        addDocs(made, field);
        return withSpan(draft, made, field.name.span);
      });
      return { tag: 'record', fields };
    }
    case 'variant': {
      checkLabels('case', definition.cases, resolution);
      const cases = definition.cases.map((item) => {
        const type =
          item.type === undefined ? undefined : (resolveType(draft, item.type, context) ?? PLACEHOLDER);
        const made: Mutable<Case> = { name: item.name.name };
        if (type !== undefined) made.type = type;
        addDocs(made, item);
        return withSpan(draft, made, item.name.span);
      });
      return { tag: 'variant', cases };
    }
    case 'enum':
      checkLabels('case', definition.cases, resolution);
      return { tag: 'enum', cases: labels(draft, definition.cases) };
    case 'flags':
      checkLabels('flag', definition.flags, resolution);
      checkFlagCount(node.name, definition.flags, resolution);
      return { tag: 'flags', flags: labels(draft, definition.flags) };
    case 'resource':
      checkMethods(definition.methods, resolution);
      return { tag: 'resource' };
  }
}

function labels(
  draft: PackageDraft,
  nodes: readonly ast.LabelNode[],
): { name: string; docs?: { contents: string } }[] {
  return nodes.map((node) => withSpan(draft, { name: node.name.name, ...docsOf(node) }, node.name.span));
}

function withSpan<T extends object>(draft: PackageDraft, made: T, span: Span): T {
  draft.resolution.spans.set(made, span);
  return made;
}

/** Defines the names of `use iface.{a, b as c};`, each as an alias. */
function defineUses(draft: PackageDraft, node: ast.UseNode, container: Container): void {
  const { resolution } = draft;
  const site = node.names[0]?.name.span ?? node.path.name.span;
  const gate = readGate(node.attributes, site, draft.sourcePackage, resolution);
  const target = lookupInterface(draft, node.path, {
    file: container.file,
    quiet: gate.disabledBy !== undefined,
  });
  if (node.names.length === 0 && resolution.broken.has(site.file)) container.scope.incomplete = true;
  for (const { name, as } of node.names) {
    const alias = as ?? name;
    if (alias.name === '') continue;
    const disabledBy = disabledReason(draft, gate, name.span, container);
    const type =
      target === undefined || name.name === ''
        ? undefined
        : findType(draft, target, name, disabledBy !== undefined);
    const entry = {
      tag: 'type',
      span: alias.span,
      ...(disabledBy === undefined ? {} : { disabledBy }),
    } as const;
    if (type === undefined) {
      container.scope.define(alias.name, entry, resolution);
      continue;
    }
    if (container.scope.entries.has(alias.name)) {
      container.scope.define(alias.name, entry, resolution);
      continue;
    }
    const made: NewTypeDef = {
      name: alias.name,
      kind: { tag: 'alias', type },
      owner: container.owner,
      ...gateOf(gate),
    };
    container.scope.define(
      alias.name,
      { ...entry, def: addType(draft, made, name.span, disabledBy) },
      resolution,
    );
  }
}

/** Returns a type of an interface by its name. */
function findType(
  draft: PackageDraft,
  target: InterfaceTarget,
  name: ast.Ident,
  isDisabled: boolean,
): NewTypeDef | undefined {
  const { resolution } = draft;
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
  const reason =
    entry?.tag === 'type' ? entry.disabledBy : resolution.disabledTypes.get(target.interface)?.get(name.name);
  if (reason !== undefined) {
    if (isDisabled) return def;
    reportDisabled(
      `type \`${name.name}\` of interface \`${ifaceName}\``,
      reason,
      name.span,
      name.span,
      resolution,
    );
    return undefined;
  }
  if (def !== undefined || entry?.tag === 'type') return def;
  if (name.wrong === true || resolution.brokenTypes.get(target.interface)?.has(name.name) === true)
    return undefined;
  const func = entry?.span ?? resolution.spans.get(target.interface.functions.get(name.name) ?? {});
  if (entry !== undefined || target.interface.functions.has(name.name)) {
    resolution.reportMissing(target.interface, name.name, name.span, () => ({
      code: 'not-a-type',
      message: `\`${name.name}\` is a function, and only types can be used`,
      related: relatedAt('defined here', func),
      help: 'import the interface into a world to call its functions',
    }));
    return undefined;
  }
  const types = local === undefined ? target.interface.types : local.scope.entries;
  resolution.reportMissing(types, name.name, name.span, () => {
    const near = resolution.suggest(name.name, types.keys(), types.size);
    return {
      code: 'unknown-type',
      message: `interface \`${ifaceName}\` has no type \`${name.name}\``,
      related: relatedAt('the interface is defined here', resolution.spans.get(target.interface)),
      help: near === undefined ? undefined : `did you mean \`${near}\`?`,
    };
  });
  return undefined;
}
