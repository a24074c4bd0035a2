import type { Alias } from '../ast.ts';
import { withArticle } from '../with-article.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { checkBounds, entityAt } from './index-lookup.ts';
import type { IndexSpaces } from './index-spaces.ts';
import type { Entity, InstanceNode } from './nodes.ts';

/** Appends what an alias names to its index space. Aliases of core instances do not affect component types. */
export function evaluateAlias(
  context: EvaluationContext,
  spaces: IndexSpaces,
  alias: Alias,
  offset: number,
): void {
  switch (alias.tag) {
    case 'core-export':
      return;
    case 'export': {
      const instance = entityAt(context, spaces, 'instance', alias.instance, offset);
      const entity =
        instance?.tag === 'instance' ? exportOf(context, instance.instance, alias, offset) : undefined;
      spaces.push(alias.sort, entity);
      return;
    }
    case 'outer':
      outerAlias(context, spaces, alias, offset);
  }
}

function outerAlias(
  context: EvaluationContext,
  spaces: IndexSpaces,
  { sort, count, index }: Extract<Alias, { tag: 'outer' }>,
  offset: number,
): void {
  const from = spaces.outer(count);
  const visible = from?.count(sort);
  if (from === undefined) {
    context.report('outer-alias-count', `there is no scope ${count} levels out from here`, offset);
  } else if (visible === undefined) {
    context.report('wrong-alias-sort', `${withArticle(sort)} cannot be aliased from an outer scope`, offset);
  } else checkBounds(context, sort, index, visible, offset);
  if (sort === 'core type') spaces.coreTypes.push(from?.coreType(index));
  else spaces.push(sort, from?.entity(sort, index, offset));
}

function exportOf(
  context: EvaluationContext,
  instance: InstanceNode,
  alias: Extract<Alias, { tag: 'export' }>,
  offset: number,
): Entity | undefined {
  const exported = instance.exports.get(alias.name);
  if (exported === undefined) {
    const near = context.suggestion(alias.name, instance.exports.keys());
    const hint = near === undefined ? '' : `; it exports \`${near}\``;
    context.report(
      'no-such-export',
      `instance ${alias.instance} exports no \`${alias.name}\`${hint}`,
      offset,
    );
    return undefined;
  }
  const { entity } = exported;
  if (entity === undefined || entity.tag === alias.sort) return entity;
  const message = `export \`${alias.name}\` of instance ${alias.instance} is ${withArticle(entity.tag)}, not ${withArticle(alias.sort)}`;
  context.report('wrong-sort', message, offset);
  return undefined;
}
