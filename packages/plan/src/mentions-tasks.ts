import { mentionsWaitables } from '@wit-ts/model/layout';
import type { Plan, PlanLift } from './plan.ts';

/**
 * Returns true if a function of a component is asynchronous, uses its task, or passes streams, futures or error
 * contexts. Other components do not load tasks.
 */
export function mentionsTasks({ lifts, trampolines }: Pick<Plan, 'lifts' | 'trampolines'>): boolean {
  return (
    lifts.some(isTask) ||
    trampolines.some((each) => each.tag === 'builtin' || (each.tag === 'lower' && isTask(each)))
  );
}

function isTask({ type, options }: Pick<PlanLift, 'type' | 'options'>): boolean {
  return type.async || options.canonical.async || mentionsWaitables(type);
}
