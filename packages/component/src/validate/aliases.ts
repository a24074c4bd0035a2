import type { Alias } from '../ast.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import type { EnclosingSpaces, IndexSpaces } from '../elaborate/index-spaces.ts';
import { withArticle } from '../with-article.ts';
import { refersToResource } from './free-resources.ts';

/** Checks that a declaration inside a type aliases only what it may (`Binary.md`, "Type Definitions"). */
export function checkAliasInType(context: EvaluationContext, alias: Alias, offset: number): void {
  const isAllowed =
    (alias.tag === 'outer' && (alias.sort === 'core type' || alias.sort === 'type')) ||
    (alias.tag === 'export' && (alias.sort === 'instance' || alias.sort === 'type'));
  if (isAllowed) return;
  const text = alias.tag === 'core-export' ? 'a core export' : withArticle(alias.sort);
  context.report(
    'wrong-alias-sort',
    `${text} cannot be aliased inside a type; only types and instances can`,
    offset,
  );
}

/**
 * A type from outside a component must not depend on resources, of which each instance has its own. The alias has been
 * evaluated, so its type is the latest one.
 */
export function checkOuterType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  alias: Alias,
  offset: number,
): void {
  if (alias.tag !== 'outer' || alias.sort !== 'type') return;
  const node = spaces.last('type')?.type;
  if (node === undefined || !leavesComponent(spaces, alias.count)) return;
  if (refersToResource(context, node, offset)) {
    const message = 'the type refers to a resource, so it cannot be aliased from outside the component';
    context.report('outer-resource', message, offset);
  }
}

function leavesComponent(spaces: IndexSpaces, count: number): boolean {
  let at: EnclosingSpaces | undefined = spaces.outer(0);
  for (let i = 0; i < count && at !== undefined; i += 1) {
    if (at.kind === 'component') return true;
    at = at.outer(1);
  }
  return false;
}
