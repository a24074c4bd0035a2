import { mentionsWaitables } from '@wit-ts/model/layout';
import type { Plan } from './plan.ts';

/**
 * Returns true if a function of a component is asynchronous, uses its task, or passes streams, futures or error
 * contexts. Other components do not load tasks.
 */
export function mentionsTasks({ lifts, trampolines }: Pick<Plan, 'lifts' | 'trampolines'>): boolean {
  return (
    lifts.some(({ type, options }) => type.async || options.canonical.async || mentionsWaitables(type)) ||
    trampolines.some(
      (each) =>
        each.tag === 'builtin' ||
        (each.tag === 'lower' &&
          (each.type.async || each.options.canonical.async || mentionsWaitables(each.type))),
    )
  );
}
