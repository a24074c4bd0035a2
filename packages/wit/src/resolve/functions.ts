import type { Func, FuncKind, Param, Type, TypeDef } from '@wit-ts/model';
import type { Mutable } from '@wit-ts/model';
import type { Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import { checkConstructorResult } from '../rules/constructor-result.ts';
import { checkLabels } from '../rules/labels.ts';
import { addDocs } from './collect-package.ts';
import { addGate } from './type-definitions.ts';
import type { Gate } from './gates.ts';
import type { MemberScope } from './member-scope.ts';
import type { PackageDraft } from './package-draft.ts';
import { makeAnonymous, PLACEHOLDER, resolveType, type TypeContext } from './types.ts';

export type NewFunc = Mutable<Func>;

interface Signature {
  readonly name: ast.Ident;
  readonly func: ast.FuncTypeNode;
  readonly docs?: ast.DocsNode;
}

/** Resolves the types of a function. A disabled function is only checked, and left out of the contract. */
export function resolveFunc(
  draft: PackageDraft,
  node: Signature,
  kind: FuncKind,
  gate: Gate,
  scope: MemberScope,
  isDisabled: boolean,
): NewFunc {
  const context: TypeContext = { scope, isDisabled, site: node.name.span };
  const params = resolveParams(draft, node, kind, context);
  const result = resolveResult(draft, node.func, kind, context);
  const name = kind.tag === 'constructor' ? (kind.resource.name ?? '') : node.name.name;
  const made: NewFunc = { name, kind, async: node.func.async, params };
  if (result !== undefined) made.result = result;
  addDocs(made, node);
  addGate(made, gate);
  draft.resolution.spans.set(made, node.name.span);
  return made;
}

/** Resolves a method, a static function or a constructor of a resource. */
export function resolveMethod(
  draft: PackageDraft,
  node: ast.MethodNode,
  resource: TypeDef,
  gate: Gate,
  scope: MemberScope,
  isDisabled: boolean,
): NewFunc {
  return resolveFunc(draft, node, { tag: node.tag, resource }, gate, scope, isDisabled);
}

function resolveParams(draft: PackageDraft, node: Signature, kind: FuncKind, context: TypeContext): Param[] {
  const params: Param[] = [];
  if (kind.tag === 'method') params.push(self(draft, kind.resource, node.func.span, context));
  checkLabels('param', node.func.params, draft.resolution, kind.tag === 'method');
  for (const { name, type } of node.func.params) {
    const made = { name: name.name, type: resolveType(draft, type, context) ?? PLACEHOLDER };
    draft.resolution.spans.set(made, name.span);
    params.push(made);
  }
  return params;
}

function self(draft: PackageDraft, resource: TypeDef, span: Span, context: TypeContext): Param {
  return { name: 'self', type: makeAnonymous(draft, { tag: 'borrow', resource }, span, context) };
}

function resolveResult(
  draft: PackageDraft,
  func: ast.FuncTypeNode,
  kind: FuncKind,
  context: TypeContext,
): Type | undefined {
  if (func.result === undefined) return kind.tag === 'constructor' ? kind.resource : undefined;
  const type = resolveType(draft, func.result, context);
  if (type === undefined) return PLACEHOLDER;
  if (kind.tag === 'constructor') checkConstructorResult(func.result, type, kind.resource, draft.resolution);
  return type;
}
