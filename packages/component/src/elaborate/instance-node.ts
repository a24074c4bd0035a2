import { type EvaluationContext, MAX_INSTANCE_DEPTH } from './evaluation-context.ts';
import type { Exported, InstanceNode } from './nodes.ts';

/**
 * Returns an instance with the given exports. Its depth is bounded because whoever walks over instances recurses into
 * those that it exports, and each definition can wrap the instance before it once more.
 */
export function instanceNode(
  context: EvaluationContext,
  exports: ReadonlyMap<string, Exported>,
  offset: number,
): InstanceNode {
  let depth = 1;
  for (const { entity } of exports.values()) {
    if (entity?.tag === 'instance') depth = Math.max(depth, entity.instance.depth + 1);
  }
  if (depth > MAX_INSTANCE_DEPTH) {
    throw context.tooComplex('instances-too-deep', MAX_INSTANCE_DEPTH, offset);
  }
  return { exports, depth };
}
