import type { Plan } from './plan.ts';

/** Whether anything in a component is asynchronous, or asks for the task that it runs in. Nothing of that costs any other. */
export function mentionsTasks({ lifts, trampolines }: Pick<Plan, 'lifts' | 'trampolines'>): boolean {
  return (
    lifts.some(({ type, options }) => type.async || options.canonical.async) ||
    trampolines.some(
      (each) =>
        each.tag === 'builtin' || (each.tag === 'lower' && (each.type.async || each.options.canonical.async)),
    )
  );
}
