import type { Func, FuncKind, Param, Type, TypeDef } from '@wit-ts/model';
import type { Mutable } from '@wit-ts/model';
import type { Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import { checkConstructorResult } from '../rules/constructor-result.ts';
import { checkLabels } from '../rules/labels.ts';
import { docsOf } from './collect.ts';
import { gateOf } from './definitions.ts';
import type { Gate } from './gates.ts';
import type { Scope } from './scope.ts';
import type { PackageState } from './state.ts';
import { makeAnonymous, PLACEHOLDER, resolveType, type TypeContext } from './types.ts';

export type NewFunc = Mutable<Func>;

interface Signature {
  readonly name: ast.Ident;
  readonly func: ast.FuncTypeNode;
  readonly docs?: ast.DocsNode;
}

/** Resolves a function's types. `off`: it is left out, and only checked. */
export function resolveFunc(
  state: PackageState,
  node: Signature,
  kind: FuncKind,
  gate: Gate,
  scope: Scope,
  off: boolean,
): NewFunc {
  const context: TypeContext = { scope, off, site: node.name.span };
  const params = resolveParams(state, node, kind, context);
  const result = resolveResult(state, node.func, kind, context);
  const name = kind.tag === 'constructor' ? (kind.resource.name ?? '') : node.name.name;
  const made: NewFunc = {
    name,
    kind,
    async: node.func.async,
    params,
    ...(result === undefined ? {} : { result }),
    ...docsOf(node),
    ...gateOf(gate),
  };
  state.session.spans.set(made, node.name.span);
  return made;
}

/** Resolves a method, a static function or a constructor of a resource. */
export function resolveMethod(
  state: PackageState,
  node: ast.MethodNode,
  resource: TypeDef,
  gate: Gate,
  scope: Scope,
  off: boolean,
): NewFunc {
  return resolveFunc(state, node, { tag: node.tag, resource }, gate, scope, off);
}

function resolveParams(state: PackageState, node: Signature, kind: FuncKind, context: TypeContext): Param[] {
  const params: Param[] = [];
  if (kind.tag === 'method') params.push(self(state, kind.resource, node.func.span, context));
  checkLabels('param', node.func.params, state.session, kind.tag === 'method');
  for (const { name, type } of node.func.params) {
    const made = { name: name.name, type: resolveType(state, type, context) ?? PLACEHOLDER };
    state.session.spans.set(made, name.span);
    params.push(made);
  }
  return params;
}

function self(state: PackageState, resource: TypeDef, span: Span, context: TypeContext): Param {
  return { name: 'self', type: makeAnonymous(state, { tag: 'borrow', resource }, span, context) };
}

function resolveResult(
  state: PackageState,
  func: ast.FuncTypeNode,
  kind: FuncKind,
  context: TypeContext,
): Type | undefined {
  if (func.result === undefined) return kind.tag === 'constructor' ? kind.resource : undefined;
  const type = resolveType(state, func.result, context);
  if (type === undefined) return PLACEHOLDER;
  if (kind.tag === 'constructor') checkConstructorResult(func.result, type, kind.resource, state.session);
  return type;
}
