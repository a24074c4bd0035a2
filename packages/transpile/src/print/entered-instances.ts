import type { Plan } from '@wit-ts/plan';

/** Whether a call enters only the callee, and no instance around it: `enteringSet` for instances of a plan. */
export function entersOne({ instances }: Plan, callee: number, caller: number): boolean {
  const outside = new Set<number>();
  for (let at: number | undefined = caller; at !== undefined; at = instances[at]!.parent) outside.add(at);
  let count = 0;
  for (let at: number | undefined = callee; at !== undefined; at = instances[at]!.parent)
    if (!outside.has(at)) count += 1;
  return count === 1;
}
