import type { Plan } from './plan.ts';

/** Returns true if a function of a component is asynchronous or uses its task. Other components do not load tasks. */
export function mentionsTasks({ lifts, trampolines }: Pick<Plan, 'lifts' | 'trampolines'>): boolean {
  return (
    lifts.some(({ type, options }) => type.async || options.canonical.async) ||
    trampolines.some(
      (each) =>
        each.tag === 'builtin' || (each.tag === 'lower' && (each.type.async || each.options.canonical.async)),
    )
  );
}
