import type { Alias } from '../ast.ts';
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
    context.fault('outer-alias-count', offset, count);
  } else if (visible === undefined) {
    context.fault('wrong-alias-sort', offset, sort);
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
    context.fault('no-such-export', offset, alias.name, alias.instance, instance.exports.keys());
    return undefined;
  }
  const { entity } = exported;
  if (entity === undefined || entity.tag === alias.sort) return entity;
  context.fault('wrong-sort', offset, alias.sort, { ...alias, sort: entity.tag });
  return undefined;
}
