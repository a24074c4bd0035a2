import type { Interface, TypeDef } from '@wit-ts/model';
import { externName } from '@wit-ts/model';
import type { Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import { checkUnique, type Named } from '../rules/unique-names.ts';
import { defineTypes, type Container } from './type-definitions.ts';
import { resolveFunc, resolveMethod, type NewFunc } from './functions.ts';
import { readGate } from './gates.ts';
import type { NewInterface, DisabledFeature } from './resolution.ts';
import type { LocalInterface, PackageDraft } from './package-draft.ts';

/** Resolves a named interface. */
export function resolveInterface(draft: PackageDraft, item: LocalInterface): void {
  const { target, scope, file, gate } = item;
  fillInterface(draft, target, item.node.members, {
    owner: target,
    scope,
    file,
    disabledBy: gate.disabledBy,
  });
  item.resolved = true;
  if (gate.disabledBy === undefined) draft.interfaces.push(target);
}

/** Resolves the types and functions of an interface, named or inline. */
export function fillInterface(
  draft: PackageDraft,
  target: NewInterface,
  members: readonly ast.InterfaceMember[],
  container: Container,
): void {
  const { resolution } = draft;
  const { scope } = container;
  defineTypes(draft, members, container);
  const disabledTypes = new Map<string, DisabledFeature>();
  const broken = new Set<string>();
  const names: Named[] = [];
  scope.entries.forEach((entry, name) => {
    if (entry.tag !== 'type') return;
    names.push({ name, span: entry.span });
    if (entry.disabledBy !== undefined) disabledTypes.set(name, entry.disabledBy);
    else if (entry.def !== undefined) target.types.set(name, entry.def);
    else broken.add(name);
  });
  if (disabledTypes.size > 0) resolution.disabledTypes.set(target as Interface, disabledTypes);
  if (broken.size > 0) resolution.brokenTypes.set(target as Interface, broken);
  for (const member of members) {
    if (member.tag === 'func') {
      const { name, span } = member.name;
      if (name !== '' && !scope.define(name, { tag: 'function', span }, resolution)) continue;
      const gate = readGate(member.attributes, span, draft.sourcePackage, resolution);
      const disabledBy = gate.disabledBy ?? container.disabledBy;
      const func = resolveFunc(draft, member, { tag: 'freestanding' }, gate, scope, disabledBy !== undefined);
      addFunction(target, func, span, disabledBy, names);
    }
    if (member.tag !== 'type' || member.definition.tag !== 'resource') continue;
    for (const { func, span, disabledBy } of resolveMethods(draft, member, container)) {
      addFunction(target, func, span, disabledBy, names);
    }
  }
  checkUnique(names, resolution);
}

function addFunction(
  target: NewInterface,
  func: NewFunc,
  span: Span,
  disabledBy: DisabledFeature | undefined,
  names: Named[],
): void {
  if (func.name === '') return;
  const name = externName(func);
  names.push({ name, span });
  if (disabledBy === undefined && !target.functions.has(name)) target.functions.set(name, func);
}

interface ResolvedMethod {
  readonly func: NewFunc;
  readonly span: Span;
  readonly disabledBy: DisabledFeature | undefined;
}

/** Resolves the functions of a type definition, if it is a resource. */
export function resolveMethods(
  draft: PackageDraft,
  node: ast.TypeDefNode,
  container: Container,
): ResolvedMethod[] {
  if (node.definition.tag !== 'resource') return [];
  const entry = container.scope.entries.get(node.name.name);
  if (entry?.tag !== 'type' || entry.def?.kind.tag !== 'resource') return [];
  const resource: TypeDef = entry.def;
  // Of two definitions with one name, the first is used.
  if (entry.span.start !== node.name.span.start) return [];
  return node.definition.methods.map((method) => {
    const { span } = method.name;
    const gate = readGate(method.attributes, span, draft.sourcePackage, draft.resolution);
    if (
      entry.disabledBy !== undefined &&
      gate.disabledBy === undefined &&
      container.disabledBy === undefined
    ) {
      draft.resolution.error(
        'disabled-feature',
        span,
        `this item is not gated, but resource \`${node.name.name}\` is, by feature \`${entry.disabledBy.feature}\``,
        {
          ...(entry.disabledBy.span === undefined
            ? {}
            : { related: [{ message: 'gated here', span: entry.disabledBy.span }] }),
          help: `gate it by feature \`${entry.disabledBy.feature}\` too, or enable the feature with \`--features ${entry.disabledBy.feature}\``,
        },
      );
    }
    const disabledBy = gate.disabledBy ?? entry.disabledBy ?? container.disabledBy;
    return {
      func: resolveMethod(draft, method, resource, gate, container.scope, disabledBy !== undefined),
      span,
      disabledBy,
    };
  });
}
