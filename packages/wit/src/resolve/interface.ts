import type { Interface, TypeDef } from '@wit-ts/model';
import { externName } from '@wit-ts/model';
import type { Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import { checkUnique, type Named } from '../rules/unique-names.ts';
import { defineTypes, type Place } from './definitions.ts';
import { resolveFunc, resolveMethod, type NewFunc } from './functions.ts';
import { readGate } from './gates.ts';
import type { NewInterface, Off } from './session.ts';
import type { LocalInterface, PackageState } from './state.ts';

/** Resolves an interface that has a name. */
export function resolveInterface(state: PackageState, item: LocalInterface): void {
  const { target, scope, file, gate } = item;
  fillInterface(state, target, item.node.members, { owner: target, scope, file, off: gate.off });
  item.resolved = true;
  if (gate.off === undefined) state.interfaces.push(target);
}

/** Resolves the types and functions of an interface, named or inline. */
export function fillInterface(
  state: PackageState,
  target: NewInterface,
  members: readonly ast.InterfaceMember[],
  where: Place,
): void {
  const { session } = state;
  const { scope } = where;
  defineTypes(state, members, where);
  const offTypes = new Map<string, Off>();
  const broken = new Set<string>();
  const names: Named[] = [];
  scope.entries.forEach((entry, name) => {
    if (entry.tag !== 'type') return;
    names.push({ name, span: entry.span });
    if (entry.off !== undefined) offTypes.set(name, entry.off);
    else if (entry.def !== undefined) target.types.set(name, entry.def);
    else broken.add(name);
  });
  if (offTypes.size > 0) session.offTypes.set(target as Interface, offTypes);
  if (broken.size > 0) session.brokenTypes.set(target as Interface, broken);
  for (const member of members) {
    if (member.tag === 'func') {
      const { name, span } = member.name;
      if (name !== '' && !scope.define(name, { tag: 'function', span }, session)) continue;
      const gate = readGate(member.attributes, span, state.unit, session);
      const off = gate.off ?? where.off;
      const func = resolveFunc(state, member, { tag: 'freestanding' }, gate, scope, off !== undefined);
      addFunction(target, func, span, off, names);
    }
    if (member.tag !== 'type' || member.definition.tag !== 'resource') continue;
    for (const { func, span, off } of resolveMethods(state, member, where)) {
      addFunction(target, func, span, off, names);
    }
  }
  checkUnique(names, session);
}

function addFunction(
  target: NewInterface,
  func: NewFunc,
  span: Span,
  off: Off | undefined,
  names: Named[],
): void {
  if (func.name === '') return;
  const name = externName(func);
  names.push({ name, span });
  if (off === undefined && !target.functions.has(name)) target.functions.set(name, func);
}

interface ResolvedMethod {
  readonly func: NewFunc;
  readonly span: Span;
  readonly off: Off | undefined;
}

/** The functions of a resource, where the definition is one. */
export function resolveMethods(state: PackageState, node: ast.TypeDefNode, where: Place): ResolvedMethod[] {
  if (node.definition.tag !== 'resource') return [];
  const entry = where.scope.entries.get(node.name.name);
  if (entry?.tag !== 'type' || entry.def?.kind.tag !== 'resource') return [];
  const resource: TypeDef = entry.def;
  // The first of two definitions of one name has it.
  if (entry.span.start !== node.name.span.start) return [];
  return node.definition.methods.map((method) => {
    const { span } = method.name;
    const gate = readGate(method.attributes, span, state.unit, state.session);
    if (entry.off !== undefined && gate.off === undefined && where.off === undefined) {
      state.session.error(
        'disabled-feature',
        span,
        `this is not gated, but resource \`${node.name.name}\` is, by feature \`${entry.off.feature}\``,
        {
          ...(entry.off.span === undefined
            ? {}
            : { related: [{ message: 'gated here', span: entry.off.span }] }),
          help: `gate it by feature \`${entry.off.feature}\` too, or enable the feature with \`--features ${entry.off.feature}\``,
        },
      );
    }
    const off = gate.off ?? entry.off ?? where.off;
    return { func: resolveMethod(state, method, resource, gate, where.scope, off !== undefined), span, off };
  });
}
