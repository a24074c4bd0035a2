import { mentionsTasks, type Plan, type PlanExport } from '@wit-ts/plan';

/** What a component needs that most do not: loaded by `compile` where it does. */
export interface Needs {
  /** Functions are handed from one to the other without the host: between components inside, and from its imports to its exports. */
  readonly inside: boolean;
  /** Something is asynchronous, or asks for its task. */
  readonly tasks: boolean;
}

export function needsOf(plan: Plan): Needs {
  // What is given to it is not known yet.
  if (plan.higherOrder === true) return { inside: true, tasks: true };
  return {
    inside:
      plan.trampolines.some((each) => each.tag === 'lower' && each.func.tag === 'lift') ||
      plan.lifts.some(({ core }) => core.tag === 'trampoline') ||
      passesOn(plan.exports),
    tasks: mentionsTasks(plan),
  };
}

/** Whether a function is exported as it was imported. */
function passesOn(exports: ReadonlyMap<string, PlanExport>): boolean {
  for (const item of exports.values()) {
    if (item.tag === 'func' && item.func.tag === 'import') return true;
    // Instances in instances may be many, and look alike: these are taken to have one.
    if (item.tag === 'instance') {
      for (const inner of item.exports.values())
        if (inner.tag === 'instance' || (inner.tag === 'func' && inner.func.tag === 'import')) return true;
    }
  }
  return false;
}
