import { MAX_INSTANCE_DEPTH, TooComplex } from './evaluation-context.ts';
import type { Exported, InstanceNode } from './nodes.ts';

/**
 * Returns an instance with the given exports. Its depth is bounded because whoever walks over instances recurses into
 * those that it exports, and each definition can wrap the instance before it once more.
 */
export function instanceNode(exports: ReadonlyMap<string, Exported>, offset: number): InstanceNode {
  let depth = 1;
  for (const { entity } of exports.values()) {
    if (entity?.tag === 'instance') depth = Math.max(depth, entity.instance.depth + 1);
  }
  if (depth > MAX_INSTANCE_DEPTH) {
    throw new TooComplex(`instances export instances more than ${MAX_INSTANCE_DEPTH} levels deep`, offset);
  }
  return { exports, depth };
}
