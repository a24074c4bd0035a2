import type { Span } from '@wit-ts/diagnostics';
import {
  partsOf,
  primitiveTypes,
  type Stability,
  type Type,
  type TypeDef,
  type TypeDefKind,
} from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { checkListLength } from '../rules/list-length.ts';
import { checkMapKey } from '../rules/map-key.ts';
import { checkPayload } from '../rules/stream-payload.ts';
import { checkTuple } from '../rules/empty.ts';
import { reportDisabled } from './gates.ts';
import type { MemberScope } from './member-scope.ts';
import { relatedAt, type NewTypeDef } from './resolution.ts';
import type { PackageDraft } from './package-draft.ts';

/** The surroundings of a mention of a type. */
export interface TypeContext {
  readonly scope: MemberScope;
  /** The gate of the definition around it, which anonymous types inherit. */
  readonly stability?: Stability | undefined;
  /**
   * Whether the item around it is disabled. It may then mention disabled items, and everything that only it needs is
   * left out.
   */
  readonly isDisabled: boolean;
  /** The name of the item, field or function around it, at which errors about gates are reported. */
  readonly site: Span;
}

/** Replaces a type with errors inside a definition that other definitions may mention. */
export const PLACEHOLDER: Type = 'bool';

/** Returns the type of a node; `undefined` if it has an error, which is reported. */
export function resolveType(draft: PackageDraft, node: ast.TypeNode, context: TypeContext): Type | undefined {
  if (node.tag === 'primitive') return node.name;
  if (node.tag === 'name') return resolveTypeName(draft, node.name, context);
  const kind = resolveKind(draft, node, context);
  if (kind === undefined) return undefined;
  if (kind.tag === 'alias') return kind.type;
  // `own<r>` means the same as a bare `r`.
  if (kind.tag === 'own') return kind.resource;
  return makeAnonymous(draft, kind, node.span, context);
}

/** Returns an anonymous type, the same one for the same structure. */
export function makeAnonymous(
  draft: PackageDraft,
  kind: TypeDefKind,
  span: Span,
  context: TypeContext,
): TypeDef {
  const known = context.isDisabled ? undefined : draft.interner.find(kind);
  if (known !== undefined) return known;
  const stability = context.stability ?? inheritedStability(kind);
  const made: NewTypeDef = stability === undefined ? { kind } : { kind, stability };
  draft.resolution.spans.set(made, span);
  if (context.isDisabled) return made;
  draft.arena.push(made);
  draft.interner.add(made);
  return made;
}

/** Returns the structure of a type node; a name or a primitive is an alias. */
export function resolveKind(
  draft: PackageDraft,
  node: ast.TypeNode,
  context: TypeContext,
): TypeDefKind | undefined {
  const { resolution } = draft;
  switch (node.tag) {
    case 'missing':
      return undefined;
    case 'primitive':
      return { tag: 'alias', type: node.name };
    case 'name': {
      const type = resolveTypeName(draft, node.name, context);
      return type === undefined ? undefined : { tag: 'alias', type };
    }
    case 'own':
    case 'borrow': {
      const resource = resolveTypeName(draft, node.resource, context);
      if (resource === undefined) return undefined;
      if (resolution.resources.has(resource)) return { tag: node.tag, resource };
      resolution.error('not-a-resource', node.resource.span, `\`${node.resource.name}\` is not a resource`, {
        related: relatedAt('defined here', resolution.spans.get(resource)),
        help: `only resources have handles: write only \`${node.resource.name}\``,
      });
      return undefined;
    }
    case 'tuple': {
      checkTuple(node, resolution);
      const types = node.types.map((type) => resolveType(draft, type, context));
      return types.includes(undefined) ? undefined : { tag: 'tuple', types: types as Type[] };
    }
    case 'list':
      return resolveList(draft, node, context);
    case 'map': {
      const key = resolveType(draft, node.key, context);
      const value = resolveType(draft, node.value, context);
      if (key === undefined || !checkMapKey(node, key, resolution) || value === undefined) return undefined;
      return { tag: 'map', key, value };
    }
    case 'option': {
      const type = resolveType(draft, node.type, context);
      return type === undefined ? undefined : { tag: 'option', type };
    }
    case 'result': {
      const ok = resolveOptional(draft, node.ok, context);
      const err = resolveOptional(draft, node.err, context);
      if (ok === null || err === null) return undefined;
      return { tag: 'result', ...(ok === undefined ? {} : { ok }), ...(err === undefined ? {} : { err }) };
    }
    case 'future':
    case 'stream': {
      const payload = resolveOptional(draft, node.payload, context);
      if (payload === null) return undefined;
      if (payload === undefined) return { tag: node.tag };
      checkPayload(node, payload, resolution);
      return { tag: node.tag, payload };
    }
  }
}

