import type { Alias } from '../ast.ts';
import type { Context } from '../elaborate/context.ts';
import type { Scope } from '../elaborate/scope.ts';
import { a } from '../words.ts';
import { refersToResource } from './free-resources.ts';

/** What the declarations of types may alias (`Binary.md`, "Type Definitions"). */
export function checkAliasInType(context: Context, alias: Alias, offset: number): void {
  const isAllowed =
    (alias.tag === 'outer' && (alias.sort === 'core type' || alias.sort === 'type')) ||
    (alias.tag === 'export' && (alias.sort === 'instance' || alias.sort === 'type'));
  if (isAllowed) return;
  const text = alias.tag === 'core-export' ? 'a core export' : a(alias.sort);
  context.report(
    'wrong-alias-sort',
    `${text} cannot be aliased inside a type; only types and instances can`,
    offset,
  );
}

/**
 * A type from outside a component must not depend on resources, of which each instance has its own. The alias has been
 * evaluated: its type is the last of the scope.
 */
export function checkOuterType(context: Context, scope: Scope, alias: Alias, offset: number): void {
  if (alias.tag !== 'outer' || alias.sort !== 'type') return;
  const node = scope.types.at(-1);
  if (node === undefined || !leavesComponent(scope, alias.count)) return;
  if (refersToResource(context, node, offset)) {
    const message = 'the type refers to a resource, so it cannot be aliased from outside the component';
    context.report('outer-resource', message, offset);
  }
}

function leavesComponent(scope: Scope, count: number): boolean {
  let at: Scope | undefined = scope;
  for (let i = 0; i < count && at !== undefined; i += 1) {
    if (at.kind === 'component') return true;
    at = at.parent?.scope;
  }
  return false;
}