function resolveList(
  draft: PackageDraft,
  node: Extract<ast.TypeNode, { tag: 'list' }>,
  context: TypeContext,
): TypeDefKind | undefined {
  const element = resolveType(draft, node.element, context);
  if (node.length === undefined) return element === undefined ? undefined : { tag: 'list', element };
  const valid = checkListLength(node.length, draft.resolution);
  if (!valid || element === undefined) return undefined;
  return { tag: 'fixed-length-list', element, length: node.length.value };
}

/** Returns `null` for a type with errors, and `undefined` for an absent type. */
function resolveOptional(
  draft: PackageDraft,
  node: ast.TypeNode | undefined,
  context: TypeContext,
): Type | null | undefined {
  if (node === undefined) return undefined;
  return resolveType(draft, node, context) ?? null;
}

function resolveTypeName(draft: PackageDraft, name: ast.Ident, context: TypeContext): TypeDef | undefined {
  if (name.name === '') return undefined;
  const { resolution } = draft;
  const entry = context.scope.entries.get(name.name);
  if (entry === undefined) {
    if (name.wrong === true || context.scope.incomplete) return undefined;
    resolution.reportMissing(context.scope, name.name, name.span, () => ({
      code: 'unknown-type',
      message: `type \`${name.name}\` does not exist`,
      help: suggestType(draft, name.name, context.scope),
    }));
    return undefined;
  }
  if (entry.tag === 'function') {
    resolution.reportMissing(context.scope, name.name, name.span, () => ({
      code: 'not-a-type',
      message: `\`${name.name}\` is a function, not a type`,
      related: relatedAt('defined here', entry.span),
    }));
    return undefined;
  }
  if (entry.disabledBy !== undefined && !context.isDisabled) {
    reportDisabled(`type \`${name.name}\``, entry.disabledBy, context.site, name.span, resolution);
    return undefined;
  }
  return entry.def;
}

/** Names of types in other languages and in old WIT, with the WIT that they stand for. */
const foreignNames: ReadonlyMap<string, string> = new Map([
  ['float32', 'f32'],
  ['float64', 'f64'],
  ['float', 'f64'],
  ['double', 'f64'],
  ['i8', 's8'],
  ['i16', 's16'],
  ['i32', 's32'],
  ['i64', 's64'],
  ['int8', 's8'],
  ['int16', 's16'],
  ['int32', 's32'],
  ['int64', 's64'],
  ['uint8', 'u8'],
  ['uint16', 'u16'],
  ['uint32', 'u32'],
  ['uint64', 'u64'],
  ['byte', 'u8'],
  ['int', 's32'],
  ['uint', 'u32'],
  ['usize', 'u32'],
  ['number', 'f64'],
  ['boolean', 'bool'],
  ['str', 'string'],
  ['vec', 'list'],
  ['array', 'list'],
  ['set', 'list'],
  ['optional', 'option'],
  ['error', 'error-context'],
  ['bytes', 'list<u8>'],
]);

const builtIn = [...primitiveTypes, 'list', 'map', 'option', 'result', 'tuple', 'future', 'stream'];

function suggestType(draft: PackageDraft, name: string, scope: MemberScope): string | undefined {
  const known = foreignNames.get(name.toLowerCase());
  if (known !== undefined) return `write \`${known}\``;
  const { resolution } = draft;
  const near = resolution.suggest(name, typeNames(scope), scope.entries.size);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (!resolution.canSearch(draft.items.size)) return undefined;
  for (const [iface, item] of draft.items) {
    if (item.tag === 'interface' && item.scope !== scope && definesType(item.node, name)) {
      return `interface \`${iface}\` defines it: add \`use ${iface}.{${name}};\``;
    }
  }
  const nearBuiltIn = resolution.suggest(name, builtIn, builtIn.length);
  return nearBuiltIn === undefined ? undefined : `did you mean \`${nearBuiltIn}\`?`;
}

function definesType(node: ast.InterfaceNode, name: string): boolean {
  return node.members.some((member) => member.tag === 'type' && member.name.name === name);
}

function* typeNames(scope: MemberScope): Generator<string> {
  for (const [name, { tag }] of scope.entries) if (tag === 'type') yield name;
}

/** Returns the gate of the first part that has one: `option<t>` is as stable as `t`. */
function inheritedStability(kind: TypeDefKind): Stability | undefined {
  // Records and variants have names, and their own gates.
  const parts = kind.tag === 'record' || kind.tag === 'variant' ? [] : partsOf(kind);
  return parts
    .map((part) => (typeof part === 'string' ? undefined : part.stability))
    .find((gate) => gate !== undefined);
}
